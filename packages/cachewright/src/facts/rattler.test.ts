import { createHash } from "node:crypto";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { pythonTree, type PythonTree } from "../../test/pythons/python-tree.ts";
import type { Machine } from "../machine/machine.ts";
import { readPixiConfig } from "../tools/pixi/pixi-config.ts";
import type { RattlerFact } from "./facts.ts";
import { startLooks } from "./looks.ts";
import { hasUnreadPixiConfig, rattlerFact, type RattlerRequest } from "./rattler.ts";

let tree: PythonTree;
beforeEach(() => {
  tree = pythonTree();
  tree.file("home/x");
});
afterEach(() => tree.remove());

const root = "home/.cache/rattler/cache";
const zlib = `${root}/pkgs/zlib-1.3.1-h5eee18b_0`;

/** As py-rattler 0.28 leaves it; all of it is this person's but for what `foreign` names. */
function cache(at = root): void {
  const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");
  const name = `${at}/pkgs/zlib-1.3.1-h5eee18b_0`;
  tree.file(`${at}/pkgs/.cache.lock`);
  tree.file(`${name}.lock`, "x".repeat(40));
  tree.file(`${name}/info/index.json`, "{}");
  tree.file(`${name}/info/paths.json`, JSON.stringify({ paths: [{ _path: "lib/z.so", path_type: "hardlink", sha256: sha256("code"), size_in_bytes: 4 }] }));
  tree.file(`${name}/lib/z.so`, "code");
  tree.file(`${at}/c663688a.lock`);
  tree.file(`${at}/shards-v1/${"a".repeat(64)}.msgpack`);
}

function machine(foreign: readonly string[], env: Record<string, string>, cwd: string): Machine {
  const real = tree.machine({ HOME: tree.at("home"), ...env });
  const isForeign = (path: string): boolean => foreign.some((one) => path === tree.at(one) || path.startsWith(`${tree.at(one)}/`));
  const owned = (look: Machine["lstat"]): Machine["lstat"] => (path) => {
    const answer = look(path);
    return answer.ok ? { ok: true, value: { ...answer.value, uid: isForeign(path) ? 0 : 4711, mode: isForeign(path) ? answer.value.mode & ~0o077 : answer.value.mode } } : answer;
  };
  return {
    ...real, cwd: tree.at(cwd), identity: { ...real.identity, uid: 4711, euid: 4711 }, lstat: owned(real.lstat), stat: owned(real.stat),
    access: (path, want) => (isForeign(path) && want !== "search" ? "EACCES" : real.access(path, want)),
  };
}

interface Here { readonly foreign?: readonly string[]; readonly env?: Record<string, string>; readonly cwd?: string; readonly request?: Partial<RattlerRequest> }

function fact({ foreign = [], env = {}, cwd = "home", request = {} }: Here = {}): RattlerFact | undefined {
  return rattlerFact(startLooks(machine(foreign, env, cwd)), { home: tree.at("home"), asked: [], deep: false, known: [], ...request });
}

const here = (paths: readonly string[] | undefined): string[] => (paths ?? []).map((path) => path.slice(tree.root.length + 1));

describe("rattlerFact", () => {
  it("is nothing where nobody uses rattler or pixi", () => {
    expect(fact()).toBeUndefined();
  });

  it("costs a few looks where there is nothing", () => {
    let looks = 0;
    const bare = machine([], {}, "home");
    const counted: Machine = { ...bare, lstat: (path) => { looks += 1; return bare.lstat(path); }, stat: (path) => { looks += 1; return bare.stat(path); } };
    rattlerFact(startLooks(counted), { home: tree.at("home"), asked: [], deep: false, known: [] });
    expect(looks).toBeLessThan(20);
  });

  it("finds one cache for both tools, and nothing refused in a sound one", () => {
    cache();
    expect(fact()?.caches).toMatchObject([{ root: tree.at(root), pkgs: tree.at(`${root}/pkgs`), tools: ["rattler", "pixi"], from: { call: "default" }, exists: true, denied: [], complete: true }]);
  });

  it("tells the lock of the cache, a package's own file, and copies that only their owner may read", () => {
    cache();
    const foreign = [`${root}/pkgs/.cache.lock`, `${zlib}.lock`, `${root}/shards-v1/${"a".repeat(64)}.msgpack`];
    expect(here(fact({ foreign })?.caches[0]?.denied).sort()).toEqual(foreign.sort());
    expect(fact({ foreign })?.caches[0]).toMatchObject({ deniedCount: 3, movable: true });
  });

  it("tells a directory of somebody else's without what is in it", () => {
    cache();
    expect(here(fact({ foreign: [root] })?.caches[0]?.denied)).toEqual([root]);
    expect(here(fact({ foreign: [`${root}/pkgs`] })?.caches[0]?.denied)).toEqual([`${root}/pkgs`]);
  });

  it("asks nothing about what rattler only reads, or what is not its own", () => {
    cache();
    for (const name of ["CACHEDIR.TAG", "notes.txt", "backup/x", "uv-cache/x"]) tree.file(`${root}/${name}`);
    expect(fact({ foreign: [`${root}/CACHEDIR.TAG`, `${root}/notes.txt`, `${root}/backup`, `${root}/uv-cache`] })?.caches[0]?.denied).toEqual([]);
  });

  it("does not take packages of somebody else's for refused: they are copied instead of linked", () => {
    cache();
    expect(fact({ foreign: [zlib] })?.caches[0]?.denied).toEqual([]);
  });

  it("goes by the variables and by pixi's settings, with the line", () => {
    cache("big");
    expect(fact({ env: { RATTLER_CACHE_DIR: tree.at("big") } })?.caches).toMatchObject([{ root: tree.at("big"), from: { env: "RATTLER_CACHE_DIR" }, tools: ["rattler", "pixi"] }]);
    tree.file("home/.pixi/config.toml", `[cache]\nroot = "${tree.at("big")}"\n`);
    expect(fact()?.caches).toMatchObject([{ root: tree.at("big"), from: { path: tree.at("home/.pixi/config.toml"), line: 2 }, tools: ["pixi"] }]);
  });

  it("asks for the library where a settings file is more than plain strings", () => {
    cache("big");
    tree.file("home/.pixi/config.toml", `cache = { root = "${tree.at("big")}" }\n`);
    expect(hasUnreadPixiConfig(fact())).toBe(true);
    const whole = fact({ request: { reader: readPixiConfig } });
    expect(hasUnreadPixiConfig(whole)).toBe(false);
    expect(whole?.caches.map((one) => one.root)).toEqual([tree.at("big")]);
  });

  it("looks at a place that a variable names before it is made", () => {
    tree.file("shared/x");
    expect(fact({ foreign: ["shared"], env: { RATTLER_CACHE_DIR: tree.at("shared/rattler") } })?.caches).toMatchObject([{ exists: false, denied: [tree.at("shared")] }]);
    expect(fact({ env: { RATTLER_CACHE_DIR: tree.at("shared/rattler") } })?.caches).toMatchObject([{ exists: false, denied: [] }]);
  });

  it("leaves a cache alone that a conda answers for", () => {
    cache();
    expect(fact({ request: { known: [tree.at(`${root}/pkgs`)] } })).toBeUndefined();
  });

  it("reads packages only when asked, and tells just the damaged one", () => {
    cache();
    expect(fact()?.damaged).toBeUndefined();
    expect(fact({ request: { deep: true } })?.damaged).toEqual([]);
    tree.file(`${zlib}/lib/z.so`, "cod!");
    expect(fact({ request: { asked: ["conda-package-corrupt"] } })?.damaged).toMatchObject([{ cache: tree.at(`${root}/pkgs`), package: tree.at(zlib), kind: "package", says: expect.stringContaining("lib/z.so") as string }]);
  });
});

describe("environments of pixi's", () => {
  const env = "home/work/.pixi/envs/default";
  beforeEach(() => {
    tree.file(`${env}/conda-meta/history`);
    tree.file(`${env}/conda-meta/pixi`, "{}");
    tree.file(`${env}/conda-meta/zlib-1.3.1-0.json`, JSON.stringify({ name: "zlib", version: "1.3.1" }));
  });

  it("are found from anywhere in the workspace, and global ones below the home", () => {
    tree.file("home/work/src/deep/x");
    tree.file("home/.pixi/envs/tool/conda-meta/history");
    expect(here(fact({ cwd: "home/work/src/deep" })?.environments.map(({ prefix }) => prefix))).toEqual([env, "home/.pixi/envs/tool"]);
    expect(here(fact({ cwd: "home", env: { CONDA_PREFIX: tree.at(env) } })?.environments.map(({ prefix }) => prefix))).toEqual([env, "home/.pixi/envs/tool"]);
  });

  it("with a record that only root may read: it is refused, and pixi made the environment", () => {
    const record = `${env}/conda-meta/zlib-1.3.1-0.json`;
    const found = fact({ cwd: "home", env: { CONDA_PREFIX: tree.at(env) }, foreign: [record] })?.environments[0];
    expect(found).toMatchObject({ denied: [tree.at(record)], by: "pixi" });
    expect(fact({ cwd: "home/work", foreign: [record] })?.environments[0]).toMatchObject({ denied: [tree.at(record)] });
    expect(fact({ cwd: "home", env: { CONDA_PREFIX: tree.at(env) } })?.environments[0]).toMatchObject({ denied: [] });
  });

  it("with a record that is cut off: told when asked", () => {
    tree.file(`${env}/conda-meta/zlib-1.3.1-0.json`, "{\"name\": \"zl");
    expect(fact({ cwd: "home/work" })?.environments[0]?.brokenRecords).toBeUndefined();
    expect(here(fact({ cwd: "home/work", request: { asked: ["conda-env-corrupt"] } })?.environments[0]?.brokenRecords)).toEqual([`${env}/conda-meta/zlib-1.3.1-0.json`]);
  });
});
