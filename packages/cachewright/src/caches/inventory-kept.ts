/**
 * What an inventory came to, kept in Cachewright's own state, for the next look at a cache in which nothing has changed
 * (`weighKept` says how that is known, and what it cannot see). Only for showing: what takes something away looks anew.
 * Who is to have used what is as of then, and so it is told of the same day only: file systems note reading once a day.
 */
import { readKept, writeKept, type KeptKind } from "../machine/kept-file.ts";
import type { Machine } from "../machine/machine.ts";
import { version } from "../machine/version.ts";
import { recallWeight } from "../machine/weigh-kept.ts";
import { entriesFromRows, rowsOf, type EntryRow } from "./entry-rows.ts";
import type { Inventory } from "./inventory.ts";
import { heldOf, type Held } from "./overview.ts";
import { askWith, cacheOf, type CachePlace } from "./place.ts";

const dayMs = 24 * 3600 * 1000;
const schema = 1;

/** The line of the overview. */
const lines: KeptKind = { directory: "overview", limit: 64 << 10, most: 64 };
/** Every entry. */
const lists: KeptKind = { directory: "entries", limit: 256 << 20, most: 64 };

interface Stamp {
  readonly schema: number;
  /** What the answer depends on beside the cache. */
  readonly asked: string;
  /** Of the sizes that belong to it. */
  readonly asOf: number;
}

interface KeptLine extends Stamp { readonly held: Held }
interface KeptList extends Stamp, Pick<Inventory, "foreign" | "marks"> { readonly rows: readonly EntryRow[] }

const keyOf = ({ tool, root }: CachePlace): string => `${tool}\0${root}`;

/** Another Cachewright, tool or Python may find other leftovers. */
function askedOf({ tool, root, versions }: CachePlace, pythons: readonly string[]): string {
  return JSON.stringify([version, tool, root, versions, pythons]);
}

function readStamped<T extends Stamp>(machine: Machine, kind: KeptKind, given: { readonly key: string; readonly asked: string; readonly asOf: number }): T | undefined {
  const bytes = readKept(machine, kind, given.key);
  try {
    const kept = bytes === undefined ? undefined : (JSON.parse(bytes.toString("utf8")) as T);
    return kept?.schema === schema && kept.asked === given.asked && kept.asOf === given.asOf ? kept : undefined;
  } catch {
    return undefined;
  }
}

/** What is remembered of the sizes, where it is of the same day. */
function freshWeight(machine: Machine, { root }: CachePlace): ReturnType<typeof recallWeight> {
  const weight = recallWeight(machine, root);
  const age = weight === undefined ? Number.POSITIVE_INFINITY : machine.now().getTime() - weight.asOf;
  return age > dayMs || age < 0 ? undefined : weight;
}

/** The line of a cache in the overview; undefined: it has to be looked at. */
export function recallHeld(machine: Machine, place: CachePlace, pythons: readonly string[]): Held | undefined {
  const weight = freshWeight(machine, place);
  if (weight === undefined) return undefined;
  const { asOf, total, atMost } = weight;
  const kept = readStamped<KeptLine>(machine, lines, { key: keyOf(place), asked: askedOf(place, pythons), asOf });
  return kept === undefined ? undefined : { ...kept.held, bytes: total.bytes, reclaimable: total.reclaimable, isAtMost: atMost === true, asOf };
}

/** All of a cache, without its uses; undefined: it has to be looked at. */
export async function recallInventory(machine: Machine, place: CachePlace, pythons: readonly string[]): Promise<Inventory | undefined> {
  const weight = freshWeight(machine, place);
  if (weight === undefined) return undefined;
  const { asOf, total, atMost } = weight;
  const kept = readStamped<KeptList>(machine, lists, { key: keyOf(place), asked: askedOf(place, pythons), asOf });
  if (kept === undefined) return undefined;
  return {
    place, cache: await cacheOf(place.tool), ask: askWith(machine, place, pythons), entries: entriesFromRows(place, kept.rows), unread: [], foreign: kept.foreign, marks: kept.marks,
    total, asOf, isAtMost: atMost === true,
  };
}

/** Only of what was wholly seen, and had come to rest. */
export function keepInventory(machine: Machine, inventory: Inventory): void {
  const { place, ask, entries, unread, foreign, marks, asOf = inventory.keptAs, holdsOthers } = inventory;
  if (asOf === undefined || holdsOthers === true || unread.length > 0 || entries.some(({ keep }) => keep !== undefined)) return;
  const stamp: Stamp = { schema, asked: askedOf(place, ask.pythons), asOf };
  const put = (kind: KeptKind, kept: KeptLine | KeptList): boolean => writeKept(machine, kind, { key: keyOf(place), bytes: Buffer.from(JSON.stringify(kept)) });
  put(lines, { ...stamp, held: heldOf(inventory) });
  put(lists, { ...stamp, foreign, marks, rows: rowsOf(place, entries) });
}
