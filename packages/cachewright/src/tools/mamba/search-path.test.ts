import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { pythonTree, type PythonTree } from "../../../test/pythons/python-tree.ts";
import type { CondaPlace } from "../conda/home.ts";
import { findMambarcs, mambarcCandidates } from "./search-path.ts";

const place = (over: Partial<CondaPlace> = {}): CondaPlace => ({ platform: "linux", env: { HOME: "/h" }, accountHome: "/h", cwd: "/w", version: "2.8.1", prefix: "/base", ...over });
const paths = (over: Partial<CondaPlace> = {}): string[] => mambarcCandidates(place(over)).map(({ path }) => path);
const conda = (directory: string): string[] => [".condarc", "condarc", "condarc.d"].map((name) => `${directory}/${name}`);
const mamba = (directory: string): string[] => [".mambarc", "mambarc", "mambarc.d"].map((name) => `${directory}/${name}`);

describe("mambarcCandidates", () => {
  it("has conda's names below its own, the weakest first", () => {
    expect(paths({ env: { HOME: "/h", CONDA_PREFIX: "/e" } })).toEqual([
      ...conda("/etc/conda"), "/etc/conda/.mambarc", ...conda("/var/lib/conda"), "/var/lib/conda/.mambarc", ...conda("/base"), "/base/.mambarc",
      ...conda("/h/.config/conda"), ...conda("/h/.conda"), "/h/.condarc", ...conda("/e"),
      ...mamba("/h/.config/mamba"), ...mamba("/h/.mamba"), "/h/.mambarc", "/e/.mambarc",
    ]);
  });

  it("puts XDG_CONFIG_HOME in the place of ~/.config", () => {
    const all = paths({ env: { HOME: "/h", XDG_CONFIG_HOME: "/x" } });
    expect(all).toContain("/x/conda/.condarc");
    expect(all).toContain("/x/mamba/.mambarc");
    expect(all.filter((path) => path.startsWith("/h/.config"))).toEqual([]);
    expect(all.indexOf("/x/conda/.condarc")).toBeLessThan(all.indexOf("/h/.condarc"));
  });

  it("reads files named by MAMBARC and CONDARC in the place of all others, MAMBARC the stronger", () => {
    expect(paths({ env: { HOME: "/h", CONDARC: "/c", MAMBARC: "~/m" } })).toEqual(["/c", "/h/m"]);
    expect(paths({ env: { HOME: "/h", CONDARC: "/a,/b" } })).toEqual(["/b", "/a"]);
  });
});

describe("findMambarcs", () => {
  let tree: PythonTree;
  beforeEach(() => { tree = pythonTree(); });
  afterEach(() => tree.remove());
  const found = (env: Record<string, string> = {}) => {
    const machine = tree.machine({ HOME: tree.at("home"), ...env });
    return findMambarcs(machine, place({ env: machine.env, prefix: null, cwd: tree.root })).filter(({ exists, error }) => exists || error !== undefined).map(({ path, ignored, error }) => [path.slice(tree.root.length + 1), ignored ?? error ?? "read"]);
  };

  it("goes by name, and takes every YAML ending that is spelt small", () => {
    for (const name of ["a.yml", "b.YML", "mambarc", ".yml"]) tree.file(`home/.mamba/mambarc.d/${name}`);
    expect(found()).toEqual([["home/.mamba/mambarc.d/.yml", "read"], ["home/.mamba/mambarc.d/a.yml", "read"], ["home/.mamba/mambarc.d/b.YML", "name"], ["home/.mamba/mambarc.d/mambarc", "read"]]);
  });

  it("dies of a named file that is not there", () => {
    expect(found({ MAMBARC: tree.at("gone") })).toEqual([["gone", `Configuration file specified but does not exist at '${tree.at("gone")}'`]]);
  });

  it("reads none with MAMBA_NO_RC", () => {
    tree.file("home/.condarc");
    expect(found({ MAMBA_NO_RC: "true" })).toEqual([["home/.condarc", "switched-off"]]);
  });
});
