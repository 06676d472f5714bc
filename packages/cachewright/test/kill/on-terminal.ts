import { spawnSync } from "node:child_process";
import { join } from "node:path";

export interface OnTerminal {
  /** What the terminal showed. */
  readonly output: string;
  /** Ctrl-C was typed: the output matched while the command ran, or after its last word. */
  readonly typed: boolean;
  /** The terminal is set as it was before. */
  readonly restored: boolean;
  readonly signal: number | null;
  readonly exit: number | null;
}

export const hasPython = spawnSync("python3", ["-c", "import pty, termios"]).status === 0;

/** Node has no terminals to give; Python has. */
export function onTerminal(argv: readonly string[], given: { readonly until: RegExp; readonly env: Record<string, string>; readonly cwd: string }): OnTerminal {
  const done = spawnSync("python3", [join(import.meta.dirname, "on-terminal.py"), given.until.source, ...argv], { encoding: "utf8", env: given.env, cwd: given.cwd });
  if (done.status !== 0) throw new Error(`the terminal could not be made: ${done.stderr}`);
  return JSON.parse(done.stdout) as OnTerminal;
}
