import { spawnSync, type SpawnSyncReturns } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";

const program = join(import.meta.dirname, "../../bin/cachewright.cjs");
export const isBuilt = existsSync(join(import.meta.dirname, "../../dist/cli/main.cjs"));

const made: string[] = [];
afterAll(() => {
  for (const dir of made.splice(0)) rmSync(dir, { recursive: true, force: true });
});

/** A throw-away home with a pip configuration directory; its own cache, nothing else. */
export function emptyHome(): string {
  const home = mkdtempSync(join(tmpdir(), "cachewright-cli-"));
  made.push(home);
  mkdirSync(join(home, ".config/pip"), { recursive: true });
  return home;
}

export interface Ran extends Pick<SpawnSyncReturns<string>, "stdout" | "stderr" | "status"> {}

export interface Given {
  readonly home?: string;
  readonly input?: string | Buffer;
  readonly env?: Record<string, string>;
  readonly cwd?: string;
  /** Another copy of the built command. */
  readonly program?: string;
}

/** The built command as a person's shell would start it, in a home of its own and without this machine's settings. */
export function cachewright(args: readonly string[], given: Given = {}): Ran {
  const home = given.home ?? emptyHome();
  const done = spawnSync(process.execPath, [given.program ?? program, ...args], {
    encoding: "utf8",
    cwd: given.cwd ?? home,
    input: given.input ?? "",
    env: { HOME: home, PATH: "/usr/local/bin:/usr/bin:/bin", LANG: "C.UTF-8", CACHEWRIGHT_STATE_DIR: join(home, "state"), ...given.env },
  });
  if (done.error !== undefined) throw done.error;
  return { stdout: done.stdout, stderr: done.stderr, status: done.status };
}
