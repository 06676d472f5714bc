import { linkSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { pythonTree, type PythonTree } from "../../test/pythons/python-tree.ts";
import type { CondaFact } from "./facts.ts";
import { foreignTrees } from "./foreign-trees.ts";
import { startLooks } from "./looks.ts";

let tree: PythonTree;
const pkgs = "root/pkgs";
const channel = "https/conda.anaconda.org/conda-forge";
const at = (name: string): string => `${pkgs}/${channel}/linux-64/${name}`;

beforeEach(() => {
  tree = pythonTree();
  tree.file(`${pkgs}/urls.txt`);
  tree.file(`${pkgs}/cache/cf73e938.json`, "{}");
  tree.file("root/conda-meta/history");
  tree.file("env/conda-meta/history");
  // conda's own beside it.
  tree.file(`${pkgs}/pip-24-0/info/index.json`, "{}");
});
afterEach(() => tree.remove());

function unpack(name: string): void {
  tree.file(`${at(name)}/info/index.json`, "{}");
  tree.file(`${at(name)}/lib/${name}.so`, "code");
}

const found = (isNamed = true): NonNullable<CondaFact["foreign"]> => foreignTrees(startLooks(tree.machine()), { pkgsDirs: [tree.at(pkgs)], isNamed, prefixes: () => [tree.at("root"), tree.at("env")] });
const unused = (): string[] => (found()[0]?.unused ?? []).map((path) => path.slice(tree.at(`${pkgs}/${channel}/linux-64`).length + 1)).sort();

describe("foreignTrees", () => {
  it("are none where there are only packages of conda's", () => {
    expect(found()).toEqual([]);
  });

  it("are told by channel, with archives and packages, and leave conda's own alone", () => {
    unpack("zlib-1-0");
    tree.file(at("zlib-1-0.conda"), "archive");
    expect(found()).toMatchObject([{ pkgsDir: tree.at(pkgs), channels: [channel], packages: 1, archives: 1, used: 0, complete: true, busy: false, asked: true }]);
    expect(unused()).toEqual(["zlib-1-0.conda", "zlib-1-0/info/index.json", "zlib-1-0/lib/zlib-1-0.so"]);
    expect(found(false)[0]).not.toHaveProperty("asked");
  });

  it("keep a package that something links hard, and its archive not", () => {
    unpack("zlib-1-0");
    tree.file(at("zlib-1-0.conda"), "archive");
    linkSync(tree.at(`${at("zlib-1-0")}/lib/zlib-1-0.so`), tree.at("env/zlib.so"));
    expect(found()[0]).toMatchObject({ used: 1 });
    expect(unused()).toEqual(["zlib-1-0.conda"]);
  });

  it("keep a package that an environment links softly", () => {
    unpack("zlib-1-0");
    unpack("xz-5-0");
    tree.file("env/conda-meta/zlib-1-0.json", JSON.stringify({ name: "zlib", version: "1", link: { type: 2, source: tree.at(at("zlib-1-0")) } }));
    expect(found()[0]).toMatchObject({ used: 1 });
    expect(unused()).toEqual(["xz-5-0/info/index.json", "xz-5-0/lib/xz-5-0.so"]);
  });

  it("keep every package while a record cannot be read: it may link any of them", () => {
    unpack("zlib-1-0");
    tree.file(at("zlib-1-0.conda"), "archive");
    tree.file("env/conda-meta/zlib-1-0.json", "{\"name\"");
    expect(unused()).toEqual(["zlib-1-0.conda"]);
  });
});
