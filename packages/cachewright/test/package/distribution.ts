import { spawnSync, type SpawnSyncOptions } from "node:child_process";
import { accessSync, constants, existsSync, realpathSync, statSync } from "node:fs";
import { dirname, join } from "node:path";

export const packageDir = join(import.meta.dirname, "../..");
export const root = join(packageDir, "../..");
const kept = join(root, ".cache/dist");

export interface Ran { readonly status: number | null; readonly signal: NodeJS.Signals | null; readonly stdout: string; readonly stderr: string }

/** With nothing of this machine's environment but what is given. */
export function run(file: string, args: readonly string[], options: SpawnSyncOptions = {}): Ran {
  const done = spawnSync(file, args, { env: {}, input: "", ...options, encoding: "utf8" });
  if (done.error !== undefined) throw done.error;
  return done;
}

function mayWrite(path: string): boolean {
  try {
    accessSync(path, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

/** `npm run dist`, into `out`. Answers with the files it names. */
export function makeDistribution(out: string, ...options: readonly string[]): string[] {
  const done = spawnSync(process.execPath, [join(root, "scripts/dist.mjs"), "--quiet", "--out", out, ...options], { encoding: "utf8" });
  if (done.status !== 0) throw new Error(`npm run dist ended with ${done.status ?? done.signal}: ${done.stderr}`);
  return done.stdout.trim().split("\n").map((line) => line.replace(/ {2}\d.*$/, ""));
}

/** A build of anything takes a lock there. */
export const closed = mayWrite(existsSync(join(root, ".cache")) ? join(root, ".cache") : root) ? "" : "needs a checkout that may be written";

export type Distribution = { readonly wheel: string; readonly executable: string | undefined; readonly why: "" } | { readonly wheel: ""; readonly executable: undefined; readonly why: string };

/** Made once for all tests, beside the checkout's other caches, and again only when something has changed. */
export function distribution(): Distribution {
  const none = (why: string): Distribution => ({ wheel: "", executable: undefined, why });
  if (!existsSync(join(packageDir, "dist/cli/main.cjs"))) return none("needs a build");
  if (closed !== "" && !existsSync(kept)) return none(closed);
  let made: string[];
  try {
    made = makeDistribution(kept);
  } catch (error) {
    // Made of something older, by somebody else.
    if (closed !== "") return none(closed);
    throw error;
  }
  return { wheel: made.find((file) => file.endsWith(".whl")) ?? "", executable: made.find((file) => /-linux-[\w-]+$/.test(file)), why: "" };
}

const isOpen = (path: string): boolean => (statSync(path).mode & 1) !== 0 && (path === "/" || isOpen(dirname(path)));

/** A Python that can make environments, and that any account may start. */
export function pythonHere(): string | undefined {
  const named = (process.env["PATH"] ?? "").split(":").map((dir) => join(dir, "python3"));
  return ["/usr/bin/python3", ...named].find((python) => existsSync(python) && isOpen(realpathSync(python)) && spawnSync(python, ["-c", "import sys, venv, ensurepip; assert sys.version_info >= (3, 7)"]).status === 0);
}

export const isRoot = process.getuid?.() === 0;
/** Who has nothing on any machine; root becomes it, others stay who they are. */
export const ordinary = isRoot ? { uid: 65534, gid: 65534 } : {};

/** Why tests are skipped, for the end of their name. */
export const because = (why: string): string => (why === "" ? "" : ` (${why})`);
