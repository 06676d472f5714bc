import { cachePlaces } from "../caches/places.ts";
import { verifyInventory, type Verified } from "../caches/verify.ts";
import { AppError } from "../machine/app-error.ts";
import { bytesText, countText, numberText } from "../report/text/amounts.ts";
import { changeAsAsked } from "./cache-change.ts";
import { toolsNamed } from "./cache-words.ts";
import { isOn, valuesOf, type Call } from "./command.ts";
import { lookHere } from "./look-here.ts";
import { lookIntoCaches } from "./look-into-caches.ts";
import { usageHint } from "./parse-call.ts";
import { progressOn } from "./progress.ts";
import { recoverFirst } from "./recover-first.ts";

/** 0: all sound, or repaired; 1: something broken is still there; 3: a repair failed. */
export async function runCacheVerify(call: Call): Promise<number> {
  const useless = ["now", "dry-run", "yes"].find((name) => isOn(call, name) && !isOn(call, "repair"));
  if (useless !== undefined) throw new AppError("E_USAGE", `--${useless} is for --repair`, { hint: usageHint(call.command) });
  const tools = await toolsNamed(call.words);
  const machine = await call.machine();
  if (isOn(call, "repair") && recoverFirst(call, machine) === "declined") return 1;
  const inventories = await lookIntoCaches(call, machine, { places: await cachePlaces(machine, { tools }) });
  const progress = progressOn(call.terminal);
  const verified = inventories.map((inventory): Verified => verifyInventory(inventory, {
    projects: valuesOf(call, "project"),
    onProgress: ({ entries, bytes, faults }) => progress.say(`${inventory.place.tool}: ${numberText(entries)} of ${countText(inventory.entries.length, "entry", "entries")}, ${bytesText(bytes)} read, ${faults} broken`),
  }));
  progress.end();
  const broken = verified.flatMap((one) => one.broken);
  if (!isOn(call, "json")) call.terminal.out((await import("../report/text/verified.ts")).verifiedText(verified, isOn(call, "repair"), lookHere(call.terminal)));
  const change = broken.length === 0 || !isOn(call, "repair") ? undefined
    : await changeAsAsked(call, machine, { inventories, chosen: broken, now: isOn(call, "now"), why: "asked for: cache verify --repair" });
  if (isOn(call, "json")) {
    const { cacheChangeJson, verifyJson } = await import("../report/json/caches.ts");
    call.terminal.json(verifyJson(verified, change === undefined ? undefined : cacheChangeJson(change)));
  }
  if (change !== undefined) return change.code;
  return broken.length === 0 ? 0 : 1;
}
