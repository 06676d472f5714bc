import { spawn, spawnSync } from "node:child_process";
import { join } from "node:path";
import { emptyHome } from "./command.ts";

export const program = join(import.meta.dirname, "../../bin/cachewright.cjs");
const driver = join(import.meta.dirname, "terminal-driver.py");

export type Step = readonly ["see" | "type", string] | readonly ["paste", string, number] | readonly ["size", number, number] | readonly ["kill", string, ...number[]];

export interface Played {
  readonly output: string;
  readonly bytes: Buffer;
  /** How the command ended; of a signal, that and no code. */
  readonly code: number | null;
  readonly signal: number | null;
  /** The terminal's modes are what they were. */
  readonly sane: boolean;
}

export const environment = (home = emptyHome()): Record<string, string> => ({ HOME: home, PATH: "/usr/local/bin:/usr/bin:/bin", LANG: "C.UTF-8", TERM: "xterm", CACHEWRIGHT_STATE_DIR: join(home, "state") });

/** Why nobody can sit at a terminal here, or undefined. */
export const noTerminal: string | undefined = process.platform === "win32" || spawnSync("python3", ["-c", "import pty; pty.openpty()"], { env: environment() }).status !== 0
  ? "needs a python3 that can make pseudo-terminals" : undefined;

/** Runs a command at a terminal and does the steps. */
export function play(steps: readonly Step[], command: readonly string[]): Promise<Played> {
  return new Promise((resolve, reject) => {
    const child = spawn("python3", [driver, JSON.stringify(steps), ...command], { env: environment(), stdio: ["ignore", "pipe", "inherit"] });
    let text = "";
    child.stdout.setEncoding("utf8").on("data", (part: string) => { text += part; });
    child.on("error", reject);
    child.on("close", () => {
      const { output, status = 0, sane = false, stuck } = JSON.parse(text) as { output: string; status?: number; sane?: boolean; stuck?: unknown };
      const bytes = Buffer.from(output, "base64");
      if (stuck !== undefined) return reject(new Error(`nothing more happened (${JSON.stringify(stuck)}) after:\n${bytes.toString("utf8")}`));
      const signal = status & 0x7f;
      resolve({ output: bytes.toString("utf8"), bytes, code: signal === 0 ? status >> 8 : null, signal: signal === 0 ? null : signal, sane });
    });
  });
}

export const under = (...command: readonly string[]): string[] => [process.execPath, program, "run", "--", ...command];
export const shellWords = (words: readonly string[]): string => words.map((word) => `'${word.replaceAll("'", "'\\''")}'`).join(" ");
