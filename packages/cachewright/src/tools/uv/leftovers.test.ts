import { utimesSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { pythonTree, type PythonTree } from "../../../test/pythons/python-tree.ts";
import { deadUvBuckets, uvLeftovers } from "./leftovers.ts";

let tree: PythonTree;
beforeEach(() => { tree = pythonTree(); });
afterEach(() => tree.remove());

const now = Date.now();
const uid = process.getuid?.() ?? 0;
const old = new Date(now - 40 * 24 * 3_600_000);
const look = (most?: number) => uvLeftovers(tree.machine(), { place: "buckets", root: tree.at("uv"), buckets: ["wheels-v3"] }, { now, uid, ...(most !== undefined && { most }) });
function bucket(...names: string[]): void {
  for (const name of names) tree.file(`uv/wheels-v3/pypi/${name}`, "x".repeat(5000));
  for (const path of ["uv/wheels-v3", "uv/wheels-v3/pypi", ...names.map((name) => `uv/wheels-v3/pypi/${name}`)]) utimesSync(tree.at(path), old, old);
}

describe("deadUvBuckets", () => {
  it("are those that none of the uvs uses, all of which are known", () => {
    const names = ["wheels-v3", "wheels-v8", "archive-v0", "simple-v99", "CACHEDIR.TAG"];
    expect(deadUvBuckets(names, ["0.13.9"])).toEqual(["wheels-v3"]);
    expect(deadUvBuckets(names, ["0.13.9", "0.5.5"])).toEqual([]);
    expect(deadUvBuckets(names, [])).toEqual([]);
    expect(deadUvBuckets(names, ["99.0.0"])).toEqual([]);
  });
});

describe("uvLeftovers", () => {
  it("finds every file of an old bucket", () => {
    bucket("a", "b");
    expect(look()).toMatchObject({ complete: true, paths: expect.arrayContaining([tree.at("uv/wheels-v3/pypi/a"), tree.at("uv/wheels-v3/pypi/b")]) });
    expect(look()?.bytes).toBeGreaterThanOrEqual(10_000);
  });

  it("finds nothing where something was used within a month, and nothing in an empty one", () => {
    expect(look()).toBeUndefined();
    bucket("a");
    tree.file("uv/wheels-v3/pypi/b", "x");
    expect(look()).toBeUndefined();
  });

  it("stops at its bound and says so", () => {
    bucket("a", "b", "c");
    expect(look(2)).toMatchObject({ complete: false, paths: { length: 1 } });
  });
});
