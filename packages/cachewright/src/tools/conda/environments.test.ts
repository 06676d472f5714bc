import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { pythonTree, type PythonTree } from "../../../test/pythons/python-tree.ts";
import { condaEnvironments, condaRecords } from "./environments.ts";

let tree: PythonTree;
beforeEach(() => { tree = pythonTree(); });
afterEach(() => tree.remove());

describe("condaEnvironments", () => {
  it("puts together root, active, envs_dirs and environments.txt, each once, with the name conda gives it", () => {
    for (const prefix of ["base", "base/envs/one", "base/envs/two", "far/three", "home/envs/one"]) tree.file(`${prefix}/conda-meta/history`);
    tree.file("base/envs/.conda_envs_dir_test");
    tree.file("base/envs/no-env/bin/python");
    tree.link("linked", "far/three");
    const all = condaEnvironments(tree.machine(), {
      root: tree.at("base"), active: tree.at("base/envs/two"), envsDirs: [tree.at("base/envs"), tree.at("home/envs"), tree.at("absent")],
      listed: [tree.at("far/three"), tree.at("linked"), tree.at("gone"), tree.at("base/envs/one")],
    });
    expect(all.map(({ prefix, name, found }) => [prefix.slice(tree.root.length + 1), name, found])).toEqual([
      ["base", "base", ["root"]],
      ["base/envs/two", "two", ["active", "envs_dirs"]],
      ["base/envs/one", "one", ["envs_dirs", "environments.txt"]],
      ["home/envs/one", "one", ["envs_dirs"]],
      ["far/three", null, ["environments.txt"]],
    ]);
    expect(all.every(({ readable }) => readable === "ok")).toBe(true);
  });

  it("keeps one whose records may not be listed, and says so", () => {
    tree.file("base/conda-meta/history");
    const machine = tree.machine();
    const closed = { ...machine, access: () => "EACCES" };
    expect(condaEnvironments(closed, { root: tree.at("base"), active: undefined, envsDirs: [], listed: [] })).toMatchObject([{ name: "base", readable: "EACCES" }]);
  });
});

describe("condaRecords", () => {
  it("reads conda's and rattler's records, and tells those that are broken", () => {
    const meta = (name: string, value: unknown): string => tree.file(`e/conda-meta/${name}`, typeof value === "string" ? value : JSON.stringify(value));
    meta("history", "");
    meta("a-1.0-0.json", { name: "a", version: "1.0", build: "0", files: ["bin/a", 7], link: { source: "/pkgs/a-1.0-0", type: 1 }, sha256: "ab" });
    meta("b-2.0-h1_0.json", { name: "b", version: "2.0", build: "h1_0", extracted_package_dir: "/pkgs/b-2.0-h1_0" });
    const broken = [meta("cut-1.0-0.json", '{"name": "cut", "ver'), meta("list-1.0-0.json", "[]"), meta("nameless-1.0-0.json", {})];
    const { records, broken: found, unreadable } = condaRecords(tree.machine(), tree.at("e"));
    expect(records.map(({ name, version, build, source, recordedLink, files, sha256 }) => [name, version, build, source, recordedLink, files, sha256])).toEqual([
      ["a", "1.0", "0", "/pkgs/a-1.0-0", 1, ["bin/a"], "ab"], ["b", "2.0", "h1_0", "/pkgs/b-2.0-h1_0", null, [], null],
    ]);
    expect(found).toEqual([...broken]);
    expect(unreadable).toEqual([]);
    expect(condaRecords(tree.machine(), tree.at("gone")).unreadable).toMatchObject([{ errno: "ENOENT" }]);
  });
});
