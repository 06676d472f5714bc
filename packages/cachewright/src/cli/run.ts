import { endLike, type Ended } from "../machine/ended.ts";
import { findProgram } from "../machine/find-program.ts";
import { runChild } from "../machine/run-child.ts";
import type { Terminal } from "../machine/terminal.ts";

export interface RunGiven {
  readonly terminal: Terminal;
  /** Where the explanation is written as JSON. */
  readonly json?: string | undefined;
}

/** Runs the command and ends as it ended; what is explained below changes nothing about that. */
export async function runWords(words: readonly string[], given: RunGiven): Promise<number> {
  const [name = ""] = words;
  const program = findProgram(name);
  if (program.path === undefined) return notStarted(given, program.because, program.code);
  const ran = await runChild({ path: program.path, words });
  if ("errno" in ran) return notStarted(given, `${program.path}: ${reasons[ran.errno] ?? `it cannot be executed (error ${ran.errno})`}`, ran.errno === 2 ? 127 : 126);
  if (given.json !== undefined || await isWorthALook(ran.ended, ran.output)) await explain(given, { ...ran, program: program.path, words });
  return endLike(ran.ended);
}

/** Linux and macOS agree on these. */
const reasons: Readonly<Record<number, string>> = {
  2: "the program that its first line names is not there", 7: "its arguments and the environment are too long", 8: "it is no program of this machine", 13: "permission denied", 26: "it is being written to",
};

function notStarted({ terminal }: RunGiven, because: string, code: number): number {
  terminal.err(`${terminal.paint("err")("red", "cachewright:")} ${because.replace(/[\x00-\x1f\x7f]/g, "?")}\n`);
  return code;
}

/** Who stopped it, knows why: Ctrl-C, a time limit, a reader that has gone. */
const stopped = new Set([1, 2, 3, 13, 15]);

async function isWorthALook(ended: Ended, output: Uint8Array | undefined): Promise<boolean> {
  const signal = "signal" in ended ? ended.signal : ended.code - 128;
  if (stopped.has(signal)) return false;
  if (!("code" in ended && ended.code === 0)) return output === undefined || output.length > 0;
  return output !== undefined && output.length > 0 && (await import("../explain/may-tell.ts")).mayTell(output);
}

async function explain(given: RunGiven, ran: { ended: Ended; output: Uint8Array | undefined; program: string; words: readonly string[] }): Promise<void> {
  try {
    await (await import("./explain-run.ts")).explainRun(given, ran);
  } catch (error) {
    given.terminal.err(`cachewright: what the command wrote could not be explained: ${error instanceof Error ? error.message : String(error)}\n`);
  }
}
