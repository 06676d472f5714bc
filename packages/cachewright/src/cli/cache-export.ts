import { planExport } from "../caches/export-plan.ts";
import { lookCaches } from "../caches/look-caches.ts";
import { readWanted } from "../caches/wanted-projects.ts";
import { weighPlan } from "../caches/weigh-paths.ts";
import { AppError } from "../machine/app-error.ts";
import { cachedTools } from "../tools/all-caches.ts";
import type { ToolName } from "../tools/tool.ts";
import { valueOf, valuesOf, type Call } from "./command.ts";
import { fillAsked } from "./fill-asked.ts";
import { usageHint } from "./parse-call.ts";
import { during } from "./progress.ts";

/** `cache export --wheels DIR | --index DIR`, of all tools or those that are named. */
export async function runCacheExport(call: Call): Promise<number> {
  const [wheels, index] = [valueOf(call, "wheels"), valueOf(call, "index")];
  const directory = wheels ?? index;
  if (directory === undefined || (wheels !== undefined && index !== undefined)) throw new AppError("E_USAGE", "--wheels DIR or --index DIR", { hint: usageHint(call.command) });
  const tools = await toolsNamed(call.words);
  const machine = await call.machine();
  const wanted = await readWanted(machine, { patterns: valuesOf(call, "project"), files: valuesOf(call, "requirement"), cwd: machine.cwd });
  const plan = await during(call.terminal, "reading the caches", async () => weighPlan(machine, planExport(machine, { directory, kind: wheels === undefined ? "index" : "wheels", wanted, caches: await lookCaches(machine, tools) })));
  return fillAsked(call, machine, plan);
}

async function toolsNamed(words: readonly string[]): Promise<readonly ToolName[]> {
  const stranger = words.find((word) => !(cachedTools as readonly string[]).includes(word));
  if (stranger !== undefined) throw (await import("./near.ts")).unknown("tool", stranger, cachedTools, `These have a cache of their own: ${cachedTools.join(", ")}`);
  return words.length === 0 ? cachedTools : (words as readonly ToolName[]);
}
