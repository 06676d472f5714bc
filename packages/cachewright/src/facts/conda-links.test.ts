import { copyFileSync, linkSync, mkdirSync, symlinkSync } from "node:fs";
import { dirname } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Machine } from "../machine/machine.ts";
import { pythonTree, type PythonTree } from "../../test/pythons/python-tree.ts";
import type { EffectiveSetting } from "../tools/tool.ts";
import { condaLinks } from "./conda-links.ts";
import type { CondaFact } from "./facts.ts";
import { startLooks } from "./looks.ts";

const dist = "zlib-1.3.1-h5eee18b_0";
let tree: PythonTree;
beforeEach(() => {
  tree = pythonTree();
  tree.file(`pkgs/${dist}/lib/libz.so`, "library");
  tree.file("envs/work/conda-meta/history");
  tree.file(`envs/work/conda-meta/${dist}.json`, JSON.stringify({ files: ["bin/z", "lib/libz.so"], link: { source: tree.at(`pkgs/${dist}`), type: 1 } }));
  mkdirSync(tree.at("envs/work/lib"));
});
afterEach(() => tree.remove());

const inCache = (): string => tree.at(`pkgs/${dist}/lib/libz.so`);
const inEnvironment = (): string => tree.at("envs/work/lib/libz.so");
const setting = (key: string, effective: boolean): EffectiveSetting => ({ key, effective, source: { env: `CONDA_${key.toUpperCase()}` } }) as unknown as EffectiveSetting;

interface Wanted { readonly settings?: readonly EffectiveSetting[]; readonly root?: boolean; readonly from?: CondaFact["pkgsDirs"][number]["from"]; readonly whole?: boolean; readonly euid?: number; readonly setting?: string; readonly writable?: boolean }

/** The cache is somebody else's, the environment one's own, whoever runs the tests. */
function links({ settings = [], root = false, from = { path: "/etc/conda/.condarc", line: 1 }, whole = false, euid = 1000, setting: kernel = "1", writable = false }: Wanted = {}): NonNullable<CondaFact["links"]> {
  const real = tree.machine({});
  const isShared = (path: string): boolean => path.startsWith(tree.at("pkgs"));
  const owned = (look: Machine["lstat"]): Machine["lstat"] => (path) => {
    const answer = look(path);
    return answer.ok ? { ok: true, value: { ...answer.value, uid: isShared(path) ? 0 : euid, mode: answer.value.mode & ~0o022 } } : answer;
  };
  const machine: Machine = {
    ...real, identity: { ...real.identity, euid }, lstat: owned(real.lstat), stat: owned(real.stat),
    access: (path, want) => (isShared(path) && want === "write" && !writable ? "EACCES" : "ok"),
    readFile: (path, limit) => (path === "/proc/sys/fs/protected_hardlinks" ? { ok: true, value: Buffer.from(`${kernel}\n`) } : real.readFile(path, limit)),
  };
  const pkgsDirs: CondaFact["pkgsDirs"] = [{ path: tree.at("pkgs"), from, status: "read-only", because: null, exists: true, split: null, unseen: [] }];
  const environments: CondaFact["environments"] = [{ prefix: tree.at("envs/work"), name: "work", found: [root ? "root" : "envs_dirs"], denied: [], deniedCount: 0, complete: true }];
  return condaLinks(startLooks(machine), { settings, pkgsDirs, environments, whole });
}

describe("condaLinks", () => {
  it("says what the settings ask for", () => {
    expect(links()).toMatchObject({ mode: "hard", from: { call: "default" } });
    expect(links({ settings: [setting("always_softlink", true)] })).toMatchObject({ mode: "soft", from: { env: "CONDA_ALWAYS_SOFTLINK" } });
    expect(links({ settings: [setting("always_softlink", false), setting("always_copy", true)] })).toMatchObject({ mode: "copy", from: { env: "CONDA_ALWAYS_COPY" } });
  });

  it("finds a link into the cache, and takes no link of the package's own for one", () => {
    symlinkSync("../share/libz.so", inEnvironment());
    expect(links().soft).toEqual([]);
    tree.remove();
    tree = pythonTree();
    tree.file(`envs/work/conda-meta/${dist}.json`, JSON.stringify({ files: ["lib/libz.so"] }));
    tree.file(`pkgs/${dist}/lib/libz.so`);
    mkdirSync(tree.at("envs/work/lib"));
    symlinkSync(inCache(), inEnvironment());
    expect(links().soft).toEqual([{ prefix: tree.at("envs/work"), link: inEnvironment(), package: dirname(dirname(inCache())) }]);
  });

  it("looks into base only when asked, or while links are asked for", () => {
    symlinkSync(inCache(), inEnvironment());
    expect(links({ root: true }).soft).toEqual([]);
    expect(links({ root: true, whole: true }).soft.length).toBe(1);
    expect(links({ root: true, settings: [setting("always_softlink", true)] }).soft.length).toBe(1);
  });

  it("finds a copy that the kernel made of a link, with the file that it would not link", () => {
    copyFileSync(inCache(), inEnvironment());
    expect(links().refused).toEqual([{ cache: tree.at("pkgs"), file: inCache(), copy: inEnvironment() }]);
  });

  it("finds nothing where the file is linked, may be linked, is not protected, or belongs to root who looks", () => {
    copyFileSync(inCache(), inEnvironment());
    for (const wanted of [{ writable: true }, { setting: "0" }, { euid: 0 }]) expect(links(wanted).refused, JSON.stringify(wanted)).toEqual([]);
    tree.remove();
    tree = pythonTree();
    tree.file(`envs/work/conda-meta/${dist}.json`, JSON.stringify({ files: ["lib/libz.so"], link: { source: tree.at(`pkgs/${dist}`) } }));
    tree.file(`pkgs/${dist}/lib/libz.so`);
    mkdirSync(tree.at("envs/work/lib"));
    linkSync(inCache(), inEnvironment());
    expect(links().refused).toEqual([]);
  });

  it("finds nothing where the package came from another cache", () => {
    tree.file(`envs/work/conda-meta/${dist}.json`, JSON.stringify({ files: ["lib/libz.so"], link: { source: `/home/me/.conda/pkgs/${dist}` } }));
    copyFileSync(inCache(), inEnvironment());
    expect(links().refused).toEqual([]);
  });

  it("looks at an administrator's own conda only when asked", () => {
    copyFileSync(inCache(), inEnvironment());
    expect(links({ from: { call: "default" } }).refused).toEqual([]);
    expect(links({ from: { call: "default" }, whole: true }).refused.length).toBe(1);
  });
});
