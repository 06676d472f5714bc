import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { pythonTree, type PythonTree } from "../../test/pythons/python-tree.ts";
import { toolsInUse } from "./tools-in-use.ts";

let tree: PythonTree;
beforeEach(() => { tree = pythonTree(); });
afterEach(() => tree.remove());

const inUse = (env: Record<string, string> = {}) => toolsInUse(tree.machine({ PATH: tree.at("bin"), ...env }), tree.at("home"));

describe("toolsInUse", () => {
  it("finds none in an empty home", () => expect(inUse()).toEqual([]));

  it("goes by a program on PATH", () => {
    tree.file("bin/uv", "", 0o755);
    expect(inUse()).toEqual(["uv"]);
  });

  it("goes by what a tool wrote, where XDG says", () => {
    tree.file("home/.cache/pypoetry/x");
    tree.file("home/data/pipx/x");
    expect(inUse({ XDG_DATA_HOME: tree.at("home/data") })).toEqual(["pipx", "poetry"]);
  });

  it("goes by a variable of the tool's own", () => expect(inUse({ PDM_CACHE_DIR: "/srv/pdm" })).toEqual(["pdm"]));

  it("knows a pyenv by its root", () => {
    tree.file("home/.pyenv/bin/pyenv", "", 0o755);
    expect(inUse()).toEqual(["pyenv"]);
  });
});
