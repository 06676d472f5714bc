import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { pythonTree, type PythonTree } from "../../../test/pythons/python-tree.ts";
import type { EffectiveSetting } from "../tool.ts";
import { mamba, micromamba } from "./mamba.ts";

let tree: PythonTree;
beforeEach(() => { tree = pythonTree(); });
afterEach(() => tree.remove());

function setting(key: string, env: Record<string, string> = {}): EffectiveSetting | undefined {
  const asked = { machine: tree.machine({ HOME: tree.at("home"), MAMBA_ROOT_PREFIX: "/r", ...env }), home: tree.at("home"), version: "2.8.1" };
  return micromamba.settings(asked).find((one) => one.key === key);
}
const value = (key: string, env: Record<string, string> = {}): unknown => setting(key, env)?.effective;

describe("mamba from 2.0", () => {
  it("joins lists from the strongest source on, and knows no flags", () => {
    tree.file("home/.condarc", "pkgs_dirs: #!final\n  - /a\n  - /b #!top\n");
    tree.file("home/.mambarc", "pkgs_dirs: [/c, /a]\n");
    expect(value("pkgs_dirs", { CONDA_PKGS_DIRS: "/e, ~/f" })).toEqual(["/e", tree.at("home/f"), "/c", "/a", "/b"]);
  });

  it("keeps packages in ~/.mamba when nobody says otherwise, not in ~/.conda", () => {
    expect(value("pkgs_dirs")).toEqual(["/r/pkgs", tree.at("home/.mamba/pkgs")]);
  });

  it("takes the variable's environments from the last to the first, with root's own at the end", () => {
    expect(value("envs_dirs", { CONDA_ENVS_PATH: "/a:/b" })).toEqual(["/b", "/a", "/r/envs"]);
    expect(setting("envs_dirs", { CONDA_ENVS_PATH: "/a", CONDA_ENVS_DIRS: "/b" })?.error).toContain("only one must be declared");
  });

  it("puts variables in before it reads the YAML", () => {
    tree.file("home/.condarc", "pkgs_dirs: [$WHERE/p, \"${WHERE}/q\", $NOPE/r]\n");
    expect(value("pkgs_dirs", { WHERE: "/x" })).toEqual(["/x/p", "/x/q", tree.at("$NOPE/r")]);
  });

  it("takes single values from the strongest source, its own variables by MAMBA_", () => {
    tree.file("home/.condarc", "always_copy: false\n");
    tree.file("home/.mambarc", "always_copy: on\n");
    expect(setting("always_copy")).toMatchObject({ effective: true, source: { file: tree.at("home/.mambarc"), line: 1 }, shadows: [{ value: false, source: { file: tree.at("home/.condarc"), line: 1 } }] });
    expect(value("always_copy", { MAMBA_ALWAYS_COPY: "no" })).toBe(false);
    expect(value("always_copy", { CONDA_ALWAYS_COPY: "no" })).toBe(true);
    expect(setting("always_copy", { MAMBA_ALWAYS_COPY: "maybe" })?.error).toContain("Bad conversion");
  });

  it("passes a file over that is no YAML table", () => {
    const file = tree.file("home/.condarc", "just words\n");
    const asked = { machine: tree.machine({ HOME: tree.at("home") }), home: tree.at("home"), version: "2.8.1" };
    expect(micromamba.configFiles(asked).find(({ path }) => path === file)).toMatchObject({ ignored: "malformed" });
  });

  it("finds micromamba's root in ~/micromamba while that is one, else in ~/.local/share/mamba", () => {
    expect(value("root_prefix", { MAMBA_ROOT_PREFIX: "" })).toBe(tree.at("home/.local/share/mamba"));
    tree.file("home/micromamba/pkgs/urls.txt");
    expect(value("root_prefix", { MAMBA_ROOT_PREFIX: "" })).toBe(tree.at("home/micromamba"));
  });
});

describe("mamba 1", () => {
  it("has the settings of the conda it lies on", () => {
    tree.file("root/conda-meta/conda-23.1.0-0.json", "{}");
    tree.file("home/.condarc", "pkgs_dirs: #!final\n  - /a\n");
    const install = { tool: "mamba", version: "1.5.8", program: tree.at("root/bin/mamba"), prefix: tree.at("root"), found: [], chosen: true } as const;
    const asked = { machine: tree.machine({ HOME: tree.at("home"), CONDA_PKGS_DIRS: "/e" }), home: tree.at("home"), version: "1.5.8", install };
    expect(mamba.settings(asked).find(({ key }) => key === "pkgs_dirs")?.effective).toEqual(["/a"]);
  });
});
