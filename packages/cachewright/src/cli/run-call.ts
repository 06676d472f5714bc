import { AppError } from "../machine/app-error.ts";
import { valueOf, type Call } from "./command.ts";
import { usageHint } from "./parse-call.ts";
import { runWords } from "./run.ts";

/** `run` with options. */
export async function runCall(call: Call): Promise<number> {
  if (call.words.length === 0) throw new AppError("E_USAGE", "run what? Give a command", { hint: usageHint(call.command) });
  const json = valueOf(call, "json");
  if (json === "-") throw new AppError("E_USAGE", "run cannot write JSON to stdout, which is the command's", { hint: usageHint(call.command) });
  return runWords(call.words, { terminal: call.terminal, json });
}
