import { describe, expect, it } from "vitest";
import { cacheTree, type CacheNode } from "./cache-tree.ts";
import { exampleEntry, examplePlace } from "./example-entries.ts";

const conda = { ...examplePlace, tool: "conda" as const, root: "/home/me/pkgs" };
const shape = ({ name, children }: CacheNode): unknown => (children.length === 0 ? name : { [name]: children.map(shape) });

const entries = [
  exampleEntry("a", { project: "NumPy", version: "2.0", bytes: 3000, reclaimable: 1000, usedDaysAgo: 5 }),
  exampleEntry("b", { project: "numpy", version: "2.0", bytes: 500, usedDaysAgo: 2 }),
  exampleEntry("c", { project: "numpy", version: "1.26", bytes: 4000 }),
  exampleEntry("d", { project: "num_py.extra", version: null, kind: "index", bytes: 10 }),
  exampleEntry("e", { kind: "index", detail: "simple/x", bytes: 20 }),
];

describe("caches as a tree", () => {
  it("goes from the tool to the project, whatever its spelling, to the version, the largest first", () => {
    expect(cacheTree([{ entries }]).map(shape)).toEqual([{ pip: [{ numpy: ["1.26", "2.0"] }, { "(index)": ["simple/x"] }, { "num-py-extra": ["(index)"] }] }]);
  });

  it("sums bytes, what comes free and the newest use at every level", () => {
    const [pip] = cacheTree([{ entries }]);
    const numpy = pip?.children[0];
    expect([pip?.bytes, pip?.reclaimable, pip?.entries.length]).toEqual([7530, 5530, 5]);
    expect([numpy?.bytes, numpy?.reclaimable, numpy?.usedMs]).toEqual([7500, 5500, entries[2]?.usedMs]);
    expect(numpy?.children[1]?.entries.map(({ id }) => id)).toEqual(["a", "b"]);
  });

  it("puts all caches of one tool together, and leaves out what holds nothing", () => {
    const more = [exampleEntry("f", { place: conda, project: "a_b", bytes: 1 }), exampleEntry("g", { place: conda, project: "a-b", bytes: 2 })];
    const tree = cacheTree([{ entries: entries.slice(0, 1) }, { entries: [] }, { entries: entries.slice(1, 2) }, { entries: more }]);
    expect(tree.map(({ name, bytes }) => [name, bytes])).toEqual([["pip", 3500], ["conda", 3]]);
    expect(tree[1]?.children.map(({ name }) => name)).toEqual(["a-b", "a_b"]);
  });

  it("gives every node a key of its own, whatever the names hold", () => {
    const odd = [exampleEntry("h", { project: "a", version: "b/c" }), exampleEntry("i", { project: "a/b", version: "c" }), exampleEntry("j", { project: "a%2fb", version: "c" })];
    const keys = cacheTree([{ entries: odd }]).flatMap((tool) => [tool.key, ...tool.children.flatMap((one) => [one.key, ...one.children.map(({ key }) => key)])]);
    expect(new Set(keys).size).toBe(keys.length);
  });
});
