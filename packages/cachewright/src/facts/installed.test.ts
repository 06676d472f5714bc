import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { pythonTree, type PythonTree } from "../../test/pythons/python-tree.ts";
import { installedIn } from "./installed.ts";

let tree: PythonTree;
beforeEach(() => { tree = pythonTree(); });
afterEach(() => tree.remove());

describe("installedIn", () => {
  it("names what its records name, whatever tool wrote them", () => {
    for (const name of ["Foo_Bar-1.0.dist-info/METADATA", "zope.interface-5.0-py3.11.egg-info/PKG-INFO", "old-2.0.egg-info", "easy-1.2-py3.8.egg", "checkout.egg-info/PKG-INFO", "~ip-23.0.dist-info/RECORD", "numpy/__init__.py", "no-version.dist-info/x"]) tree.file(`env/site/${name}`);
    const { installed, unread } = installedIn(tree.machine(), { kind: "venv", prefix: tree.at("env"), site: [tree.at("env/site"), tree.at("env/absent")] });
    expect(installed.map(({ project, version, by }) => [project, version, by]).sort()).toEqual([["checkout", null, "python"], ["easy", "1.2", "python"], ["foo-bar", "1.0", "python"], ["old", "2.0", "python"], ["zope-interface", "5.0", "python"]]);
    expect(installed.find(({ project }) => project === "foo-bar")?.record).toBe(tree.at("env/site/Foo_Bar-1.0.dist-info"));
    expect(unread).toEqual([]);
  });

  it("of a conda environment reads conda's records, too", () => {
    tree.file("env/conda-meta/zlib-ng-1.2.13-h5eee18b_0.json");
    tree.file("env/conda-meta/history");
    expect(installedIn(tree.machine(), { kind: "conda", prefix: tree.at("env"), site: [] }).installed).toEqual([{ project: "zlib-ng", version: "1.2.13", record: tree.at("env/conda-meta/zlib-ng-1.2.13-h5eee18b_0.json"), by: "conda" }]);
  });

  it("says what it may not look into", () => {
    const machine = { ...tree.machine(), list: () => ({ ok: false, errno: "EACCES" }) as const };
    expect(installedIn(machine, { kind: "venv", prefix: "/x", site: ["/x/site"] })).toEqual({ installed: [], unread: [{ path: "/x/site", errno: "EACCES" }] });
  });
});
