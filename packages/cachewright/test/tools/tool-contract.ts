import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, isAbsolute, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Asked, SettingValue, Tool } from "../../src/tools/tool.ts";
import { pythonTree, type PythonTree } from "../pythons/python-tree.ts";

export interface ToolCase {
  readonly tool: Tool;
  readonly version: string;
  /** A setting with what to write into the user's own file for it; absent for a tool without files. */
  readonly inFile?: { readonly key: string; readonly text: string; readonly line: number; readonly effective: SettingValue };
  /** A variable that sets a key, beside the file too. */
  readonly inVariable?: { readonly key: string; readonly name: string; readonly value: string; readonly effective: SettingValue };
  /** What else the machine needs before any of it means anything: a project, an install. */
  readonly prepare?: (tree: PythonTree) => Partial<Asked>;
}

function everything(directory: string): string[] {
  return readdirSync(directory, { recursive: true, withFileTypes: true }).map((entry) => {
    const path = join(entry.parentPath, entry.name);
    const stat = statSync(path, { throwIfNoEntry: false });
    return `${path} ${stat?.mode} ${stat?.mtimeMs} ${stat?.isFile() === true ? readFileSync(path, "latin1") : ""}`;
  }).sort();
}

/** What `cachewright config` and the facts rely on, of every tool alike. */
export function toolContract({ tool, version, inFile, inVariable, prepare }: ToolCase): void {
  describe(`${tool.name} ${version}: the questions asked of every tool`, () => {
    let tree: PythonTree;
    let more: Partial<Asked> = {};
    beforeEach(() => {
      tree = pythonTree();
      mkdirSync(tree.at("home"));
      mkdirSync(tree.at("work"));
      more = prepare?.(tree) ?? {};
    });
    afterEach(() => tree.remove());
    const asked = (env: Record<string, string> = {}): Asked => ({
      machine: tree.machine({ HOME: tree.at("home"), ...env }, tree.at("work")), home: tree.at("home"), version, ...more,
    });
    const effectiveOf = (key: string, env: Record<string, string> = {}) => tool.settings(asked(env)).find((setting) => setting.key === key);

    it("has each key once, and answers for every key that this version knows", () => {
      const keys = tool.keys.map(({ key }) => key);
      expect(new Set(keys).size).toBe(keys.length);
      const known = tool.keys.filter(({ since, until }) => (since === undefined || tool.compareVersions(version, since) >= 0) && (until === undefined || tool.compareVersions(version, until) < 0));
      expect(tool.settings(asked()).map(({ key }) => key)).toEqual(known.map(({ key }) => key));
    });

    it("finds nothing on an empty machine, and no fault with it", () => {
      if (prepare === undefined) expect(tool.installs(asked().machine, tree.at("home"))).toEqual([]);
      for (const file of tool.configFiles(asked())) expect(file.error, file.path).toBeUndefined();
      for (const setting of tool.settings(asked())) expect(setting.error, setting.key).toBeUndefined();
    });

    it("names files and places by whole paths, and one file for each scope to write to", () => {
      const files = tool.configFiles(asked());
      for (const { path } of [...files, ...tool.locate(asked())]) expect(isAbsolute(path), path).toBe(true);
      const targets = files.filter(({ target }) => target === true).map(({ scope }) => scope);
      expect(new Set(targets).size).toBe(targets.length);
      for (const file of files) if (!file.exists) expect([file.readable, file.ignored]).toEqual([file.readable ?? null, null]);
    });

    it("gives a source for every item of a list", () => {
      for (const { effective, items, key } of tool.settings(asked())) if (items !== undefined) expect(items.length, key).toBe((effective as readonly string[]).length);
    });

    it("changes nothing by looking", () => {
      if (inFile !== undefined) writeUserFile(inFile.text);
      const before = everything(tree.root);
      tool.installs(asked().machine, tree.at("home"));
      tool.configFiles(asked());
      tool.settings(asked());
      tool.locate(asked());
      expect(everything(tree.root)).toEqual(before);
    });

    const writeUserFile = (text: string): string => {
      const target = tool.configFiles(asked()).find(({ scope, target: isTarget }) => scope === "user" && isTarget === true)?.path ?? "";
      mkdirSync(dirname(target), { recursive: true });
      writeFileSync(target, text);
      return target;
    };

    if (inFile !== undefined) it("takes a setting from the user's own file, and says where it stands", () => {
      const { key, text, line, effective } = inFile;
      const file = writeUserFile(text);
      expect(effectiveOf(key)).toMatchObject({ effective, source: { file, line } });
      expect(tool.configFiles(asked()).find(({ path }) => path === file)).toMatchObject({ exists: true, readable: "ok", ignored: null });
      rmSync(file);
    });

    if (inVariable !== undefined) it("takes a setting from a variable, and says which", () => {
      const { key, name, value, effective } = inVariable;
      expect(effectiveOf(key, { [name]: value })).toMatchObject({ effective, source: { env: name } });
    });
  });
}
