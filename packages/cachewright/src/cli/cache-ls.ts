import { environmentsHere } from "../caches/environments-here.ts";
import { takeInventory, type HeldEntry, type Inventory } from "../caches/inventory.ts";
import { overviewOf } from "../caches/overview.ts";
import { cachePlaces, type CachePlace } from "../caches/places.ts";
import { selectEntries, sortEntries, sortOrders, type SortOrder } from "../caches/select.ts";
import { AppError } from "../machine/app-error.ts";
import type { Machine } from "../machine/machine.ts";
import { cachedTool, isEmptySelection, selectionOf } from "./cache-words.ts";
import { isOn, valueOf, valuesOf, type Call } from "./command.ts";
import { lookHere } from "./look-here.ts";
import { progressOn } from "./progress.ts";
import { usageHint } from "./parse-call.ts";

export async function runCacheLs(call: Call): Promise<number> {
  const [word] = call.words;
  if (isOn(call, "json") && isOn(call, "csv")) throw new AppError("E_USAGE", "--json or --csv, not both", { hint: usageHint(call.command) });
  const machine = await call.machine();
  if (isOn(call, "all-users")) return listAllUsers(call, machine, word);
  return word === undefined ? listCaches(call, machine) : listEntries(call, machine, word);
}

async function listCaches(call: Call, machine: Machine): Promise<number> {
  const given = ["project", "kind", "older-than", "larger-than", "unused", "python", "sort"].find((name) => call.options[name] !== undefined);
  if (given !== undefined) throw new AppError("E_USAGE", `--${given} is for the entries of one tool`, { hint: "for example: cachewright cache ls pip --sort used" });
  const places = await cachePlaces(machine);
  const rows = overviewOf(machine, places, await takeInventory(machine, places, { exact: isOn(call, "exact") }));
  if (isOn(call, "json")) call.terminal.json((await import("../report/json/caches.ts")).cachesJson(rows));
  else if (isOn(call, "csv")) call.terminal.out((await import("../report/text/csv.ts")).cachesCsv(rows));
  else call.terminal.out((await import("../report/text/caches.ts")).cachesText(rows, lookHere(call.terminal)));
  return 0;
}

async function listAllUsers(call: Call, machine: Machine, word: string | undefined): Promise<number> {
  if (word !== undefined || isOn(call, "csv")) throw new AppError("E_USAGE", `--all-users tells of caches, not of ${word === undefined ? "lines of values" : "entries"}`, { hint: usageHint(call.command) });
  const { cachesOfAll } = await import("../caches/user-task.ts");
  const progress = progressOn(call.terminal);
  const users = cachesOfAll(machine, (name) => progress.say(`looking as ${name}`));
  progress.end();
  if (isOn(call, "json")) call.terminal.json((await import("../report/json/caches.ts")).allCachesJson(users));
  else call.terminal.out((await import("../report/text/caches.ts")).allCachesText(users, lookHere(call.terminal)));
  return 0;
}

async function listEntries(call: Call, machine: Machine, word: string): Promise<number> {
  const tool = await cachedTool(word);
  const selection = selectionOf(call);
  const places = await cachePlaces(machine, { tools: [tool] });
  const inventories = await takeInventory(machine, places, { environments: await environmentsHere(machine, { tool, always: selection.unused === true, directories: valuesOf(call, "environments") }), exact: isOn(call, "exact") });
  const entries = chosenOf(inventories, selection, { order: orderOf(call), now: machine.now().getTime() });
  if (isOn(call, "json")) call.terminal.json((await import("../report/json/caches.ts")).entriesJson(tool, { places, inventories, entries }));
  else if (isOn(call, "csv")) call.terminal.out((await import("../report/text/csv.ts")).entriesCsv(entries));
  else call.terminal.out((await import("../report/text/entries.ts")).entriesText({ tool, places: absentOf(places), inventories, entries, isAll: isEmptySelection(selection) }, lookHere(call.terminal)));
  return 0;
}

function chosenOf(inventories: readonly Inventory[], selection: Parameters<typeof selectEntries>[1], { order, now }: { readonly order: SortOrder; readonly now: number }): HeldEntry[] {
  return sortEntries(selectEntries(inventories.flatMap(({ entries }) => entries), selection, now), order);
}

function orderOf(call: Call): SortOrder {
  const word = valueOf(call, "sort") ?? "size";
  const order = sortOrders.find((one) => one === word);
  if (order === undefined) throw new AppError("E_USAGE", `there is no order ${word}; there is ${sortOrders.join(", ")}`, { hint: usageHint(call.command) });
  return order;
}

function absentOf(places: readonly CachePlace[]): CachePlace[] {
  return places.filter(({ state }) => state !== "present");
}
