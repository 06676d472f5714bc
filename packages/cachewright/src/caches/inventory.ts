/** What lies in caches, and how much of the disk it takes: entries from the tools' adapters, bytes from a walk. */
import type { Machine } from "../machine/machine.ts";
import type { TreeQuestion, Weight } from "../machine/tree-weights.ts";
import { weighListed } from "../machine/weigh-listed.ts";
import { weighTrees, type Progress } from "../machine/weigh-trees.ts";
import { weighKept, type KeptAnswer } from "../machine/weigh-kept.ts";
import { namesKept } from "./names-kept.ts";
import type { CacheAsk, CacheEntry, CacheListing, EntrySize, Environment, ToolCache, Unread, Use } from "../tools/tool-cache.ts";
import { cacheOf, type CachePlace } from "./place.ts";
import { askAbout } from "./places.ts";

/** An entry with its cache, its weight known. */
export interface HeldEntry extends CacheEntry {
  readonly place: CachePlace;
  readonly size: EntrySize;
  /** Undefined: nobody asked; empty: no environment known here uses it. */
  readonly uses?: readonly Use[];
}

export interface Inventory {
  readonly place: CachePlace;
  readonly cache: ToolCache;
  readonly ask: CacheAsk;
  readonly entries: readonly HeldEntry[];
  readonly unread: readonly Unread[];
  readonly foreign: readonly string[];
  readonly marks: readonly string[];
  /** Of the whole directory, marks and all. */
  readonly total: Weight;
  /** The moment, ms, of which what comes free is true, where the sizes are remembered. */
  readonly asOf?: number;
  /** Of sizes that were written down just now: the `asOf` they will have. */
  readonly keptAs?: number;
  /** Files may share blocks with others, so that less comes free (btrfs, XFS, APFS). */
  readonly isAtMost: boolean;
  /** It holds caches of other tools, which have inventories of their own. */
  readonly holdsOthers?: true;
}

export interface InventoryOptions {
  /** Where uses are looked for; not at all when not given. */
  readonly environments?: readonly Environment[] | undefined;
  /** Walk all, whatever is remembered of an earlier look (`weighKept` says what that cannot see). */
  readonly exact?: boolean;
  /** False: nothing is remembered, and no threads are started: for a process that looks for somebody else. */
  readonly remember?: boolean;
  /** Told while it looks: whose cache is read next, then how much has been weighed, every now and then. */
  readonly onLook?: (look: { readonly reads: CachePlace } | { readonly weighed: Progress }) => void;
}

interface Listed extends Pick<Inventory, "place" | "cache" | "ask"> {
  readonly listing: CacheListing;
  /** Moment, ms, before it was listed. */
  readonly start: number;
}

/** Of places that are there and recognised. */
export async function takeInventory(machine: Machine, places: readonly CachePlace[], { environments, exact = false, remember = true, onLook }: InventoryOptions = {}): Promise<Inventory[]> {
  const listed = (await Promise.all(places.filter(({ state }) => state === "present").map((place) => listAt(machine, place, { remember, onLook })))).flat();
  const summed = listed.map((one) => (remember ? sumOf(machine, one) : undefined));
  const questions = listed.filter((_, at) => summed[at] === undefined).map(questionOf);
  const progress = onLook === undefined ? {} : { progress: (weighed: Progress) => { onLook({ weighed }); } };
  const answers = remember ? await weighKept(machine, questions, { exact, ...progress }) : await weighTrees(questions, { threads: 1, ...progress });
  return listed.map((one, at) => inventoryOf(one, summed[at] ?? answers.shift(), environments));
}

function questionOf({ place: { root }, cache, listing: { entries } }: Listed): TreeQuestion {
  const sparse = cache.sparse?.(root);
  return { root, units: entries.filter(isUnweighed).map(({ paths }) => paths), sealed: entries.flatMap(({ sealed = [] }) => sealed), ...(sparse !== undefined && { sparse }) };
}

/** Where the listing saw everything, its sizes and the directories are the whole: nobody has to walk again. */
function sumOf(machine: Machine, { place: { root }, cache, listing, start }: Listed): KeptAnswer | undefined {
  const { directories, entries, foreign, unread } = listing;
  const sizes = entries.map(({ size }) => size);
  if (directories === undefined || foreign.length > 0 || unread.length > 0 || !sizes.every((size) => size !== null && size.reclaimable === size.bytes)) return undefined;
  return weighListed(machine, { root, sparse: cache.sparse?.(root) ?? [], directories, marks: listing.marks, start, files: entries });
}

interface ListOptions {
  readonly remember: boolean;
  readonly onLook: InventoryOptions["onLook"];
}

/** A cache, and the caches of other tools that it keeps below its root. */
async function listAt(machine: Machine, place: CachePlace, { remember, onLook }: ListOptions): Promise<Listed[]> {
  const cache = await cacheOf(place.tool);
  const ask = askAbout(machine, place);
  const start = Date.now();
  const kept = remember ? namesKept(machine, place) : undefined;
  onLook?.({ reads: place });
  const listing = cache.list({ ...ask, ...(kept !== undefined && { kept }) });
  kept?.save();
  const inner = await Promise.all((listing.inner ?? []).map(({ tool, path }) => listAt(machine, { ...place, tool, name: `of ${place.tool}`, path, root: path, versions: [] }, { remember, onLook })));
  return [{ place, cache, ask, listing, start }, ...inner.flat()];
}

function inventoryOf({ place, cache, ask, listing }: Listed, answer: KeptAnswer | undefined, environments: readonly Environment[] | undefined): Inventory {
  if (answer === undefined) throw new Error("every question has an answer");
  const weights = answer.units[Symbol.iterator]();
  const uses = environments === undefined ? undefined : usesOf({ cache, ask, entries: listing.entries, environments });
  const entries = listing.entries.map((entry): HeldEntry => ({
    ...entry, place, size: entry.size ?? sizeOf(weights.next().value), ...(uses !== undefined && { uses: uses.get(entry.id) ?? [] }),
  }));
  return {
    place, cache, ask, entries, unread: [...listing.unread, ...answer.unread.filter(({ path }) => !listing.unread.some((known) => known.path === path))], foreign: listing.foreign, marks: listing.marks, total: answer.total,
    isAtMost: answer.atMost === true, ...((listing.inner ?? []).length > 0 && { holdsOthers: true as const }),
    ...(answer.asOf !== undefined && { asOf: answer.asOf }), ...(answer.keptAs !== undefined && { keptAs: answer.keptAs }),
  };
}

/** Who uses which entry, by its id. */
export function usesOf({ cache, ask, entries, environments }: Pick<Inventory, "cache" | "ask"> & { readonly entries: readonly CacheEntry[]; readonly environments: readonly Environment[] }): ReadonlyMap<string, readonly Use[]> {
  return cache.usedBy?.(ask, entries, environments) ?? new Map<string, readonly Use[]>();
}

function isUnweighed({ size }: CacheEntry): boolean {
  return size === null;
}

function sizeOf(weight: Weight | undefined): EntrySize {
  if (weight === undefined) throw new Error("every unit has a weight");
  return { bytes: weight.bytes, reclaimable: weight.reclaimable, files: weight.files };
}
