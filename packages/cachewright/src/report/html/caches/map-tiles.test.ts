import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { entryTree } from "../../../caches/cache-tree.ts";
import { exampleEntry, examplePlace } from "../../../caches/example-entries.ts";
import { mapTiles, type Tile } from "./map-tiles.ts";

const uv = { ...examplePlace, tool: "uv" as const, root: "/home/me/.cache/uv" };
const leaves = (tiles: readonly Tile[]): Tile[] => tiles.flatMap((tile) => (tile.children.length === 0 ? [tile] : leaves(tile.children)));
const area = ({ box }: Tile): number => (box === undefined ? 0 : box.width * box.height);

describe("tiles of the map", () => {
  it("fill it, each in proportion to its bytes, none over another", () => {
    const sizes = fc.array(fc.record({ tool: fc.constantFrom(examplePlace, uv), project: fc.constantFrom("a", "b", "c", "d"), version: fc.constantFrom("1", "2", "3"), bytes: fc.nat(1_000_000) }), { minLength: 1, maxLength: 60 });
    fc.assert(fc.property(sizes, (all) => {
      const entries = all.map(({ tool, ...said }, i) => exampleEntry(String(i), { place: tool, ...said }));
      const whole = entries.reduce((sum, { size }) => sum + size.bytes, 0);
      const drawn = leaves(mapTiles(entryTree(entries)));
      for (const tile of drawn) expect(area(tile) / 10_000).toBeCloseTo(whole === 0 ? 0 : tile.bytes / whole, 6);
      const boxes = drawn.flatMap(({ box }) => box ?? []);
      for (const [i, a] of boxes.entries()) for (const b of boxes.slice(i + 1)) {
        const over = Math.min(a.left + a.width, b.left + b.width) - Math.max(a.left, b.left) > 1e-6 && Math.min(a.top + a.height, b.top + b.height) - Math.max(a.top, b.top) > 1e-6;
        expect(over).toBe(false);
      }
    }), { numRuns: 40 });
  });

  it("fold what is too small to be seen into one, which has its bytes and its number", () => {
    const small = Array.from({ length: 5000 }, (_, i) => exampleEntry(`s${i}`, { project: `small-${i}`, version: "1", bytes: 100 }));
    const [pip] = mapTiles(entryTree([exampleEntry("large", { project: "large", version: "1", bytes: 10_000_000 }), ...small]));
    expect(pip?.children.map(({ level, name, count, bytes, entries }) => [level, name, count, bytes, entries])).toEqual([["project", "large", undefined, 10_000_000, 1], ["rest", "", 5000, 500_000, 5000]]);
  });

  it("draw nothing for what takes no space, and say so of leftovers", () => {
    expect(leaves(mapTiles(entryTree([exampleEntry("none", { bytes: 0 })]))).every(({ box }) => box === undefined)).toBe(true);
    expect(mapTiles(entryTree([exampleEntry("left", { kind: "leftover" })]))[0]?.isLeftover).toBe(true);
    expect(mapTiles([])).toEqual([]);
  });
});
