import { mkdirSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { pythonTree, type PythonTree } from "../../../test/pythons/python-tree.ts";
import { environmentsText, findCondaInstalls, packageVersionIn, type CondaLike } from "./installs.ts";

let tree: PythonTree;
beforeEach(() => {
  tree = pythonTree();
  mkdirSync(tree.at("home"));
});
afterEach(() => tree.remove());

function root(path: string, packages: Readonly<Record<string, string>> = { conda: "24.11.3" }): string {
  tree.file(`${path}/conda-meta/history`);
  for (const [name, version] of Object.entries(packages)) {
    tree.file(`${path}/conda-meta/${name}-${version}-py311h06a4308_0.json`, "{}");
    tree.file(`${path}/bin/${name}`, "#!/bin/sh\n", 0o755);
  }
  tree.file(`${path}/condabin/conda`, "#!/bin/sh\n", 0o755);
  return tree.at(path);
}

const found = (env: Record<string, string> = {}, tool: CondaLike = "conda") => findCondaInstalls(tree.machine(env), tree.at("home"), tool)
  .map(({ prefix, version, found: how, chosen }) => `${prefix?.slice(tree.root.length + 1) ?? "-"} ${version ?? "?"} ${how.join("+")}${chosen ? " chosen" : ""}`);

describe("findCondaInstalls", () => {
  it("finds installers' usual places in the home, without a variable and without PATH", () => {
    root("home/miniconda3");
    root("home/miniforge3", { conda: "26.7.1", mamba: "2.8.1" });
    expect(found()).toEqual(["home/miniconda3 24.11.3 ~/miniconda3", "home/miniforge3 26.7.1 ~/miniforge3"]);
    expect(found({}, "mamba")).toEqual(["home/miniforge3 2.8.1 ~/miniforge3"]);
  });

  it("has one for each root, however often it is found, by links too", () => {
    root("home/miniconda3");
    tree.link("home/anaconda3", "miniconda3");
    expect(found({ PATH: tree.at("home/miniconda3/condabin"), CONDA_PREFIX: tree.at("home/miniconda3") })).toEqual(["home/miniconda3 24.11.3 CONDA_PREFIX+PATH+~/miniconda3+~/anaconda3 chosen"]);
  });

  it("the shell's function starts CONDA_EXE, whatever is on PATH", () => {
    root("home/miniconda3");
    root("big", { conda: "4.12.0" });
    expect(found({ PATH: tree.at("big/bin"), CONDA_EXE: tree.at("home/miniconda3/bin/conda") })[0]).toBe("home/miniconda3 24.11.3 CONDA_EXE+~/miniconda3 chosen");
    expect(found({ PATH: tree.at("big/bin") })[0]).toBe("big 4.12.0 PATH chosen");
  });

  it("follows an active environment, and lines of environments.txt, to their root", () => {
    root("big");
    tree.file("big/envs/e/conda-meta/history");
    expect(found({ CONDA_PREFIX: tree.at("big/envs/e") })).toEqual(["big 24.11.3 CONDA_PREFIX"]);
    tree.file("home/.conda/environments.txt", `${tree.at("big/envs/e")}\n/not/there\n`);
    expect(found()).toEqual(["big 24.11.3 environments.txt"]);
  });

  it("finds those of pyenv", () => {
    root("home/.pyenv/versions/miniconda3-latest");
    expect(found()).toEqual(["home/.pyenv/versions/miniconda3-latest 24.11.3 pyenv"]);
  });

  it("takes no directory that has the name only, and no environment without a conda of its own", () => {
    tree.file("home/miniconda3/README");
    tree.file("home/anaconda3/conda-meta/history");
    tree.file("home/anaconda3/conda-meta/numpy-2.0-0.json", "{}");
    expect(found()).toEqual([]);
  });

  it("finds a micromamba that belongs to no environment, with the root that its variable names", () => {
    tree.file("bin/micromamba", "", 0o755);
    expect(found({ PATH: tree.at("bin"), MAMBA_ROOT_PREFIX: tree.at("mm") }, "micromamba")).toEqual(["mm ? PATH chosen"]);
    expect(found({ MAMBA_EXE: tree.at("bin/micromamba") }, "micromamba")).toEqual(["- ? MAMBA_EXE chosen"]);
    expect(found({ PATH: tree.at("bin") }, "mamba")).toEqual([]);
  });
});

describe("packageVersionIn", () => {
  it("goes by the record's name, takes no other package for it, and of two the newer", () => {
    root("r", { "conda": "9.1", "conda-build": "25.1.0", "conda-libmamba-solver": "24.9.0" });
    tree.file("r/conda-meta/conda-10.2-0.json", "{}");
    expect(packageVersionIn(tree.machine(), tree.at("r"), "conda")).toBe("10.2");
    expect(packageVersionIn(tree.machine(), tree.at("r"), "mamba")).toBeNull();
    expect(packageVersionIn(tree.machine(), tree.at("nowhere"), "conda")).toBeNull();
  });
});

describe("environmentsText", () => {
  it("is one prefix a line, blanks and comments aside", () => {
    tree.file("home/.conda/environments.txt", "/a\r\n\n  /b c  \n# x\n");
    expect(environmentsText(tree.machine(), tree.at("home"))).toEqual(["/a", "/b c"]);
  });
});
