/** All that lies in caches, weighed so that what any choice of it frees can be told at once. */
import type { Machine } from "../machine/machine.ts";
import { weighGroups, type LinkRecords } from "../machine/link-records.ts";
import { weighTrees, type Progress } from "../machine/weigh-trees.ts";
import type { ToolName } from "../tools/tool.ts";
import { environmentsHere } from "./environments-here.ts";
import { foreignAmong } from "./foreign-entries.ts";
import { takeInventory, type HeldEntry, type Inventory } from "./inventory.ts";
import type { CachePlace } from "./place.ts";
import { cachePlaces } from "./places.ts";
import { removalWeb, removalWithin, type RemovalWeb } from "./removal.ts";

/** One cache. */
export interface Shelf {
  readonly inventory: Inventory;
  /** Of its entries, in their order. */
  readonly links: LinkRecords;
}

export interface Stock {
  readonly places: readonly CachePlace[];
  readonly shelves: readonly Shelf[];
  readonly web: RemovalWeb;
  /** Of each entry, its shelf and its number there. */
  readonly where: ReadonlyMap<HeldEntry, readonly [shelf: number, entry: number]>;
}

export interface StockWish {
  readonly tools?: readonly ToolName[] | undefined;
  /** Further directories in which environments may be. */
  readonly directories?: readonly string[];
  readonly progress?: (progress: Progress) => void;
}

/** What comes free is weighed now, cache by cache as the plan of a removal weighs it; what is remembered serves for names only. */
export async function takeStock(machine: Machine, { tools, directories = [], progress }: StockWish = {}): Promise<Stock> {
  const environments = await environmentsHere(machine, { always: true, directories });
  const places = await cachePlaces(machine, { tools });
  const shelves: Shelf[] = [];
  for (const inventory of await takeInventory(machine, places, { environments })) shelves.push(await shelfOf(machine, inventory, progress));
  return stockOf(places, shelves);
}

export function stockOf(places: readonly CachePlace[], shelves: readonly Shelf[]): Stock {
  return {
    places, shelves, web: removalWeb(shelves.flatMap(({ inventory: { entries } }) => entries)),
    where: new Map(shelves.flatMap(({ inventory: { entries } }, shelf) => entries.map((entry, at) => [entry, [shelf, at]] as const))),
  };
}

async function shelfOf(machine: Machine, inventory: Inventory, progress: StockWish["progress"]): Promise<Shelf> {
  const { place: { root }, entries } = inventory;
  const [answer] = await weighTrees([{ root, units: entries.map(({ paths }) => paths) }], { links: true, ...(progress !== undefined && { progress }) });
  if (answer?.links === undefined) throw new Error("every question has an answer");
  // What another account put there stays, and is told before it is marked.
  const foreign = foreignAmong(machine, inventory, entries, entries.flatMap(({ paths }) => paths));
  const weighed = entries.map((entry, at): HeldEntry => {
    const weight = answer.units[at];
    const keep = entry.keep ?? foreign.get(entry);
    return { ...entry, ...(weight !== undefined && { size: { bytes: weight.bytes, reclaimable: weight.reclaimable, files: weight.files } }), ...(keep !== undefined && { keep }) };
  });
  return { inventory: { ...inventory, entries: weighed, total: answer.total, isAtMost: answer.atMost === true }, links: answer.links };
}

export interface Choice {
  /** All that goes: what was chosen and can go, and what is of no use without it. */
  readonly goes: number;
  /** Of these, what was not chosen. */
  readonly besides: number;
  readonly stays: number;
  /** On disk, each file once. */
  readonly bytes: number;
  readonly frees: number;
  /** Files may share blocks with others. */
  readonly isAtMost: boolean;
}

/** What comes of it when these entries are asked to go; the same numbers as the plan's. */
export function choiceOf({ shelves, web, where }: Stock, chosen: readonly HeldEntry[]): Choice {
  const { goes, stays } = removalWithin(chosen, web);
  const asked = new Set(chosen);
  const weights = shelvesOf(where, goes).map(([shelf, entries]) => ({ ...weightOn(shelves, shelf, entries), isAtMost: shelves[shelf]?.inventory.isAtMost === true }));
  return {
    goes: goes.length, besides: goes.filter((entry) => !asked.has(entry)).length, stays: stays.length,
    bytes: weights.reduce((sum, { bytes }) => sum + bytes, 0), frees: weights.reduce((sum, { frees }) => sum + frees, 0), isAtMost: weights.some(({ isAtMost }) => isAtMost),
  };
}

/** Of entries taken together, whether they can go or not. */
export function weightOf({ shelves, where }: Stock, entries: readonly HeldEntry[]): { readonly bytes: number; readonly frees: number } {
  return shelvesOf(where, entries).map(([shelf, own]) => weightOn(shelves, shelf, own)).reduce((sum, one) => ({ bytes: sum.bytes + one.bytes, frees: sum.frees + one.frees }), { bytes: 0, frees: 0 });
}

function weightOn(shelves: readonly Shelf[], shelf: number, entries: readonly number[]): { readonly bytes: number; readonly frees: number } {
  const links = shelves[shelf]?.links;
  return links === undefined ? { bytes: 0, frees: 0 } : weighGroups(links, entries);
}

function shelvesOf(where: Stock["where"], entries: readonly HeldEntry[]): [shelf: number, entries: number[]][] {
  const found = new Map<number, number[]>();
  for (const entry of entries) {
    const [shelf, at] = where.get(entry) ?? [];
    if (shelf === undefined || at === undefined) continue;
    const own = found.get(shelf);
    if (own === undefined) found.set(shelf, [at]);
    else own.push(at);
  }
  return [...found];
}
