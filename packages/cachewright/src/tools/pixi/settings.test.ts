import { mkdirSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { pythonTree, type PythonTree } from "../../../test/pythons/python-tree.ts";
import type { Asked } from "../tool.ts";
import { pixi, rattler } from "./pixi.ts";
import { readPixiConfig } from "./pixi-config.ts";

let tree: PythonTree;
beforeEach(() => {
  tree = pythonTree();
  mkdirSync(tree.at("home/.cache"), { recursive: true });
  mkdirSync(tree.at("project/src"), { recursive: true });
});
afterEach(() => tree.remove());

const asked = (env: Record<string, string> = {}): Asked => ({ machine: tree.machine({ HOME: tree.at("home"), ...env }, tree.at("project/src")), home: tree.at("home"), version: "0.77.0" });
const setting = (key: string, env: Record<string, string> = {}) => pixi.settings(asked(env)).find((one) => one.key === key);
const packages = (env: Record<string, string> = {}) => pixi.locate(asked(env)).find(({ name }) => name === "conda-packages")?.path;

describe("pixi's cache", () => {
  it("is rattler's, unless ~/.cache/pixi is there", () => {
    expect(packages()).toBe(tree.at("home/.cache/rattler/cache/pkgs"));
    mkdirSync(tree.at("home/.cache/pixi"));
    expect(packages()).toBe(tree.at("home/.cache/pixi/pkgs"));
  });

  it("goes by PIXI_CACHE_DIR before RATTLER_CACHE_DIR before the files, and by a kind's own before all", () => {
    tree.file("home/.pixi/config.toml", "[cache]\nroot = '/file'\n");
    expect(packages()).toBe("/file/pkgs");
    expect(packages({ RATTLER_CACHE_DIR: "/r" })).toBe("/r/pkgs");
    expect(packages({ RATTLER_CACHE_DIR: "/r", PIXI_CACHE_DIR: "/p" })).toBe("/p/pkgs");
    expect(packages({ PIXI_CACHE_DIR: "/p", PIXI_CACHE_CONDA_PACKAGES_DIR: "/own" })).toBe("/own");
    expect(setting("cache.root", { RATTLER_CACHE_DIR: "/r" })).toMatchObject({ source: { env: "RATTLER_CACHE_DIR" }, shadows: [{ value: "/file", source: { file: tree.at("home/.pixi/config.toml"), line: 2 } }] });
  });

  it("counts XDG_CACHE_HOME while it is absolute", () => {
    expect(packages({ XDG_CACHE_HOME: "/x" })).toBe("/x/rattler/cache/pkgs");
    expect(packages({ XDG_CACHE_HOME: "x" })).toBe(tree.at("home/.cache/rattler/cache/pkgs"));
  });

  it("takes no `cache` from the project's own file, and all else", () => {
    tree.file("project/pixi.toml");
    tree.file("project/.pixi/config.toml", "allow-hard-links = false\n[cache]\nroot = '/project'\n");
    expect(packages()).toBe(tree.at("home/.cache/rattler/cache/pkgs"));
    expect(setting("allow-hard-links")).toMatchObject({ effective: false, source: { file: tree.at("project/.pixi/config.toml"), line: 1 } });
  });

  it("knows a project by a table in pyproject.toml", () => {
    tree.file("project/pyproject.toml", "[tool.pixi.workspace]\n");
    expect(pixi.configFiles(asked()).find(({ scope }) => scope === "project")?.path).toBe(tree.at("project/.pixi/config.toml"));
  });

  it("reads a file named by PIXI_CONFIG_FILE in the place of the usual ones, save for `cache`", () => {
    tree.file("home/.pixi/config.toml", "offline = true\n[cache]\nroot = '/file'\n");
    const named = { PIXI_CONFIG_FILE: tree.file("my.toml", "default-channels = ['x']\n") };
    expect(setting("offline", named)?.effective).toBe(false);
    expect(setting("default-channels", named)?.effective).toEqual(["x"]);
    expect(packages(named)).toBe("/file/pkgs");
  });

  it("takes PIXI_NO_HARD_LINKS for what it says", () => {
    expect(setting("allow-hard-links", { PIXI_NO_HARD_LINKS: "1" })).toMatchObject({ effective: false, source: { env: "PIXI_NO_HARD_LINKS" } });
    expect(setting("allow-hard-links", { PIXI_NO_HARD_LINKS: "false" })).toMatchObject({ effective: true, source: "default" });
  });

  it("passes a file over that is no TOML, and says the line", () => {
    const file = tree.file("home/.pixi/config.toml", "a = 1\n[cache\n");
    expect(pixi.configFiles(asked()).find(({ path }) => path === file)).toMatchObject({ ignored: "malformed", line: 2 });
  });
});

describe("readPixiConfig", () => {
  it("has each value with its line, however it is written", () => {
    const { entries } = readPixiConfig("default-channels = [\n  'a',\n]\ncache.root = '/a'\n[pypi-config]\n# note\nindex-url = 'https://x'\n");
    expect(entries.map(({ key, value, line }) => [key, value, line])).toEqual([["default-channels", ["a"], 1], ["cache.root", "/a", 4], ["pypi-config.index-url", "https://x", 7]]);
    expect(readPixiConfig("cache = { root = '/a' }\n").entries).toEqual([{ key: "cache.root", value: "/a", line: 1 }]);
  });
});

describe("rattler", () => {
  it("is RATTLER_CACHE_DIR, or below the cache home", () => {
    expect(rattler.locate(asked()).map(({ name, path }) => `${name} ${path}`)).toEqual([`packages ${tree.at("home/.cache/rattler/cache/pkgs")}`, `repodata ${tree.at("home/.cache/rattler/cache/repodata")}`]);
    expect(rattler.locate(asked({ RATTLER_CACHE_DIR: "/r" }))[0]).toMatchObject({ path: "/r/pkgs", source: { env: "RATTLER_CACHE_DIR" } });
  });
});
