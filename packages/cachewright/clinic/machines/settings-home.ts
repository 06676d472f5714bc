/** A throw-away home for one real tool: what Cachewright writes there, what the tool then says, and that undo leaves nothing. */
import { spawnSync } from "node:child_process";
import { lstatSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, readlinkSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { ToolName } from "../../src/tools/tool.ts";
import { must } from "../step.ts";
import { askPython } from "./ask-python.ts";
import { askUv } from "./ask-uv.ts";
import type { RealTool } from "./compare.ts";
import type { Said } from "./subject.ts";

const program = fileURLToPath(new URL("../../bin/cachewright.cjs", import.meta.url));

export interface SettingsHome {
  readonly root: string;
  readonly home: string;
  /** `cachewright config …` that has to succeed. */
  config(...args: readonly string[]): void;
  undo(): void;
  /** What the tool says in a new login shell. */
  said(): Said;
  /** Every entry of the home: type, mode, time, bytes. */
  manifest(): string[];
  close(): void;
}

export function settingsHome(tool: ToolName, { prefix }: RealTool): SettingsHome {
  const root = realpathSync(mkdtempSync(join(tmpdir(), "cachewright-settings-")));
  const [home, cwd] = [join(root, "h"), join(root, "w")];
  for (const directory of [home, cwd]) mkdirSync(directory);
  const env = { HOME: home, PATH: `${join(prefix, "bin")}:/usr/bin:/bin`, LANG: "C.UTF-8", SHELL: "/bin/bash", CACHEWRIGHT_STATE_DIR: join(root, "state") };
  const cachewright = (...args: readonly string[]): void => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args, "--yes"], { env, cwd, encoding: "utf8" });
    must(status === 0, `cachewright ${args.join(" ")} (exit ${status}):\n${stdout}${stderr}`);
  };
  return {
    root, home,
    config: (...args) => cachewright("config", ...args, "--tool", tool),
    undo: () => cachewright("undo"),
    said: () => {
      const given = { env: loginVariables(env), cwd };
      const answer = tool === "uv" ? askUv(join(prefix, "bin/uv"), given) : askPython(join(prefix, "bin/python"), tool, [given])[0];
      if (answer === undefined || "died" in answer) throw new Error(`${tool} should work, it said: ${answer?.died ?? "nothing"}`);
      return answer.said;
    },
    manifest: () => entriesBelow(home),
    close: () => rmSync(root, { recursive: true, force: true }),
  };
}

/** As a shell has them that read the person's start-up file. */
function loginVariables(env: Readonly<Record<string, string>>): Record<string, string> {
  const { stdout } = spawnSync("/bin/bash", ["-lc", "env -0"], { env, cwd: "/", encoding: "utf8" });
  return Object.fromEntries(stdout.split("\0").flatMap((line) => (line.includes("=") ? [[line.slice(0, line.indexOf("=")), line.slice(line.indexOf("=") + 1)]] : [])));
}

function entriesBelow(directory: string): string[] {
  return readdirSync(directory).toSorted().flatMap((name) => {
    const path = join(directory, name);
    const stat = lstatSync(path, { bigint: true });
    const own = `${path} ${stat.mode.toString(8)} ${stat.isDirectory() ? "" : stat.mtimeNs} ${stat.isSymbolicLink() ? readlinkSync(path) : stat.isFile() ? readFileSync(path, "latin1") : ""}`;
    return [own, ...(stat.isDirectory() ? entriesBelow(path) : [])];
  });
}
