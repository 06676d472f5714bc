import { mkdirSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { behindShim, pyenvRoot, pyenvVersions, resolvedPyenvVersion, selectedPyenvVersion } from "./pyenv.ts";
import { pythonTree, type PythonTree } from "../../../test/pythons/python-tree.ts";

let tree: PythonTree;
let root = "";
beforeEach(() => {
  tree = pythonTree();
  root = tree.at("home/.pyenv");
  for (const version of ["3.11.2", "3.11.10", "3.12.1"]) tree.prefix(`home/.pyenv/versions/${version}`, version.split(".").slice(0, 2).join("."));
  tree.file("home/.pyenv/shims/python", "#!/usr/bin/env bash\n", 0o755);
  mkdirSync(tree.at("home/project/deep"), { recursive: true });
});
afterEach(() => tree.remove());

const shim = (): string => `${root}/shims/python`;
const chosen = (env: Record<string, string> = {}, cwd = tree.at("home/project/deep")): string | undefined => behindShim(tree.machine(env, cwd), root, shim())?.slice(`${root}/versions/`.length);

describe("pyenvRoot", () => {
  it("is PYENV_ROOT, or in the home", () => {
    expect(pyenvRoot(tree.machine({ PYENV_ROOT: "/opt/pyenv" }), "/home/me")).toBe("/opt/pyenv");
    expect(pyenvRoot(tree.machine({ PYENV_ROOT: "" }), "/home/me")).toBe("/home/me/.pyenv");
    expect(pyenvRoot(tree.machine(), undefined)).toBeUndefined();
  });
});

describe("behindShim", () => {
  it("follows the variable before the project's file before the global one", () => {
    tree.file("home/.pyenv/version", "3.12.1\n");
    expect(chosen()).toBe("3.12.1/bin/python");
    tree.file("home/project/.python-version", "3.11.10\n");
    expect(chosen()).toBe("3.11.10/bin/python");
    expect(chosen({ PYENV_VERSION: "3.11.2" })).toBe("3.11.2/bin/python");
  });

  it("takes the first of several versions, and passes over comments", () => {
    tree.file("home/project/.python-version", "# ours\n\n  3.12.1 3.11.2\n3.11.10\n");
    expect(chosen()).toBe("3.12.1/bin/python");
    expect(chosen({ PYENV_VERSION: "3.11.2:3.12.1" })).toBe("3.11.2/bin/python");
  });

  it("takes 3.11 for the newest 3.11, as numbers go", () => {
    expect(chosen({ PYENV_VERSION: "3.11" })).toBe("3.11.10/bin/python");
    expect(chosen({ PYENV_VERSION: "3.1" })).toBeUndefined();
  });

  it("has nothing behind it for the system's Python, a version that is not there, or none chosen", () => {
    expect(chosen({ PYENV_VERSION: "system" })).toBeUndefined();
    expect(chosen({ PYENV_VERSION: "3.9.9" })).toBeUndefined();
    expect(chosen()).toBeUndefined();
  });

  it("is asked for shims only", () => {
    expect(behindShim(tree.machine({ PYENV_VERSION: "3.12.1" }), root, "/usr/bin/python")).toBeUndefined();
    expect(behindShim(tree.machine({ PYENV_VERSION: "3.12.1" }), root, `${root}/versions/3.12.1/bin/python`)).toBeUndefined();
  });
});

describe("pyenvVersions and selectedPyenvVersion", () => {
  it("list what is installed, without links to elsewhere", () => {
    tree.link("home/.pyenv/versions/env", "3.12.1");
    expect(pyenvVersions(tree.machine(), root).map((path) => path.split("/").at(-1))).toEqual(["3.11.10", "3.11.2", "3.12.1"]);
    expect(pyenvVersions(tree.machine(), tree.at("nowhere"))).toEqual([]);
  });

  it("pass over a directory, and take an empty file for the system's", () => {
    tree.file("home/.pyenv/version", "3.12.1");
    mkdirSync(tree.at("home/project/deep/.python-version"));
    const here = (): string | undefined => selectedPyenvVersion(tree.machine({}, tree.at("home/project/deep")), root);
    expect(here()).toBe("3.12.1");
    tree.file("home/project/.python-version", "\n");
    expect(here()).toBeUndefined();
  });

  it("know neither pre-releases nor free-threaded ones by the number alone", () => {
    for (const version of ["3.13.0rc1", "3.12.2t", "3.12.0"]) mkdirSync(`${root}/versions/${version}/bin`, { recursive: true });
    const resolved = (wanted: string): string | undefined => resolvedPyenvVersion(tree.machine(), root, wanted);
    expect(["3", "3.12", "3.12t", "python-3.11", "3.13.0rc1", "3.13"].map(resolved)).toEqual(["3.12.1", "3.12.1", "3.12.2t", "3.11.10", "3.13.0rc1", undefined]);
  });
});
