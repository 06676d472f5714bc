import { planImport } from "../caches/import-plan.ts";
import { AppError } from "../machine/app-error.ts";
import { valueOf, type Call } from "./command.ts";
import { fillAsked } from "./fill-asked.ts";
import { usageHint } from "./parse-call.ts";
import { during } from "./progress.ts";

/** `cache import DIR|FILE… --into DIR`. */
export async function runCacheImport(call: Call): Promise<number> {
  if (call.words.length === 0) throw new AppError("E_USAGE", "which files, or directories of them?", { hint: usageHint(call.command) });
  const into = valueOf(call, "into");
  if (into === undefined) throw new AppError("E_USAGE", "--into DIR: into which directory of wheels?", { hint: "a new one, or one that cache export or cache import made" });
  const machine = await call.machine();
  return fillAsked(call, machine, await during(call.terminal, "reading what is to be brought", () => planImport(machine, { into, from: call.words })));
}
