import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { pythonTree, type PythonTree } from "../../../test/pythons/python-tree.ts";
import { findPixiInstalls } from "./installs.ts";

let tree: PythonTree;
beforeEach(() => { tree = pythonTree(); });
afterEach(() => tree.remove());

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
