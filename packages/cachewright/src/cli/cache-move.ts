import { environmentsHere } from "../caches/environments-here.ts";
import type { Inventory } from "../caches/inventory.ts";
import { prepareMove } from "../caches/move.ts";
import { cachePlaces } from "../caches/places.ts";
import { isBegun, runMove } from "../caches/run-move.ts";
import { AppError } from "../machine/app-error.ts";
import { bytesText, countText, numberText } from "../report/text/amounts.ts";
import { moveOutcomeText, movePreview } from "../report/text/cache-move.ts";
import { stepLine } from "../report/text/fix.ts";
import { askFirst } from "./ask-first.ts";
import { cachedTool } from "./cache-words.ts";
import { isOn, spokenCall, valueOf, valuesOf, type Call } from "./command.ts";
import { lookHere } from "./look-here.ts";
import { lookIntoCaches } from "./look-into-caches.ts";
import { ownRuns } from "./own-runs.ts";
import { usageHint } from "./parse-call.ts";
import { progressOn } from "./progress.ts";
import { recoverFirst } from "./recover-first.ts";
import { wayBack } from "./way-back.ts";

/** 0: moved, or there already; 1: not agreed to; 3: refused, or it failed. */
export async function runCacheMove(call: Call): Promise<number> {
  const [word, dest] = call.words;
  if (word === undefined || dest === undefined) throw new AppError("E_USAGE", "cache move which tool's cache, and where to?", { hint: usageHint(call.command) });
  const tool = await cachedTool(word);
  const machine = await call.machine();
  if (recoverFirst(call, machine) === "declined") return 1;
  const inventories = await lookIntoCaches(call, machine, { places: await cachePlaces(machine, { tools: [tool] }), environments: await environmentsHere(machine, { always: true, directories: valuesOf(call, "environments") }) });
  const inventory = theOne(inventories.filter(({ place }) => place.tool === tool), { tool, from: valueOf(call, "from") });
  const move = await prepareMove(machine, { inventory, dest });
  const { terminal } = call;
  const look = lookHere(terminal);
  terminal.out(movePreview(move, { isBegun: isBegun(machine, move), now: isOn(call, "now"), look }));
  if (isOn(call, "dry-run")) return 0;
  if (!askFirst("Move it?", call)) return 1;
  const progress = progressOn(terminal);
  const done = await runMove(machine, move, {
    command: spokenCall(call), now: isOn(call, "now"),
    onCopy: ({ files, bytes }) => progress.say(`${numberText(files)} of ${countText(inventory.total.files, "file")}, ${bytesText(bytes)} of ${bytesText(inventory.total.bytes)}`),
    onProgress: (step) => {
      if ("done" in step) progress.say(`${numberText(step.done)} of ${numberText(step.all)}`);
    },
    onStep: (step, number, plan) => {
      progress.end();
      terminal.err(`${stepLine(step, number + 1, plan.steps.length)}\n`);
    },
  }).finally(progress.end);
  const stateDir = ownRuns(machine).runs.find(({ run }) => run === done.outcome.run)?.stateDir;
  terminal.out(moveOutcomeText(done, move, { look, back: wayBack({ run: done.outcome.run, stateDir }, machine, look) }));
  return done.status === "moved" ? 0 : 3;
}

export function theOne(inventories: readonly Inventory[], { tool, from }: { readonly tool: string; readonly from: string | undefined }): Inventory {
  const found = from === undefined ? inventories : inventories.filter(({ place }) => place.path === from || place.root === from);
  const [one, other] = found;
  if (one === undefined) throw new AppError("E_USAGE", from === undefined ? `${tool} has no cache here that could be moved` : `${from} is no cache of ${tool}`, { hint: `cachewright cache ls; to choose a place for a new cache: cachewright config set cache-dir PATH --tool ${tool}` });
  if (other !== undefined) throw new AppError("E_USAGE", `${tool} has several caches: ${found.map(({ place }) => place.path).join(", ")}`, { hint: "say which: --from PATH" });
  return one;
}

