/** All that a page about caches tells, put together once. */
import { mountOf, readMounts } from "../facts/mounts.ts";
import type { Machine } from "../machine/machine.ts";
import { redact } from "../machine/redact.ts";
import { readTimesKept } from "../tools/read-times.ts";
import type { Unread } from "../tools/tool-cache.ts";
import type { HeldEntry, Inventory } from "./inventory.ts";
import { overviewOf, type CacheRow } from "./overview.ts";
import type { CachePlace } from "./place.ts";
import type { SortOrder } from "./select.ts";

/** The file system that a cache lies on. */
export interface Disk {
  /** "ext4"; null where nothing tells. */
  readonly type: string | null;
  readonly point: string | null;
  /** How it notes that a file was read. */
  readonly reading: ReturnType<typeof readTimesKept>;
}

/** Secrets are out of all of it. */
export interface CachePicture {
  /** "Cachewright 1.2.3" */
  readonly by: string;
  /** ms */
  readonly now: number;
  /** The only tool that is told of. */
  readonly tool: string | undefined;
  /** As it was called. */
  readonly command: string;
  readonly rows: readonly CacheRow[];
  /** By root. */
  readonly disks: ReadonlyMap<string, Disk>;
  readonly unread: readonly (Unread & { readonly tool: string })[];
  /** Those that filters have left, in their order. */
  readonly entries: readonly HeldEntry[];
  readonly order: SortOrder;
  /** With those that filters have left out. */
  readonly all: number;
}

export interface PictureWish extends Pick<CachePicture, "by" | "tool" | "command" | "entries" | "order"> {
  readonly places: readonly CachePlace[];
  readonly inventories: readonly Inventory[];
}

export function cachePicture(machine: Machine, { places, inventories, entries, command, ...wish }: PictureWish): CachePicture {
  const rows = overviewOf(machine, places, { inventories });
  const mounts = readMounts(machine);
  const diskOf = (root: string): Disk => {
    const mount = mounts.ok ? mountOf(mounts.value, root) : undefined;
    return { type: mount?.type ?? null, point: mount === undefined ? null : redact(mount.point), reading: readTimesKept(machine, root) };
  };
  const clean = new Map(rows.map(({ place }) => [place, { ...place, path: redact(place.path), root: redact(place.root) }]));
  const cleanPlace = (place: CachePlace): CachePlace => clean.get(place) ?? place;
  return {
    ...wish, command: redact(command), now: machine.now().getTime(), all: inventories.reduce((sum, { entries: own }) => sum + own.length, 0),
    rows: rows.map((row) => ({ ...row, place: cleanPlace(row.place) })),
    entries: entries.map((entry) => cleanEntry(entry, cleanPlace(entry.place))),
    disks: new Map(rows.map(({ place }) => [cleanPlace(place).root, diskOf(place.root)])),
    unread: inventories.flatMap(({ unread, place: { tool } }) => unread.map(({ path, errno }) => ({ tool, path: redact(path), errno }))),
  };
}

/** Details may be addresses of an index, ids names of files that somebody chose. Its files are not told. */
function cleanEntry(entry: HeldEntry, place: CachePlace): HeldEntry {
  const text = (value: string | null): string | null => (value === null ? null : redact(value));
  return { ...entry, place, paths: [], ...(entry.url !== undefined && { url: redact(entry.url) }), id: redact(entry.id), project: text(entry.project), version: text(entry.version), detail: text(entry.detail) };
}
