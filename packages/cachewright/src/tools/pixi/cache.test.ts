import { mkdirSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { pythonTree, type PythonTree } from "../../../test/pythons/python-tree.ts";
import { distOfRattler, isRattlerCache, rattlerCacheEntries, rattlerDenied } from "./cache.ts";
import { findPixiInstalls } from "./installs.ts";

let tree: PythonTree;
beforeEach(() => { tree = pythonTree(); });
afterEach(() => tree.remove());

/** As py-rattler 0.28 writes it. */
function written(): void {
  for (const file of [".cache.lock", "alpha-1.0-0.lock", "alpha-1.0-0/info/index.json", "alpha-1.0-0/lib/x", "beta-2.0-h1_0.lock", "beta-2.0-h1_0/lib/y", ".alpha-1.0-0Ab3d/info/index.json"]) tree.file(`pkgs/${file}`);
}

describe("rattlerCacheEntries", () => {
  it("finds packages with the file beside each, and what was left half-made", () => {
    written();
    const found = rattlerCacheEntries(tree.machine(), tree.at("pkgs")).map(({ kind, path, beside }) => [kind, path.slice(tree.at("pkgs/").length), beside?.slice(tree.at("pkgs/").length) ?? null]);
    expect(found).toEqual([["leftover", ".alpha-1.0-0Ab3d", null], ["extracted", "alpha-1.0-0", "alpha-1.0-0.lock"], ["half-extracted", "beta-2.0-h1_0", "beta-2.0-h1_0.lock"]]);
    expect(isRattlerCache(tree.machine(), tree.at("pkgs"))).toBe(true);
  });

  it("takes no link and no directory of another kind for a package", () => {
    tree.link("pkgs/l-1.0-0", "elsewhere");
    mkdirSync(tree.at("pkgs/repodata"));
    expect(rattlerCacheEntries(tree.machine(), tree.at("pkgs"))).toEqual([]);
    expect(isRattlerCache(tree.machine(), tree.at("pkgs"))).toBe(false);
  });
});

describe("distOfRattler", () => {
  it.each([
    ["a-1.0-0", "a 1.0 0"], ["a-b-1.0-h1_0", "a-b 1.0 h1_0"], ["a-1.0-0-0123456789abcdef", "a 1.0 0"], ["a-b-1.0-deadbeef", "a-b 1.0 deadbeef"],
  ])("%s is %s", (name, expected) => {
    const dist = distOfRattler(name);
    expect(`${dist?.name} ${dist?.version} ${dist?.build}`).toBe(expected);
  });
});

describe("rattlerDenied", () => {
  it("names every file that rattler would open for writing and may not", () => {
    written();
    const machine = tree.machine();
    const closed = { ...machine, access: (path: string) => (path.endsWith("alpha-1.0-0.lock") ? "EACCES" : "ok" as const) };
    expect(rattlerDenied(closed, tree.at("pkgs"))).toEqual([{ path: tree.at("pkgs/alpha-1.0-0.lock"), errno: "EACCES" }]);
    expect(rattlerDenied({ ...machine, access: () => "ok" as const }, tree.at("pkgs"))).toEqual([]);
    expect(rattlerDenied(machine, tree.at("gone"))).toEqual([]);
  });
});

describe("findPixiInstalls", () => {
  it("finds the program on PATH and in ~/.pixi, each once", () => {
    tree.file("home/.pixi/bin/pixi", "", 0o755);
    tree.file("env/conda-meta/pixi-0.77.0-h1_0.json", "{}");
    tree.file("env/bin/pixi", "", 0o755);
    const found = findPixiInstalls(tree.machine({ HOME: tree.at("home"), PATH: `${tree.at("env/bin")}:${tree.at("home/.pixi/bin")}` }), tree.at("home"));
    expect(found.map(({ program, version, prefix, found: how, chosen }) => [program.slice(tree.root.length + 1), version, prefix?.slice(tree.root.length + 1) ?? null, how, chosen])).toEqual([
      ["env/bin/pixi", "0.77.0", "env", ["PATH"], true], ["home/.pixi/bin/pixi", null, null, ["PATH", "~/.pixi"], false],
    ]);
  });
});
