import { linkSync, rmSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { pythonTree, type PythonTree } from "../../../test/pythons/python-tree.ts";
import { checkPackage, distOf, packageLinks } from "./package-dir.ts";

let tree: PythonTree;
beforeEach(() => {
  tree = pythonTree();
  tree.file("p/info/index.json", "{}");
  tree.file("p/info/repodata_record.json", "{}");
  tree.file("p/lib/x", "12345");
  manifest([{ _path: "lib/x", path_type: "hardlink", size_in_bytes: 5 }]);
});
afterEach(() => tree.remove());

const manifest = (paths: unknown): string => tree.file("p/info/paths.json", JSON.stringify({ paths }));
const check = (wantsRecord = true) => checkPackage(tree.machine(), tree.at("p"), { wantsRecord }).map(({ fault, path, expected, found }) => [fault, path.slice(tree.root.length + 3), ...(expected === undefined ? [] : [expected, found])]);

describe("distOf", () => {
  it.each([
    ["numpy-1.26.4-py312h_0", ["numpy", "1.26.4", "py312h_0"]], ["ca-certificates-2024.2.2-0.conda", ["ca-certificates", "2024.2.2", "0"]],
    ["_libgcc_mutex-0.1-main.tar.bz2", ["_libgcc_mutex", "0.1", "main"]], ["noversion", null], ["a-b", null],
  ])("%s", (name, expected) => {
    const dist = distOf(name);
    expect(dist && [dist.name, dist.version, dist.build]).toEqual(expected);
  });
});

describe("checkPackage", () => {
  it("finds no fault with a whole package", () => {
    expect(check()).toEqual([]);
  });

  it("finds each fault that a stat shows", () => {
    tree.file("p/lib/x", "123");
    manifest([{ _path: "lib/x", size_in_bytes: 5 }, { _path: "lib/gone", size_in_bytes: 1 }]);
    expect(check()).toEqual([["size", "lib/x", 5, 3], ["missing", "lib/gone"]]);
  });

  it("tells records that are missing or cut short; rattler writes none of the one kind", () => {
    tree.file("p/info/index.json", '{"name": ');
    rmSync(tree.at("p/info/repodata_record.json"));
    expect(check()).toEqual([["no-index", "info/index.json"], ["no-record", "info/repodata_record.json"]]);
    tree.file("p/info/index.json", "{}");
    expect(check(false)).toEqual([]);
    tree.file("p/info/paths.json", "{");
    expect(check(false)).toEqual([["bad-paths", "info/paths.json"]]);
  });

  it("reads the list of older packages, which has names only", () => {
    rmSync(tree.at("p/info/paths.json"));
    tree.file("p/info/files", "lib/x\nlib/gone\n");
    expect(check()).toEqual([["missing", "lib/gone"]]);
  });

  it("looks at nothing outside the package, whatever its manifest names", () => {
    manifest([{ _path: "../secret" }, { _path: "/etc/passwd" }, { _path: "a/../../secret" }, { _path: "" }, 7, null]);
    expect(check()).toEqual([]);
  });

  it("does not compare the size of links", () => {
    tree.link("p/lib/l", "x");
    manifest([{ _path: "lib/l", path_type: "softlink", size_in_bytes: 5 }]);
    expect(check()).toEqual([]);
  });
});

describe("packageLinks", () => {
  it("counts an inode once, and links outside the package only", () => {
    linkSync(tree.at("p/lib/x"), tree.at("p/lib/same"));
    expect(packageLinks(tree.machine(), tree.at("p"))).toMatchObject({ files: 4, linkedOutside: 0, unreadable: [] });
    linkSync(tree.at("p/lib/x"), tree.at("used"));
    expect(packageLinks(tree.machine(), tree.at("p")).linkedOutside).toBe(1);
  });

  it("says what it could not look into", () => {
    const machine = tree.machine();
    const closed = { ...machine, list: (path: string) => (path.endsWith("/lib") ? { ok: false as const, errno: "EACCES" } : machine.list(path)) };
    expect(packageLinks(closed, tree.at("p")).unreadable).toEqual([tree.at("p/lib")]);
  });
});
