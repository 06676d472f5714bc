import { chmodSync, mkdirSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { findInstalls, interpreterLine, type Install } from "./installs.ts";
import { pythonTree, type PythonTree } from "../../../test/pythons/python-tree.ts";

let tree: PythonTree;
let home = "";
beforeEach(() => {
  tree = pythonTree();
  home = tree.at("home/me");
  mkdirSync(tree.at("home/me/project/src"), { recursive: true });
});
afterEach(() => tree.remove());

interface Look { readonly env?: Record<string, string>; readonly cwd?: string; readonly asked?: string }
const find = ({ env = {}, cwd = home, asked }: Look = {}): Install[] => findInstalls(tree.machine(env, cwd), { home, asked });
const short = (install: Install | undefined): string | undefined => install?.python.slice(tree.root.length + 1);
const chosen = (look: Look): Install | undefined => {
  const found = find(look).filter((install) => install.chosen);
  expect(found.length).toBeLessThanOrEqual(1);
  return found[0];
};
const script = (path: string, line: string): string => tree.file(path, `${line}\nimport sys\n`, 0o755);

describe("interpreterLine", () => {
  const of = (text: string): string | undefined => interpreterLine(tree.machine(), tree.file("script", text));

  it.each([
    ["#!/opt/py/bin/python3\n", "/opt/py/bin/python3"],
    ["#! /opt/py/bin/python3 -s\n", "/opt/py/bin/python3"],
    ["#!/usr/bin/env python3\r\n", "python3"],
    ["#!/usr/bin/env -S python3 -I\n", "python3"],
    ["#!/usr/bin/env -i A=1 python3\n", "python3"],
    ["#!/bin/sh\n'''exec' /very/long/path/bin/python \"$0\" \"$@\"\n' '''\nimport sys\n", "/very/long/path/bin/python"],
    ["#!/bin/sh\n'''exec' \"/with blank/bin/python\" \"$0\" \"$@\"\n' '''\n", "/with blank/bin/python"],
    ["#!/bin/bash\nexec real-pip\n", "/bin/bash"],
    ["import sys\n", undefined],
    ["", undefined],
    ["#!\n", undefined],
  ])("reads %j", (text, interpreter) => {
    expect(of(text)).toBe(interpreter);
  });

  it("reads no program that is too large for a script, and nothing that is not there", () => {
    expect(of(`#!/opt/py/bin/python3\n${"x".repeat(1 << 17)}`)).toBeUndefined();
    expect(interpreterLine(tree.machine(), tree.at("nowhere"))).toBeUndefined();
  });
});

describe("the chosen Python", () => {
  beforeEach(() => {
    tree.prefix("opt/a", "3.11", "24.0");
    tree.prefix("opt/b", "3.12", "25.0");
  });
  const path = (...names: readonly string[]): Record<string, string> => ({ PATH: names.map((name) => tree.at(name)).join(":") });

  it("is the one whose pip comes first on PATH, not the first python", () => {
    script("bin/pip", `#!${tree.at("opt/b/bin/python3.12")}`);
    expect(short(chosen({ env: path("opt/a/bin", "bin") }))).toBe("opt/b/bin/python3.12");
  });

  it("is the first python3 where there is no pip, or pip is a shell script or broken", () => {
    expect(short(chosen({ env: path("opt/a/bin", "opt/b/bin") }))).toBe("opt/a/bin/python3");
    script("bin/pip", "#!/bin/bash");
    expect(short(chosen({ env: path("bin", "opt/a/bin") }))).toBe("opt/a/bin/python3");
    script("gone/pip", `#!${tree.at("removed/bin/python")}`);
    expect(short(chosen({ env: path("gone", "opt/a/bin") }))).toBe("opt/a/bin/python3");
  });

  it("is found through env in pip's first line", () => {
    script("bin/pip3", "#!/usr/bin/env python3");
    expect(short(chosen({ env: path("bin", "opt/b/bin") }))).toBe("opt/b/bin/python3");
  });

  it("is not a directory on PATH, nor a file that may not be executed, nor anything in a relative entry", () => {
    mkdirSync(tree.at("odd/pip"), { recursive: true });
    mkdirSync(tree.at("odd/python3"));
    tree.file("plain/python3", "");
    expect(short(chosen({ env: { PATH: `.::${tree.at("odd")}:${tree.at("plain")}:${tree.at("opt/a/bin")}` }, cwd: tree.at("opt/b/bin") }))).toBe("opt/a/bin/python3");
  });

  it("is the active environment before everything on PATH", () => {
    tree.venv("env", tree.at("opt/a/bin/python"), { pip: "23.0" });
    expect(chosen({ env: { ...path("opt/b/bin"), VIRTUAL_ENV: tree.at("env") } })).toMatchObject({ kind: "venv", found: ["active venv"], prefix: tree.at("env"), pip: { version: "23.0" } });
  });

  it("is not an environment that is gone", () => {
    expect(short(chosen({ env: { ...path("opt/b/bin"), VIRTUAL_ENV: tree.at("removed") } }))).toBe("opt/b/bin/python3");
    expect(short(chosen({ env: { ...path("opt/b/bin"), VIRTUAL_ENV: "" } }))).toBe("opt/b/bin/python3");
  });

  it("is the one that was asked for, by path or by name", () => {
    expect(chosen({ env: path("opt/b/bin"), asked: tree.at("opt/a/bin/python") })).toMatchObject({ version: "3.11", found: ["asked"] });
    expect(chosen({ env: path("opt/b/bin"), asked: "python3.12" })).toMatchObject({ version: "3.12" });
    expect(chosen({ env: path("opt/b/bin"), cwd: tree.at("opt"), asked: "a/bin/python" })).toMatchObject({ version: "3.11" });
    expect(find({ env: path("opt/b/bin"), asked: "python9" }).filter((install) => install.found.includes("asked"))).toEqual([]);
  });

  it("is none where there is none", () => {
    expect(find({ env: {} })).toEqual([]);
  });
});

describe("pyenv", () => {
  beforeEach(() => {
    tree.prefix("home/me/.pyenv/versions/3.11.9", "3.11", "24.0");
    tree.prefix("home/me/.pyenv/versions/3.12.1", "3.12", "25.0");
    for (const name of ["pip", "python3", "python"]) script(`home/me/.pyenv/shims/${name}`, "#!/usr/bin/env bash");
    tree.prefix("opt/system", "3.10", "22.0");
  });
  const env = (version: string): Record<string, string> => ({ PATH: `${tree.at("home/me/.pyenv/shims")}:${tree.at("opt/system/bin")}`, PYENV_VERSION: version });

  it("is the version behind the shim", () => {
    expect(chosen({ env: env("3.11.9") })).toMatchObject({ version: "3.11", kind: "pyenv", prefix: tree.at("home/me/.pyenv/versions/3.11.9") });
  });

  it("is what comes after the shims on PATH for the version system", () => {
    expect(chosen({ env: env("system") })).toMatchObject({ version: "3.10", prefix: tree.at("opt/system") });
  });

  it("lists the other versions as well, each once", () => {
    const found = find({ env: env("3.11.9") });
    expect(found.map((install) => [install.version, install.found, install.chosen])).toEqual([["3.11", ["PATH", "pyenv"], true], ["3.12", ["pyenv"], false]]);
  });
});

describe("the other Pythons", () => {
  it("are environments of the project, upwards to its root", () => {
    const base = tree.prefix("opt/a");
    tree.venv("home/me/project/.venv", base);
    tree.venv("home/me/project/src/env", base);
    tree.venv("home/me/venv", base);
    const found = (cwd: string): (string | undefined)[] => find({ cwd: tree.at(cwd) }).filter((install) => install.found.includes("project venv")).map(short);
    expect(found("home/me/project/src")).toEqual(["home/me/project/src/env/bin/python", "home/me/project/.venv/bin/python"]);
    mkdirSync(tree.at("home/me/project/src/.git"));
    expect(found("home/me/project/src")).toEqual(["home/me/project/src/env/bin/python"]);
    expect(found("home/me")).toEqual([]);
  });

  it("are pipx's, uv's and conda's", () => {
    const base = tree.prefix("opt/a");
    tree.venv("home/me/.local/share/pipx/venvs/black", base, { pip: "24.0" });
    tree.prefix("home/me/.local/share/uv/python/cpython-3.12.1", "3.12");
    tree.prefix("home/me/miniconda3", "3.9", "23.1");
    expect(find().map((install) => [install.kind, install.found[0], install.version])).toEqual([["pipx", "pipx", "3.11"], ["uv", "uv", "3.12"], ["conda", "conda", "3.9"]]);
  });

  it("are where the variables say, unless these are empty", () => {
    const base = tree.prefix("opt/a");
    tree.venv("pipx-home/venvs/black", base);
    tree.venv("home/me/.local/share/pipx/venvs/ruff", base);
    expect(find({ env: { PIPX_HOME: tree.at("pipx-home") } }).map(short)).toEqual(["pipx-home/venvs/black/bin/python"]);
    expect(find({ env: { PIPX_HOME: "", XDG_DATA_HOME: "" } }).map(short)).toEqual(["home/me/.local/share/pipx/venvs/ruff/bin/python"]);
  });

  it("are told once for each prefix and version, with every way they were found", () => {
    tree.prefix("home/me/miniconda3", "3.9");
    const found = find({ env: { PATH: tree.at("home/me/miniconda3/bin"), CONDA_PREFIX: tree.at("home/me/miniconda3") } });
    expect(found.map((install) => [install.kind, install.found])).toEqual([["conda", ["PATH", "conda"]]]);
  });

  it("are conda's wherever conda keeps its records", () => {
    tree.prefix("opt/tools", "3.9");
    mkdirSync(tree.at("opt/tools/conda-meta"));
    expect(find({ asked: tree.at("opt/tools/bin/python") })[0]?.kind).toBe("conda");
  });
});

describe("an installation", () => {
  it("has a user site unless something switches it off", () => {
    const python = tree.prefix("opt/a");
    const site = (env: Record<string, string> = {}): string | null | undefined => find({ env, asked: python })[0]?.userSite;
    expect(site()).toBe(`${home}/.local/lib/python3.11/site-packages`);
    expect(site({ PYTHONUSERBASE: "/base" })).toBe("/base/lib/python3.11/site-packages");
    expect(site({ PYTHONNOUSERSITE: "1" })).toBeNull();
    expect(site({ PYTHONNOUSERSITE: "" })).toBe(`${home}/.local/lib/python3.11/site-packages`);
    expect(findInstalls(tree.machine(), { home: undefined, asked: python })[0]?.userSite).toBeNull();
  });

  it("has none in an environment, unless that sees the system's packages", () => {
    const base = tree.prefix("opt/a");
    expect(find({ asked: tree.venv("env", base) })[0]?.userSite).toBeNull();
    expect(find({ asked: tree.venv("env2", base, { systemSite: true }) })[0]?.userSite).toBe(`${home}/.local/lib/python3.11/site-packages`);
  });

  it("has the pip that would be imported: the user's before the system's, the environment's before the base's", () => {
    const python = tree.prefix("opt/a", "3.11", "23.0");
    expect(find({ asked: python })[0]?.pip).toEqual({ version: "23.0", location: tree.at("opt/a/lib/python3.11/site-packages") });
    tree.file("home/me/.local/lib/python3.11/site-packages/pip/__init__.py", "__version__ = '24.3.1'\n");
    expect(find({ asked: python })[0]?.pip?.version).toBe("24.3.1");
    expect(find({ asked: tree.venv("env", python, { pip: "22.0" }) })[0]?.pip?.version).toBe("22.0");
    expect(find({ asked: tree.venv("env2", python, { systemSite: true }) })[0]?.pip?.version).toBe("24.3.1");
  });

  it("has no pip where none is, or its version cannot be read", () => {
    const python = tree.prefix("opt/a");
    expect(find({ asked: python })[0]?.pip).toBeUndefined();
    tree.file("opt/a/lib/python3.11/site-packages/pip/__init__.py", "from x import __version__\n");
    expect(find({ asked: python })[0]?.pip).toBeUndefined();
  });

  it("is managed by others where the marker is, but an environment of it is not", () => {
    const python = tree.prefix("opt/a");
    const marker = tree.file("opt/a/lib/python3.11/EXTERNALLY-MANAGED", "[externally-managed]\n");
    expect(find({ asked: python })[0]?.externallyManaged).toBe(marker);
    expect(find({ asked: tree.venv("env", python) })[0]?.externallyManaged).toBeNull();
  });

  it("is looked at without being started, and closed directories keep it out", () => {
    const python = tree.prefix("opt/a");
    chmodSync(tree.at("opt/a/bin/python3.11"), 0o000);
    expect(find({ asked: python })[0]).toMatchObject({ version: "3.11", realPython: tree.at("opt/a/bin/python3.11") });
  });
});
