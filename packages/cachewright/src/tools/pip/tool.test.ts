import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { pythonTree, type PythonTree } from "../../../test/pythons/python-tree.ts";
import { toolContract } from "../../../test/tools/tool-contract.ts";
import type { Asked, EffectiveSetting } from "../tool.ts";
import { pip } from "./tool.ts";

for (const version of ["9.0.3", "20.3.4", "24.3.1", "26.3"]) {
  toolContract({
    tool: pip, version,
    inFile: { key: "cache-dir", text: "[global]\ncache-dir = /srv/pip\n", line: 2, effective: "/srv/pip" },
    inVariable: { key: "cache-dir", name: "PIP_CACHE_DIR", value: "/srv/pip", effective: "/srv/pip" },
  });
}

let tree: PythonTree;
beforeEach(() => { tree = pythonTree(); });
afterEach(() => tree.remove());

function asked(env: Record<string, string> = {}, more: Partial<Asked> = {}): Asked {
  mkdirSync(tree.at("home/.config/pip"), { recursive: true });
  return { machine: tree.machine({ HOME: tree.at("home"), ...env }), home: tree.at("home"), version: "24.3.1", ...more };
}

function write(text: string, path = "home/.config/pip/pip.conf"): string {
  mkdirSync(join(tree.at(path), ".."), { recursive: true });
  writeFileSync(tree.at(path), text);
  return tree.at(path);
}

function setting(key: string, question: Asked): EffectiveSetting {
  const found = pip.settings(question).find((one) => one.key === key);
  if (found === undefined) throw new Error(key);
  return found;
}

describe("pip's settings", () => {
  it("take a variable before any file, and a command's section before [global]", () => {
    const file = write("[global]\ncache-dir = /a\n[install]\ncache-dir = /b\n");
    expect(setting("cache-dir", asked())).toEqual({ key: "cache-dir", effective: "/b", source: { file, line: 4 }, shadows: [{ value: "/a", source: { file, line: 2 } }] });
    expect(setting("cache-dir", asked({}, { command: "download" }))).toMatchObject({ effective: "/a", shadows: [] });
    expect(setting("cache-dir", asked({ PIP_CACHE_DIR: "/c" }))).toMatchObject({ effective: "/c", source: { env: "PIP_CACHE_DIR" }, shadows: [{ value: "/b" }, { value: "/a" }] });
  });

  it("have the cache off by any valid no-cache-dir from 19.0 on, and tell where it would be", () => {
    const file = write("[global]\nno-cache-dir = false\n");
    expect(setting("no-cache-dir", asked())).toMatchObject({ effective: true, source: { file, line: 2 } });
    expect(setting("cache-dir", asked())).toMatchObject({ effective: tree.at("home/.cache/pip"), source: "default" });
    expect(pip.locate(asked()).filter(({ kind }) => kind === "cache")).toEqual([]);
    write("[global]\nno-cache-dir = true\n");
    expect(setting("no-cache-dir", asked({}, { version: "18.1" })).error).toContain("TypeError");
  });

  it("split lists at white space, and never show a password", () => {
    write("[global]\nextra-index-url =\n    https://me:hunter2@example.org/simple\n    https://example.com/simple\n");
    const found = setting("extra-index-url", asked());
    expect(found.effective).toEqual(["https://***@example.org/simple", "https://example.com/simple"]);
    expect(found.items).toHaveLength(2);
  });

  it("know the options of their version only, and what it refuses", () => {
    write("[global]\nuser = maybe\nbreak-system-packages = true\n");
    expect(pip.settings(asked({}, { version: "22.0" })).map(({ key }) => key)).not.toContain("break-system-packages");
    expect(setting("user", asked())).toMatchObject({ effective: null, source: "default", error: expect.stringContaining("maybe is not a valid value") });
  });
});

describe("pip's files", () => {
  it("leave the person's own to PIP_CONFIG_FILE where that is there, and say so", () => {
    const own = write("[global]\n");
    const named = write("[global]\n", "named.conf");
    const files = pip.configFiles(asked({ PIP_CONFIG_FILE: named }));
    expect(files.find(({ path }) => path === own)).toMatchObject({ ignored: "switched-off", exists: true });
    expect(files.at(-1)).toMatchObject({ path: named, scope: "env-file", target: true, ignored: null });
    expect(pip.configFiles(asked({ PIP_CONFIG_FILE: "/dev/null" })).map(({ ignored }) => ignored)).toEqual(["switched-off"]);
  });

  it("tell what pip dies of, with the line", () => {
    const own = write("[global\ncache-dir = /x\n");
    expect(pip.configFiles(asked()).find(({ path }) => path === own)).toMatchObject({ error: expect.any(String), line: 1 });
  });

  it("have one of an environment's own", () => {
    const base = tree.prefix("base", "3.11", "24.3.1");
    const python = tree.venv("work/.venv", base, { pip: "23.1" });
    const question = asked({ VIRTUAL_ENV: tree.at("work/.venv") });
    const installs = pip.installs(question.machine, question.home);
    expect(installs[0]).toMatchObject({ version: "23.1", program: python, chosen: true, prefix: tree.at("work/.venv") });
    const [install] = installs;
    if (install === undefined) throw new Error("none");
    expect(pip.configFiles({ ...question, install }).find(({ scope }) => scope === "site")).toMatchObject({ path: tree.at("work/.venv/pip.conf"), target: true });
  });
});
