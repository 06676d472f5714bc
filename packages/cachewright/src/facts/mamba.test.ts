import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { pythonTree, type PythonTree } from "../../test/pythons/python-tree.ts";
import type { MambaFact } from "./facts.ts";
import { startLooks } from "./looks.ts";
import { mambaFact, type MambaRequest } from "./mamba.ts";

let tree: PythonTree;
beforeEach(() => { tree = pythonTree(); });
afterEach(() => tree.remove());

function fact(request: Partial<MambaRequest> = {}, env: Record<string, string> = {}): MambaFact | undefined {
  return mambaFact(startLooks(tree.machine({ HOME: tree.at("home"), ...env })), { home: tree.at("home"), asked: [], deep: false, known: [], ...request });
}
const here = (paths: readonly string[] | undefined): string[] => (paths ?? []).map((path) => path.slice(tree.root.length + 1));

describe("mambaFact", () => {
  it("is nothing while nobody asks, and nothing where there is no such cache", () => {
    tree.file("home/micromamba/pkgs/urls.txt");
    expect(fact()).toBeUndefined();
    expect(fact({ deep: true, known: [tree.at("home/micromamba/pkgs")] })).toBeUndefined();
  });

  it("knows the usual places and those that variables name", () => {
    for (const path of ["home/micromamba", "home/.local/share/mamba", "home/.mamba", "root"]) tree.file(`${path}/pkgs/urls.txt`);
    tree.file("own/urls.txt");
    expect(here(fact({ deep: true }, { MAMBA_ROOT_PREFIX: tree.at("root"), CONDA_PKGS_DIRS: `${tree.at("own")}, relative` })?.pkgsDirs)).toEqual(["own", "root/pkgs", "home/micromamba/pkgs", "home/.local/share/mamba/pkgs", "home/.mamba/pkgs"]);
  });

  it("takes no lock file for a lock", () => {
    tree.file("home/micromamba/pkgs/pkgs.lock");
    expect(fact({ asked: ["conda-lock"] })).toMatchObject({ locks: [] });
  });

  it("looks where programs that mamba started are noted, for locks alone", () => {
    tree.file("home/.cache/mamba/proc/proc.lock");
    expect(fact({ deep: true })).toBeUndefined();
    expect(fact({ asked: ["conda-lock"] })).toEqual({ pkgsDirs: [], locks: [] });
  });

  it("tells a package that is not whole", () => {
    const zlib = "home/micromamba/pkgs/zlib-1.3.1-0";
    tree.file(`${zlib}/info/index.json`, "{}");
    tree.file(`${zlib}/info/paths.json`, JSON.stringify({ paths: [{ _path: "lib/z.so", path_type: "hardlink", size_in_bytes: 4 }] }));
    expect(fact({ asked: ["conda-package-corrupt"] })?.damaged).toMatchObject([{ package: tree.at(zlib), says: "lib/z.so is not there" }]);
  });
});
