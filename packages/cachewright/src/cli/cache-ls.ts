import { environmentsHere } from "../caches/environments-here.ts";
import { keepInventory, recallHeld, recallInventory } from "../caches/inventory-kept.ts";
import type { HeldEntry, Inventory, InventoryOptions } from "../caches/inventory.ts";
import { overviewOf, type CacheRow, type Held } from "../caches/overview.ts";
import { cachePlaces, type CachePlace } from "../caches/places.ts";
import { selectEntries, sortEntries, sortOrders, type SortOrder } from "../caches/select.ts";
import { AppError } from "../machine/app-error.ts";
import type { Machine } from "../machine/machine.ts";
import type { Environment } from "../tools/tool-cache.ts";
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
  const rows = await overviewHere(machine, places, isOn(call, "exact"));
  if (isOn(call, "json")) call.terminal.json((await import("../report/json/caches.ts")).cachesJson(rows));
  else if (isOn(call, "csv")) call.terminal.out((await import("../report/text/csv.ts")).cachesCsv(rows));
  else call.terminal.out((await import("../report/text/caches.ts")).cachesText(rows, lookHere(call.terminal)));
  return 0;
}

/** What is remembered of unchanged caches will do, unless all is to be walked. */
async function overviewHere(machine: Machine, places: readonly CachePlace[], exact: boolean): Promise<CacheRow[]> {
  const remembered = new Map(exact ? [] : places.flatMap((place) => (place.state === "present" ? [[place, recallHeld(machine, place)] as const] : [])).filter((one): one is [CachePlace, Held] => one[1] !== undefined));
  const open = places.filter((place) => !remembered.has(place));
  const inventories = open.some(({ state }) => state === "present") ? await lookAnew(machine, open, { exact }) : [];
  return overviewOf(machine, places, { inventories, remembered });
}

async function lookAnew(machine: Machine, places: readonly CachePlace[], options: InventoryOptions): Promise<Inventory[]> {
  const { takeInventory } = await import("../caches/inventory.ts");
  const inventories = await takeInventory(machine, places, options);
  for (const inventory of inventories) keepInventory(machine, inventory);
  return inventories;
}

/** Uses are looked for each time: an environment that comes or goes changes nothing in the cache. */
async function entriesHere(machine: Machine, places: readonly CachePlace[], { environments, exact }: { readonly environments: readonly Environment[] | undefined; readonly exact: boolean }): Promise<Inventory[]> {
  return (await Promise.all(places.filter(({ state }) => state === "present").map(async (place) => {
    const remembered = exact ? undefined : await recallInventory(machine, place);
    if (remembered === undefined) return lookAnew(machine, [place], { exact, environments });
    if (environments === undefined) return [remembered];
    const uses = (await import("../caches/inventory.ts")).usesOf({ ...remembered, environments });
    return [{ ...remembered, entries: remembered.entries.map((entry) => ({ ...entry, uses: uses.get(entry.id) ?? [] })) }];
  }))).flat();
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
  const environments = await environmentsHere(machine, { tool, always: selection.unused === true, directories: valuesOf(call, "environments") });
  const inventories = await entriesHere(machine, places, { environments, exact: isOn(call, "exact") });
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
