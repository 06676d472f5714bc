/** Entries as rows of plain values, and back: a third of the bytes and of the time of objects, where there are thousands. */
import type { CacheEntry, EntryKind, Recreation } from "../tools/tool-cache.ts";
import type { HeldEntry } from "./inventory.ts";
import type { CachePlace } from "./place.ts";

type Rare = Pick<CacheEntry, "url" | "hashes" | "keep" | "unused" | "needs" | "onlyForThem" | "sealed">;

/** `paths`: each as what follows the entry's own ("+.body"), or from the root on ("/wheels-v5/…"). Most have none of `Rare`. */
export type EntryRow = readonly [
  id: string, kind: EntryKind, project: string | null, version: string | null, detail: string | null, python: string | null, paths: readonly string[],
  bytes: number, reclaimable: number, files: number, writtenMs: number, usedMs: number | null, recreate: Recreation, rare?: Rare,
];

const rareNames = ["url", "hashes", "keep", "unused", "needs", "onlyForThem", "sealed"] as const;

function rareOf(entry: HeldEntry): Rare | undefined {
  const { url, hashes, keep, unused, needs, onlyForThem, sealed } = entry;
  if (url === undefined && hashes === undefined && keep === undefined && unused === undefined && needs === undefined && onlyForThem === undefined && sealed === undefined) return undefined;
  const found = rareNames.filter((name) => entry[name] !== undefined);
  return Object.fromEntries(found.map((name) => [name, entry[name]])) as Rare;
}

export function rowsOf({ root }: Pick<CachePlace, "root">, entries: readonly HeldEntry[]): EntryRow[] {
  return entries.map((entry): EntryRow => {
    const { id, kind, project, version, detail, python, paths, size, writtenMs, usedMs, recreate } = entry;
    const own = root.length + 1;
    const short = paths.map((path) => (path.startsWith(id, own) ? `+${path.slice(own + id.length)}` : path.slice(root.length)));
    const rare = rareOf(entry);
    const row = [id, kind, project, version, detail, python, short, size.bytes, size.reclaimable, size.files, writtenMs, usedMs, recreate] as const;
    return rare === undefined ? row : [...row, rare];
  });
}

export function entriesFromRows(place: CachePlace, rows: readonly EntryRow[]): HeldEntry[] {
  const { root } = place;
  return rows.map(([id, kind, project, version, detail, python, paths, bytes, reclaimable, files, writtenMs, usedMs, recreate, rare]): HeldEntry => ({
    id, kind, project, version, detail, python, paths: paths.map((path) => (path.startsWith("+") ? `${root}/${id}${path.slice(1)}` : root + path)),
    size: { bytes, reclaimable, files }, writtenMs, usedMs, recreate, place, ...rare,
  }));
}
