import { chmodSync, chownSync, linkSync, renameSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { makeSomebody, rootsPlace, uid, type Somebody } from "../../test/fixes/somebody.ts";

const isRoot = process.getuid?.() === 0;
const forRoot = isRoot ? "" : " (needs root)";
let somebody: Somebody;

const at = (name: string): string => join(somebody.home, name);
const given = (name: string, select: "top" | "tree" = "tree") => somebody.planned(somebody.give(at(name), select));
const cache = ".cache/rattler/cache";
const pkgs = `${cache}/pkgs`;
const zlib = `${pkgs}/zlib-1.3.1-h5eee18b_0`;
const json = `${cache}/c663688a.json`;
const shard = `${cache}/shards-v1/${"a".repeat(64)}.msgpack`;

/** A package, its file, the cache's lock and a channel's index, as root's rattler makes them. */
function rootsRattler(base = cache): void {
  somebody.roots(`${base}/pkgs/.cache.lock`);
  somebody.roots(`${base}/pkgs/zlib-1.3.1-h5eee18b_0.lock`);
  somebody.roots(`${base}/pkgs/zlib-1.3.1-h5eee18b_0/info/index.json`, 0o644, "{}");
  somebody.roots(`${base}/pkgs/zlib-1.3.1-h5eee18b_0/lib/libz.so`);
  somebody.roots(`${base}/c663688a.lock`);
  somebody.roots(`${base}/c663688a.json`, 0o600, "{}");
  somebody.roots(`${base}/shards-v1/${"a".repeat(64)}.msgpack`, 0o600);
}

describe.skipIf(!isRoot)(`root in somebody's cache of rattler's${forRoot}`, () => {
  beforeEach(() => {
    somebody = makeSomebody(rootsPlace);
    somebody.users(".cache");
  });
  afterEach(() => somebody.remove());

  it("gives back a cache that root made as a whole, with the copies that only their owner may read", () => {
    rootsRattler();
    for (const top of [".cache/rattler", cache]) {
      const rel = (name: string): string => name.slice(top.length + 1);
      expect(given(top), top).toMatchObject({ given: expect.arrayContaining(["", rel(`${pkgs}/.cache.lock`), rel(`${zlib}.lock`), rel(`${zlib}/lib/libz.so`), rel(json), rel(shard)]) as string[], refused: [] });
    }
  });

  it("gives back single parts in a cache of the user's own", () => {
    somebody.users(".cache/rattler", cache, pkgs);
    rootsRattler();
    for (const name of [`${pkgs}/.cache.lock`, `${zlib}.lock`, `${cache}/c663688a.lock`]) expect(given(name, "top"), name).toMatchObject({ given: [""] });
    expect(given(zlib)).toMatchObject({ given: ["", "info", "info/index.json", "lib", "lib/libz.so"], refused: [] });
    expect(given(`${cache}/shards-v1`)).toMatchObject({ given: ["", `${"a".repeat(64)}.msgpack`], refused: [] });
  });

  it("knows a cache elsewhere by its lock, and pixi's by its place", () => {
    somebody.users("big", ".cache/pixi");
    rootsRattler("big/cache");
    expect(given("big/cache")).toMatchObject({ given: expect.arrayContaining(["", "pkgs/.cache.lock"]) as string[] });
    somebody.roots(".cache/pixi/pkgs/zlib-1.3.1-h5eee18b_0.lock");
    expect(given(".cache/pixi/pkgs")).toMatchObject({ given: ["", "zlib-1.3.1-h5eee18b_0.lock"] });
  });

  it("gives no copy that is closed in a directory of the user's: it can have been moved there", () => {
    somebody.users(".cache/rattler", cache, pkgs, `${cache}/shards-v1`);
    rootsRattler();
    expect(given(json, "top")).toBe("E_REFUSED");
    expect(given(shard, "top")).toBe("E_REFUSED");
    chownSync(at(cache), 0, 0);
    expect(given(cache)).toMatchObject({ refused: expect.arrayContaining([shard]) as string[] });
  });

  it("takes no directory of root's that the user named like one of rattler's", () => {
    somebody.users(".cache/rattler", cache, pkgs);
    somebody.roots(`${pkgs}/.cache.lock`);
    somebody.roots("backup/shadow");
    renameSync(at("backup"), at(`${cache}/shards-v1`));
    expect(given(`${cache}/shards-v1`)).toBe("E_REFUSED");
    somebody.roots("conf/id_rsa.pub");
    renameSync(at("conf"), at(`${pkgs}/conf-1.0-0`));
    expect(given(`${pkgs}/conf-1.0-0`)).toBe("E_REFUSED");
    somebody.roots("other/x.json");
    renameSync(at("other"), at(".cache/pixi"));
    expect(given(".cache/pixi")).toBe("E_REFUSED");
  });

  it("gives nothing closed, nothing of a third person's, no second name, and follows no link", () => {
    rootsRattler();
    chmodSync(somebody.roots(`${zlib}/lib/secret`), 0o600);
    chownSync(somebody.roots(`${zlib}/lib/theirs`), 999, 999);
    linkSync(somebody.roots("../victim"), at(`${zlib}/lib/second`));
    symlinkSync("/etc", at(`${zlib}/etc`));
    const plan = given(cache) as { given: string[]; refused: string[] };
    expect(plan.refused.sort()).toEqual([`${zlib}/lib/second`, `${zlib}/lib/secret`, `${zlib}/lib/theirs`]);
    expect(plan.given.filter((rel) => rel.includes("etc/"))).toEqual([]);
    somebody.users("own/pkgs");
    linkSync(somebody.roots("../lock"), at("own/pkgs/.cache.lock"));
    expect(given("own/pkgs/.cache.lock", "top")).toBe("E_REFUSED");
  });

  it("does nothing where others can put things on the way", () => {
    somebody.users(".cache/rattler");
    rootsRattler();
    chmodSync(at(".cache/rattler"), 0o777);
    expect(given(cache)).toBe("E_REFUSED");
    chmodSync(at(".cache/rattler"), 0o755);
    chownSync(at(".cache/rattler"), 999, 999);
    expect(given(cache)).toBe("E_REFUSED");
  });
});

describe.skipIf(!isRoot)(`root and records that only their owner may read${forRoot}`, () => {
  const record = "work/.pixi/envs/default/conda-meta/zlib-1.3.1-0.json";
  const words = (more: object = {}): string => JSON.stringify({ name: "zlib", version: "1.3.1", build: "0", files: [], paths_data: { paths: [] }, link: { type: 1 }, requested_specs: [], ...more });
  beforeEach(() => { somebody = makeSomebody(rootsPlace); });
  afterEach(() => somebody.remove());

  it("gives back the record of the very package it is named after", () => {
    somebody.users("work", "work/.pixi", "work/.pixi/envs", "work/.pixi/envs/default", "work/.pixi/envs/default/conda-meta");
    somebody.roots(record, 0o600, words());
    expect(given(record, "top")).toEqual({ given: [""], refused: [] });
  });

  it("gives back no other closed file: by its words, its name, its place, or a second name", () => {
    somebody.users("work", "work/.pixi", "work/.pixi/envs", "work/.pixi/envs/default", "work/.pixi/envs/default/conda-meta");
    for (const text of ["", "{}", "[]", "root:x:0:0\n", words({ password: "x" }), words({ name: "other" }), words({ files: "x" })]) {
      somebody.roots(record, 0o600, text);
      expect(given(record, "top"), text).toBe("E_REFUSED");
    }
    somebody.roots("work/zlib-1.3.1-0.json", 0o600, words());
    expect(given("work/zlib-1.3.1-0.json", "top")).toBe("E_REFUSED");
    somebody.roots(record, 0o600, words());
    linkSync(at(record), at("second"));
    expect(given(record, "top")).toBe("E_REFUSED");
  });

  it("gives back an environment that root made with its records, and leaves what else is closed in it", () => {
    const env = "envs/work";
    chownSync(somebody.roots("envs/", 0o755), uid, uid);
    somebody.roots(`${env}/conda-meta/history`);
    somebody.roots(`${env}/conda-meta/zlib-1.3.1-0.json`, 0o600, words());
    somebody.roots(`${env}/conda-meta/other-1-0.json`, 0o600, "{\"secret\": 1}");
    somebody.roots(`${env}/lib/key`, 0o600);
    expect(given(env)).toMatchObject({ given: expect.arrayContaining(["", "conda-meta/zlib-1.3.1-0.json"]) as string[], refused: expect.arrayContaining([`${env}/conda-meta/other-1-0.json`, `${env}/lib/key`]) as string[] });
  });
});

describe.skipIf(!isRoot)(`root and a cache where everybody may put things${forRoot}`, () => {
  beforeEach(() => { somebody = makeSomebody(tmpdir()); });
  afterEach(() => somebody.remove());

  it("leaves everything as it is", () => {
    somebody.users(".cache", ".cache/rattler");
    rootsRattler();
    expect(given(cache)).toBe("E_REFUSED");
    expect(given(`${pkgs}/.cache.lock`, "top")).toBe("E_REFUSED");
  });
});
