import { fillHouse, type FilledHouse } from "../caches/fill-house.ts";
import type { HousePlan } from "../caches/house-plan.ts";
import { watchInterruption } from "../machine/interruption.ts";
import type { Machine } from "../machine/machine.ts";
import { bytesText, countText, numberText } from "../report/text/amounts.ts";
import { filledHouseText, housePlanText } from "../report/text/wheel-house.ts";
import { askFirst } from "./ask-first.ts";
import { isOn, type Call } from "./command.ts";
import { lookHere } from "./look-here.ts";
import { progressOn } from "./progress.ts";

/** Shows the plan, asks, writes. Exit code 1: something that was wanted is not there, or nothing was agreed to. */
export async function fillAsked(call: Call, machine: Machine, plan: HousePlan): Promise<number> {
  const isJson = isOn(call, "json");
  if (!isJson) call.terminal.out(housePlanText(plan, lookHere(call.terminal)));
  const isPlanOnly = isOn(call, "dry-run") || plan.files.length === 0;
  if (isPlanOnly || !askFirst(`Write ${plan.files.length === 1 ? "it" : "them"}?`, call)) {
    if (isJson) await tellJson(call, plan);
    return isPlanOnly && isWhole(plan) ? 0 : 1;
  }
  const filled = await fillWatched(call, machine, plan);
  if (isJson) await tellJson(call, plan, filled);
  else call.terminal.out(`\n${filledHouseText(plan, filled, lookHere(call.terminal))}`);
  const there = new Set(filled.taken.map(({ file }) => file.filename));
  return isWhole(plan) && filled.left.every(({ filename }) => there.has(filename)) ? 0 : 1;
}

function isWhole({ missing, left }: HousePlan): boolean {
  return missing.length === 0 && left.length === 0;
}

async function tellJson(call: Call, plan: HousePlan, filled?: FilledHouse): Promise<void> {
  call.terminal.json((await import("../report/json/cache-files.ts")).cacheFilesJson(plan, filled));
}

/** Ctrl-C is heard between two files: what was written so far is taken away again. */
async function fillWatched(call: Call, machine: Machine, plan: HousePlan): Promise<FilledHouse> {
  const interruption = watchInterruption();
  const progress = progressOn(call.terminal);
  let bytes = 0;
  try {
    return await fillHouse(machine, plan, {
      isStopped: interruption.isStopped,
      onFile: (done, all, { sources }) => {
        bytes += sources[0]?.bytes ?? 0;
        progress.say(`${numberText(done)} of ${countText(all, "file")}, ${bytesText(bytes)} of ${bytesText(plan.bytes)}`);
      },
    });
  } catch (error) {
    progress.end();
    if (interruption.isStopped()) call.terminal.err("Stopped: nothing was written into its place, and what was made so far is taken away.\n");
    interruption.endAsAsked();
    throw error;
  } finally {
    progress.end();
    interruption.close();
  }
}
