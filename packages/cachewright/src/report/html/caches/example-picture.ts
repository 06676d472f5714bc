/** A picture for tests: several caches, one that may not be read, names that would like to be more than names. */
import type { CachePicture } from "../../../caches/cache-picture.ts";
import { exampleEntry, exampleNow, examplePlace } from "../../../caches/example-entries.ts";
import type { HeldEntry } from "../../../caches/inventory.ts";
import type { CacheRow } from "../../../caches/overview.ts";

const uv = { ...examplePlace, tool: "uv" as const, path: "/home/me/.cache/uv", root: "/data/uv" };
const poetry = { ...examplePlace, tool: "poetry" as const, path: "/home/me/.cache/pypoetry", root: "/home/me/.cache/pypoetry", state: "unreadable" as const, errno: "EACCES" as const };

export const hostile = "</script><img src=x onerror=document.title=1>\u001b[31m\u202e\udcff\"'";

export const exampleEntries: readonly HeldEntry[] = [
  exampleEntry("torch", { place: uv, kind: "package", project: "torch", version: "2.1", bytes: 800_000_000, reclaimable: 200_000_000, usedDaysAgo: 40 }),
  exampleEntry("torch-old", { place: uv, kind: "package", project: "torch", version: "1.13", bytes: 500_000_000, usedDaysAgo: 200 }),
  exampleEntry("numpy", { project: "NumPy", version: "2.0", bytes: 300_000_000, usedDaysAgo: 3 }),
  exampleEntry("numpy-old", { project: "numpy", version: "1.26", bytes: 200_000_000, usedMs: null }),
  exampleEntry(`page/${hostile}`, { kind: "index", detail: hostile, bytes: 60_000_000 }),
  exampleEntry("left", { kind: "leftover", bytes: 40_000_000, usedDaysAgo: 90 }),
  ...Array.from({ length: 60 }, (_, i) => exampleEntry(`small-${String(i).padStart(2, "0")}`, { project: `small-${i}`, version: "1.0", bytes: 1000 + i, usedDaysAgo: i })),
];

function rowOf(place: CacheRow["place"], entries: readonly HeldEntry[], unread: number): CacheRow {
  const own = entries.filter((entry) => entry.place.root === place.root);
  const sum = (of: "bytes" | "reclaimable"): number => own.reduce((total, { size }) => total + size[of], 0);
  const leftovers = own.filter(({ kind }) => kind === "leftover").reduce((total, { size }) => total + size.bytes, 0);
  return { place, held: { bytes: sum("bytes"), reclaimable: sum("reclaimable"), entries: own.length, files: own.length, leftovers, usedMs: exampleNow, unread, isAtMost: false }, share: 0.1 };
}

export function examplePicture(said: Partial<CachePicture> = {}): CachePicture {
  const entries = said.entries ?? exampleEntries;
  return {
    by: "Cachewright 0", now: exampleNow, tool: undefined, command: "cachewright cache ls --html caches.html", entries, order: "size", all: entries.length,
    rows: [rowOf(uv, entries, 0), rowOf(examplePlace, entries, 1), { place: poetry, share: null }],
    disks: new Map([[uv.root, { type: "xfs", point: "/data", reading: "never" }], [examplePlace.root, { type: "ext4", point: "/", reading: "daily" }]]),
    unread: [{ tool: "pip", path: `/home/me/.cache/pip/${hostile}`, errno: "EACCES" }], ...said,
  };
}
