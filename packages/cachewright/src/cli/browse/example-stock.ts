/** Stocks for tests: entries with the files they hold, by inode, so that links are as a walk would find them. */
import { exampleEntry, examplePlace } from "../../caches/example-entries.ts";
import type { HeldEntry, Inventory } from "../../caches/inventory.ts";
import type { CachePlace } from "../../caches/place.ts";
import { stockOf, type Shelf, type Stock } from "../../caches/stock.ts";
import type { LinkRecords } from "../../machine/link-records.ts";

/** A file of an entry: bytes, and the names of a file with several. */
export interface ExampleFile {
  readonly entry: number;
  readonly inode: string;
  readonly bytes: number;
  /** Names outside of all entries. */
  readonly outside?: number;
}

export function exampleShelf(place: Partial<CachePlace>, entries: readonly HeldEntry[], files: readonly ExampleFile[] = []): Shelf {
  const total = entries.reduce((sum, { size }) => sum + size.bytes, 0);
  const inventory = { place: { ...examplePlace, ...place }, entries: entries.map((entry) => ({ ...entry, place: { ...examplePlace, ...place } })), unread: [], foreign: [], marks: [], isAtMost: false, total: { bytes: total, reclaimable: total, files: 1, directories: 1, writtenMs: 0, readMs: 0, shared: 0 } };
  return { inventory: inventory as unknown as Inventory, links: linksFor(entries, files) };
}

function linksFor(entries: readonly HeldEntry[], files: readonly ExampleFile[]): LinkRecords {
  const inodes = [...new Set(files.map(({ inode }) => inode))];
  const ordered = [...files].sort((a, b) => a.entry - b.entry);
  const of = (inode: string): ExampleFile[] => files.filter((file) => file.inode === inode);
  return {
    single: Float64Array.from(entries, ({ size }) => size.bytes),
    first: Int32Array.from({ length: entries.length + 1 }, (_, entry) => ordered.filter((file) => file.entry < entry).length),
    inode: Int32Array.from(ordered, ({ inode }) => inodes.indexOf(inode)), names: Uint32Array.from(ordered, () => 1),
    links: Uint32Array.from(inodes, (inode) => of(inode).length + Math.max(0, ...of(inode).map(({ outside = 0 }) => outside))), bytes: Float64Array.from(inodes, (inode) => of(inode)[0]?.bytes ?? 0),
  };
}

export const uvPlace: Partial<CachePlace> = { tool: "uv", path: "/home/me/.cache/uv", root: "/home/me/.cache/uv" };

/** Two tools; two packages of uv's share a file with each other, a third one with an environment. */
export function exampleStock(): Stock {
  return stockOf([], [
    exampleShelf({}, [
      exampleEntry("a", { project: "NumPy", version: "2.0", bytes: 3000 }), exampleEntry("b", { project: "numpy", version: "1.26", bytes: 4000 }),
      exampleEntry("c", { project: "Zope.Interface", version: "6.0", bytes: 500, usedDaysAgo: 90 }), exampleEntry("d", { kind: "index", detail: "simple/x", bytes: 20 }),
    ]),
    exampleShelf(uvPlace, [
      exampleEntry("e", { project: "torch", version: "2.1", kind: "package", bytes: 10 }), exampleEntry("f", { project: "torch", version: "2.2", kind: "package", bytes: 20 }),
      exampleEntry("g", { project: "rich", version: "13.0", kind: "package", bytes: 30 }),
      exampleEntry("h", { project: "kept", version: "1.0", kind: "package", bytes: 40, keep: "a build is under way" }),
    ], [{ entry: 0, inode: "both", bytes: 100_000 }, { entry: 1, inode: "both", bytes: 100_000 }, { entry: 2, inode: "out", bytes: 7000, outside: 1 }]),
  ]);
}
