/** The Pythons of this machine, one a minor version, and where a room shows them to ordinary users. */
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, realpathSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

export interface PythonTool {
  /** "3.11" */
  readonly minor: string;
  readonly executable: string;
  readonly prefix: string;
  /** Belongs to the distribution: used where it stands, never bind-mounted, patched site paths. */
  readonly system: boolean;
}

/** Where rooms bind-mount Pythons, because their own place may be below a closed home. */
export const PYTHONS_IN_ROOM = "/mnt/python";

const ASK = "import sys, os; print('%d.%d' % sys.version_info[:2]); print(sys.prefix); print(os.path.realpath(sys.executable))";

function candidates(): string[] {
  const versions = join(process.env["PYENV_ROOT"] ?? join(homedir(), ".pyenv"), "versions");
  const pyenv = existsSync(versions) ? readdirSync(versions).map((name) => join(versions, name, "bin", "python")) : [];
  const dirs = ["/usr/local/bin", "/usr/bin", ...(process.env["PATH"] ?? "").split(":")].filter((dir) => dir.startsWith("/"));
  const onPath = dirs.flatMap((dir) => {
    try {
      return readdirSync(dir).filter((name) => /^python(2\.7|3(\.\d+)?)$/.test(name)).map((name) => join(dir, name));
    } catch {
      return [];
    }
  });
  // A shim is a script that asks pyenv which Python to run; the versions themselves are in the list already.
  return [...pyenv, ...onPath].filter((path) => existsSync(path) && !path.includes("/shims/"));
}

function ask(path: string): PythonTool | null {
  const { status, stdout } = spawnSync(path, ["-E", "-s", "-c", ASK], { encoding: "utf8" });
  const [minor, prefix, executable] = stdout?.split("\n") ?? [];
  if (status !== 0 || !minor || !prefix || !executable) return null;
  return { minor, prefix: realpathSync(prefix), executable, system: prefix === "/usr" };
}

export function findPythons(): PythonTool[] {
  const found = new Map<string, PythonTool>();
  for (const path of candidates()) {
    const python = ask(path);
    if (python && !found.has(python.minor)) found.set(python.minor, python);
  }
  return [...found.values()].sort((a, b) => compareMinors(a.minor, b.minor));
}

export function compareMinors(a: string, b: string): number {
  const [aMajor = 0, aMinor = 0] = a.split(".").map(Number);
  const [bMajor = 0, bMinor = 0] = b.split(".").map(Number);
  return aMajor - bMajor || aMinor - bMinor;
}

/** The interpreter as an ordinary user of a room runs it. */
export function pythonInRoom(python: PythonTool): string {
  return python.system ? python.executable : `${PYTHONS_IN_ROOM}/${python.minor}/bin/python${python.minor}`;
}
