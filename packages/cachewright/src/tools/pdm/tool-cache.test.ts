import { linkSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync, truncateSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { sampleWheel } from "../../../test/tools/archives.ts";
import { describeCacheContract, type CacheSample } from "../../../test/tools/cache-contract.ts";
import { responseFiles } from "../../../test/tools/responses.ts";
import { askOf, entriesOf, faultsIn, unpackedFiles, writeTree, type Tree } from "../../../test/tools/sample-tree.ts";
import type { Environment, Use } from "../tool-cache.ts";
import { pdmCache } from "./tool-cache.ts";

const built = `wheels/0b/f5/68/${"6".repeat(50)}/spkg-2.0-py3-none-any.whl`;
const hash = `hashes/2e/a0/4f/3f/${"8".repeat(48)}`;
const meta = "metadata/package_meta_b786ef673c45c046387f055a89dc86b7bdc35267.json";
const newPackage = "packages/wpkg-1.0-py3-none-any.whl.cache";
const oldPackage = "packages/wpkg-1.0-py3-none-any";

/** A database of one page, as sqlite writes its head. */
function database(): Buffer {
  const page = Buffer.alloc(4096);
  page.write("SQLite format 3\0", "latin1");
  page.writeUInt16BE(4096, 16);
  page.writeUInt32BE(7, 24);
  page.writeUInt32BE(1, 28);
  page.writeUInt32BE(7, 92);
  return page;
}

const common: Tree = { [built]: sampleWheel("spkg", "2.0"), [hash]: `sha256:${"a".repeat(64)}`, [meta]: '{"wpkg-1.0": [[], "", ""]}', [`self-check/${"4".repeat(56)}`]: '{"latest-version": "2.29.4"}' };
const newCache: Tree = { ...common, "http/http-cache.db": database(), [`${newPackage}/.lock`]: "", [`${newPackage}/.referrers`]: "", ...unpackedFiles(newPackage, { project: "wpkg", version: "1.0" }) };
const oldCache: Tree = {
  ...common, ...responseFiles("http", { url: "https://files.example/simple/wpkg/", type: "application/vnd.pypi.simple.v1+json", content: Buffer.from('{"name":"wpkg","files":[]}') }),
  ...responseFiles("http", { url: "https://files.example/wpkg.whl", type: "application/octet-stream", content: sampleWheel("wpkg", "1.0") }),
  [`${oldPackage}/referrers`]: "", ...unpackedFiles(`${oldPackage}/lib`, { project: "wpkg", version: "1.0" }) };

const names = ["pdm - metadata", "spkg 2.0 built-wheel", "wpkg 1.0 package"];
const samples: CacheSample[] = [
  { name: "pdm 2.12.4", make: (root) => writeTree(root, oldCache), names: [...names, "wpkg - index", "wpkg 1.0 download"] },
  { name: "pdm 2.29.3", make: (root) => writeTree(root, { ...newCache, "use_cache.json": "{}", "plugins/shop-0123456789ab/lib/x.py": "" }), names },
];

describeCacheContract(pdmCache, samples);

let root: string;
let home: string;
beforeEach(() => {
  home = realpathSync(mkdtempSync(join(tmpdir(), "cachewright-pdm-")));
  root = join(home, "cache");
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

describe("pdm's cache", () => {
  it("leaves plugins of projects alone: nobody installs them again", () => {
    writeTree(root, { ...newCache, "plugins/shop-0123456789ab/lib/x.py": "", "notes.txt": "mine" });
    const { entries, marks, foreign } = pdmCache.list(askOf(root));
    expect([marks, foreign]).toEqual([[join(root, "plugins")], [join(root, "notes.txt")]]);
    expect(entries.some(({ id }) => id.startsWith("plugins"))).toBe(false);
  });

  it("has a database with all that sqlite keeps beside it as one entry", () => {
    writeTree(root, { ...newCache, "http/http-cache.db-wal": "w", "http/http-cache.db-shm": "s" });
    expect(entriesOf(pdmCache, root).filter(({ kind }) => kind === "index").map(({ paths }) => paths.map((path) => path.slice(root.length + 6)))).toEqual([["http-cache.db", "http-cache.db-shm", "http-cache.db-wal"]]);
  });

  it("knows a package that was never unpacked whole, and keeps one that is being", () => {
    writeTree(root, { [`${newPackage}/.lock`]: "" });
    expect(entriesOf(pdmCache, root)).toMatchObject([{ id: newPackage, kind: "package", keep: "it may be being unpacked" }]);
    utimesSync(join(root, newPackage), 1, 1);
    expect(entriesOf(pdmCache, root)).toMatchObject([{ id: newPackage, kind: "damaged" }]);
    expect(faultsIn(pdmCache, root)).toEqual([`${newPackage}: missing`]);
  });

  it("finds what is cut off, changed or swapped", () => {
    writeTree(root, newCache);
    truncateSync(join(root, built), 50);
    truncateSync(join(root, hash), 30);
    truncateSync(join(root, meta), 10);
    truncateSync(join(root, "http/http-cache.db"), 2000);
    writeFileSync(join(root, newPackage, "wpkg/__init__.py"), "VALUE = 2\n");
    expect(faultsIn(pdmCache, root).sort()).toEqual([`${built}: truncated`, `${hash}: truncated`, `${meta}: truncated`, "http/http-cache.db: truncated", `${newPackage}: mismatch`].sort());
  });

  it("holds built wheels, and packages of which wheels can be made", () => {
    writeTree(root, oldCache);
    const held = [...(pdmCache.distributions?.(askOf(root), entriesOf(pdmCache, root)) ?? [])];
    expect(held.map(({ filename, body }) => [filename, "unpacked" in body ? body.unpacked.slice(root.length + 1) : "file"]).sort()).toEqual([["spkg-2.0-py3-none-any.whl", "file"], ["wpkg-1.0-py3-none-any.whl", "file"], ["wpkg-1.0-py3-none-any.whl", `${oldPackage}/lib`]]);
  });

  it("reads any bytes without an exception", () => {
    writeTree(root, newCache);
    const files = [built, hash, meta, "http/http-cache.db", `${newPackage}/wpkg-1.0.dist-info/RECORD`, `${newPackage}/.referrers`];
    fc.assert(fc.property(fc.constantFrom(...files), fc.uint8Array({ maxLength: 300 }), fc.nat(200), (file, bytes, at) => {
      const whole = readFileSync(join(root, file));
      writeFileSync(join(root, file), Buffer.concat([whole.subarray(0, at), bytes]));
      const entries = entriesOf(pdmCache, root);
      const verdicts = [...pdmCache.verify(askOf(root), entries)];
      pdmCache.usedBy?.(askOf(root), entries, []);
      writeFileSync(join(root, file), whole);
      return verdicts.length === entries.length;
    }), { numRuns: 100 });
  });
});

describe("who is made of a package of pdm's", () => {
  const site = (name: string): string => join(home, name, "lib/python3.12/site-packages");
  const uses = (environments: readonly Environment[] = []): (readonly [string, readonly Use[]])[] => [...(pdmCache.usedBy?.(askOf(root), entriesOf(pdmCache, root), environments) ?? [])];
  const known = (name: string): Environment => ({ kind: "venv", prefix: join(home, name), site: [site(name)] });
  const referTo = (path: string, name: string): void => writeFileSync(join(root, path), `${site(name)}/wpkg-1.0.dist-info\n`);
  const makeInfo = (name: string): void => { mkdirSync(join(site(name), "wpkg-1.0.dist-info"), { recursive: true }); };

  it("is an environment of links that nobody told us of: the package itself tells", () => {
    writeTree(root, newCache);
    makeInfo("env");
    symlinkSync(join(root, newPackage, "wpkg-1.0.dist-info/METADATA"), join(site("env"), "wpkg-1.0.dist-info/METADATA"));
    referTo(`${newPackage}/.referrers`, "env");
    expect(uses()).toEqual([[newPackage, [{ environment: join(home, "env"), how: "soft-link" }]]]);
  });

  it("is one whose directories are links, and one of which the package does not know", () => {
    writeTree(root, oldCache);
    makeInfo("env");
    symlinkSync(join(root, oldPackage, "lib/wpkg"), join(site("env"), "wpkg"));
    expect(uses([known("env")])).toEqual([[oldPackage, [{ environment: join(home, "env"), how: "soft-link" }]]]);
  });

  it("is one that only a .pth file leads here", () => {
    writeTree(root, oldCache);
    makeInfo("env");
    writeFileSync(join(site("env"), "aaa_wpkg.pth"), `import site;site.addsitedir('${join(root, oldPackage, "lib")}')\n`);
    expect(uses([known("env")])).toEqual([[oldPackage, [{ environment: join(home, "env"), how: "soft-link" }]]]);
  });

  it("is one of hard links, which keeps the bytes", () => {
    writeTree(root, oldCache);
    makeInfo("env");
    mkdirSync(join(site("env"), "wpkg"));
    linkSync(join(root, oldPackage, "lib/wpkg/__init__.py"), join(site("env"), "wpkg/__init__.py"));
    referTo(`${oldPackage}/referrers`, "env");
    expect(uses()).toEqual([[oldPackage, [{ environment: join(home, "env"), how: "hard-link" }]]]);
  });

  it("is not one that is gone, nor one with another version or a copy", () => {
    writeTree(root, newCache);
    referTo(`${newPackage}/.referrers`, "gone");
    makeInfo("copied");
    mkdirSync(join(site("copied"), "wpkg"));
    writeFileSync(join(site("copied"), "wpkg/__init__.py"), "VALUE = 1\n");
    mkdirSync(join(site("other"), "wpkg-2.0.dist-info"), { recursive: true });
    expect(uses([known("copied"), known("other")])).toEqual([]);
    expect(dirname(root)).toBe(home);
  });
});
