/** Every cache in one line. Pure but for the question how large a file system is. */
import type { Machine } from "../machine/machine.ts";
import type { Inventory } from "./inventory.ts";
import type { CachePlace } from "./place.ts";
import { lastUse } from "./select.ts";

export interface Held {
  readonly bytes: number;
  readonly reclaimable: number;
  readonly entries: number;
  readonly files: number;
  /** Of these bytes, what no tool here reads any more or is broken. */
  readonly leftovers: number;
  /** ms; null where nothing tells. */
  readonly usedMs: number | null;
  /** Parts that could not be looked into. */
  readonly unread: number;
  /** ms: what comes free is of that moment, because the sizes are remembered. */
  readonly asOf?: number;
  readonly isAtMost: boolean;
}

export interface CacheRow {
  readonly place: CachePlace;
  /** Undefined where nothing could be weighed. */
  readonly held?: Held;
  /** Of the file system it lies on, 0 to 1; null where that has no size. */
  readonly share: number | null;
}

export function heldOf({ entries, total, unread, asOf, isAtMost }: Inventory): Held {
  const used = entries.map(lastUse);
  return {
    bytes: total.bytes, reclaimable: total.reclaimable, entries: entries.length, files: total.files, unread: unread.length, isAtMost, ...(asOf !== undefined && { asOf }),
    leftovers: entries.filter(({ kind }) => kind === "leftover" || kind === "damaged").reduce((sum, { size }) => sum + size.bytes, 0),
    usedMs: used.length === 0 ? null : used.reduce((newest, ms) => Math.max(newest, ms), 0),
  };
}

/** Largest first; what is not there comes last. `remembered`: of places that nobody had to look at again. */
export function overviewOf(machine: Machine, places: readonly CachePlace[], { inventories, remembered = new Map() }: { readonly inventories: readonly Inventory[]; readonly remembered?: ReadonlyMap<CachePlace, Held> }): CacheRow[] {
  const inner = inventories.filter(({ place }) => !places.includes(place)).map(({ place }) => place);
  const rows = [...places, ...inner].map((place): CacheRow => {
    const inventory = inventories.find((one) => one.place === place);
    const held = inventory === undefined ? remembered.get(place) : heldOf(inventory);
    if (held === undefined) return { place, share: null };
    const space = machine.space(place.root);
    return { place, held, share: space.ok && space.value.total > 0 ? held.bytes / space.value.total : null };
  });
  return rows.sort((a, b) => (b.held?.bytes ?? -1) - (a.held?.bytes ?? -1));
}
