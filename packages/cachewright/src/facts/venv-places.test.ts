import { afterEach, beforeEach, expect, it } from "vitest";
import { pythonTree, type PythonTree } from "../../test/pythons/python-tree.ts";
import { startLooks } from "./looks.ts";
import { venvPlaces } from "./venv-places.ts";

let tree: PythonTree;
beforeEach(() => { tree = pythonTree(); });
afterEach(() => tree.remove());

it("are the environments that a log's paths belong to, and the one that would be made here", () => {
  const looks = startLooks(tree.machine());
  const paths = ["env", "/srv/a/env", "/srv/a/env/bin/python3", "/srv/a/env/lib64", "/srv/b"];
  expect(venvPlaces(looks, paths)).toEqual([{ path: "/srv/a/env", from: "log" }, { path: "/srv/b", from: "log" }, { path: tree.at(".venv"), from: "here" }]);
  expect(looks.paths.get(tree.root)?.access?.write).toBe("ok");
});
