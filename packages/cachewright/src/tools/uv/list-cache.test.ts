import { cpSync, lstatSync, mkdirSync, mkdtempSync, readdirSync, realpathSync, renameSync, rmSync, symlinkSync, unlinkSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { environment, file, link, packed, writeUvSample } from "../../../test/tools/uv-samples.ts";
import type { Looker } from "../../machine/machine.ts";
import { nodeMachine } from "../../machine/node-machine.ts";
import type { CacheAsk, CacheEntry, CacheListing } from "../tool-cache.ts";
import { uvDistributions } from "./distributions.ts";
import { listUvCache } from "./list-cache.ts";
import { uvMovedLinks } from "./moved-links.ts";
import { uvPrunable } from "./prunable.ts";
import { uvCache } from "./tool-cache.ts";

const day = 24 * 3_600_000;
let place: string;
let root: string;
beforeEach(() => {
  place = realpathSync(mkdtempSync(join(tmpdir(), "uv-list-")));
  root = join(place, "cache");
});
afterEach(() => rmSync(place, { recursive: true }));

const asking = (more: Partial<CacheAsk> = {}): CacheAsk => ({ machine: nodeMachine(), root, now: Date.now() + 2 * day, versions: [], pythons: [], ...more });
const list = (more: Partial<CacheAsk> = {}): CacheListing => listUvCache(asking(more));
const find = ({ entries }: CacheListing, id: string): CacheEntry | undefined => entries.find((entry) => entry.id.startsWith(id));
const short = (paths: readonly string[]): string[] => paths.map((path) => path.slice(root.length + 1)).sort();
const archive = (id: string, name = "six", version = "1.0"): void => file(join(root, "archive-v0", id, `${name}-${version}.dist-info`, "METADATA"), "");
const pointer = (path: string, id: string, filename = "six-1.0-py3-none-any.whl"): void => file(join(root, `${path}.rev`), packed([[1, 2], [id, [], filename, 0, null]]));

describe("a wheel", () => {
  it("is its files and the archive that it alone leads to, by the link or the pointer", () => {
    archive("aaaaaaaaaaaaaaaa");
    archive("bbbbbbbbbbbbbbbb");
    link(join(root, "wheels-v8/pypi/six/1.0-py3-none-any"), "../../../archive-v0/aaaaaaaaaaaaaaaa");
    pointer("wheels-v8/pypi/six/1.1-py3-none-any", "bbbbbbbbbbbbbbbb", "six-1.1-py3-none-any.whl");
    const [linked, pointed] = [find(list(), "wheels-v8/pypi/six/1.0"), find(list(), "wheels-v8/pypi/six/1.1")];
    expect(short(linked?.paths ?? [])).toEqual(["archive-v0/aaaaaaaaaaaaaaaa", "wheels-v8/pypi/six/1.0-py3-none-any"]);
    expect(short(pointed?.paths ?? [])).toEqual(["archive-v0/bbbbbbbbbbbbbbbb", "wheels-v8/pypi/six/1.1-py3-none-any.rev"]);
    expect(linked).toMatchObject({ kind: "package", project: "six", version: "1.0", python: "py3", detail: "py3-none-any", size: null, recreate: "download", sealed: [join(root, "archive-v0/aaaaaaaaaaaaaaaa")] });
  });

  it("of Windows has a small file in the place of the link", () => {
    archive("aaaaaaaaaaaaaaaa");
    file(join(root, "wheels-v8/pypi/six/1.0-py3-none-any"), "archive-v0/aaaaaaaaaaaaaaaa");
    expect(short(find(list(), "wheels-v8")?.paths ?? [])).toEqual(["archive-v0/aaaaaaaaaaaaaaaa", "wheels-v8/pypi/six/1.0-py3-none-any"]);
  });

  it("whose name is too long for a file has its tags from the pointer", () => {
    writeUvSample("0.13.9", root);
    expect(list().entries.find(({ project, kind }) => project === "longpkg" && kind === "package")).toMatchObject({ version: "1.2.3", detail: "cp37.cp38.cp39.cp310.cp311.cp312.cp313-none-any.manylinux_2_17_x86_64.manylinux2014_x86_64" });
  });

  it("that was only looked at is metadata", () => {
    file(join(root, "wheels-v8/pypi/six/1.0-py3-none-any.msgpack"), "x");
    file(join(root, "wheels-v8/pypi/six/1.1-py3-none-any.lock"));
    const listing = list();
    expect(listing.entries).toMatchObject([{ id: "wheels-v8/pypi/six/1.0-py3-none-any", kind: "metadata", version: "1.0", size: { files: 1 } }]);
    expect(short(listing.marks)).toEqual(["wheels-v8/pypi/six/1.1-py3-none-any.lock"]);
  });

  it("whose archive is gone is a leftover, and what is known of it stays", () => {
    pointer("wheels-v8/pypi/six/1.0-py3-none-any", "aaaaaaaaaaaaaaaa");
    file(join(root, "wheels-v8/pypi/six/1.0-py3-none-any.msgpack"), "x");
    mkdirSync(join(root, "archive-v0"));
    expect(list().entries.map(({ id, kind }) => [id, kind])).toEqual([["wheels-v8/pypi/six/1.0-py3-none-any", "leftover"], ["wheels-v8/pypi/six/1.0-py3-none-any.msgpack", "metadata"]]);
  });

  it("is a package still where the archives are a link elsewhere", () => {
    mkdirSync(join(place, "big/aaaaaaaaaaaaaaaa"), { recursive: true });
    pointer("wheels-v8/pypi/six/1.0-py3-none-any", "aaaaaaaaaaaaaaaa");
    symlinkSync(join(place, "big"), join(root, "archive-v0"));
    const listing = list();
    expect(listing.entries).toMatchObject([{ kind: "package", paths: [join(root, "wheels-v8/pypi/six/1.0-py3-none-any.rev")] }]);
    expect(short(listing.foreign)).toEqual(["archive-v0"]);
  });
});

describe("an archive", () => {
  it("that several lead to is an entry of its own, which they need and which goes with the last", () => {
    archive("aaaaaaaaaaaaaaaaaaaaaaaa");
    pointer("wheels-v8/pypi/six/1.0-py3-none-any", "aaaaaaaaaaaaaaaaaaaaaaaa");
    pointer("wheels-v8/index/0123456789abcdef/six/1.0-py3-none-any", "aaaaaaaaaaaaaaaaaaaaaaaa");
    const { entries } = list();
    expect(entries.find(({ id }) => id === "archive-v0/aaaaaaaaaaaaaaaaaaaaaaaa")).toMatchObject({ kind: "package", project: "six", version: "1.0", onlyForThem: true });
    expect(entries.filter(({ needs }) => needs?.join() === "archive-v0/aaaaaaaaaaaaaaaaaaaaaaaa").length).toBe(2);
    expect([...uvDistributions(asking(), entries)].map(({ filename, body }) => [filename, "unpacked" in body])).toEqual([["six-1.0-py3-none-any.whl", true], ["six-1.0-py3-none-any.whl", true]]);
  });

  it("that nothing leads to is a leftover, unless it is young, or not all could be seen", () => {
    archive("aaaaaaaaaaaaaaaa");
    expect(list().entries).toMatchObject([{ id: "archive-v0/aaaaaaaaaaaaaaaa", kind: "leftover", project: "six", version: "1.0", recreate: "nothing" }]);
    expect(list().entries[0]?.keep).toBeUndefined();
    expect(list({ now: Date.now() }).entries[0]?.keep).toMatch(/about to/);
    file(join(root, "wheels-v99/pypi/six/x"), "");
    expect(find(list(), "archive-v0")).toMatchObject({ kind: "package", keep: expect.stringMatching(/could not be read/) });
    rmSync(join(root, "wheels-v99"), { recursive: true });
    mkdirSync(join(root, "wheels-v8"));
    const machine = nodeMachine();
    const closed: Looker["list"] = (path) => (path.endsWith("wheels-v8") ? { ok: false, errno: "EACCES" } : machine.list(path));
    const listing = list({ machine: { ...machine, list: closed } });
    expect(find(listing, "archive-v0")?.keep).toMatch(/could not be read/);
    expect(listing.unread).toEqual([{ path: join(root, "wheels-v8"), errno: "EACCES" }]);
  });
});

describe("a source distribution", () => {
  it("has sources and built wheels that go alone, and a record that goes with the last of them", () => {
    writeUvSample("0.13.9", root);
    const own = list().entries.filter(({ project, id }) => project === "linksd" && id.startsWith("sdists"));
    const record = own.find(({ kind }) => kind === "metadata");
    expect(own.map(({ kind, needs, recreate }) => [kind, needs, recreate]).sort()).toEqual([["built-wheel", [record?.id], "build"], ["metadata", undefined, "download"], ["source", [record?.id], "download"]]);
    expect(record).toMatchObject({ onlyForThem: true, url: "http://localhost:8766/files/linksd-1.0.tar.gz", hashes: { sha256: expect.any(String) } });
    expect(own.find(({ kind }) => kind === "built-wheel")?.paths.map((path) => path.split("/").at(-1)?.replace(/^[\w-]{16}$/, "archive")).sort()).toEqual(["1.0-py3-none-any.lock", "archive", "linksd-1.0-py3-none-any", "linksd-1.0-py3-none-any.whl"]);
  });

  it("has revisions that another took the place of, as long as its pointer can be read", () => {
    const shard = "sdists-v11/pypi/six/1.0";
    archive("aaaaaaaaaaaaaaaa");
    for (const id of ["0123456789abcdef", "fedcba9876543210"]) file(join(root, shard, id, "src/PKG-INFO"), "x");
    link(join(root, shard, "0123456789abcdef/six-1.0-py3-none-any"), "../../../../../archive-v0/aaaaaaaaaaaaaaaa");
    pointer(`${shard}/revision`, "fedcba9876543210");
    const old = find(list(), `${shard}/0123456789abcdef`);
    expect(old).toMatchObject({ kind: "leftover", project: "six", version: "1.0" });
    expect(short(old?.paths ?? [])).toEqual(["archive-v0/aaaaaaaaaaaaaaaa", `${shard}/0123456789abcdef`]);
    expect(find(list({ now: Date.now() }), `${shard}/0123456789abcdef`)?.keep).toMatch(/writing/);
    writeFileSync(join(root, shard, "revision.rev"), "broken");
    expect(list().entries.filter(({ kind }) => kind === "leftover")).toEqual([]);
  });
});

describe("buckets", () => {
  it("that no uv here reads go as one, with what only they lead to", () => {
    writeUvSample("0.4.30", root);
    const dead = list({ versions: ["0.13.9"] }).entries;
    expect(dead.map(({ id, kind }) => `${id} ${kind}`).sort()).toEqual(["flat-index-v1 leftover", "sdists-v5 leftover", "simple-v13 leftover", "wheels-v2 leftover"]);
    expect(dead.flatMap(({ paths }) => paths).filter((path) => path.includes("/archive-v0/")).length).toBe(readdirSync(join(root, "archive-v0")).length);
    expect(list({ versions: ["0.13.9", "0.4.30"] }).entries.some(({ kind }) => kind === "leftover")).toBe(false);
    expect(list({ versions: [] }).entries.some(({ kind }) => kind === "leftover")).toBe(false);
  });

  it("leave to a living entry what it shares with a dead one", () => {
    archive("aaaaaaaaaaaaaaaa");
    pointer("wheels-v5/pypi/six/1.0-py3-none-any", "aaaaaaaaaaaaaaaa");
    pointer("wheels-v8/pypi/six/1.0-py3-none-any", "aaaaaaaaaaaaaaaa");
    const listing = list({ versions: ["0.13.9"] });
    expect(short(find(listing, "wheels-v5")?.paths ?? [])).toEqual(["wheels-v5"]);
    expect(short(find(listing, "wheels-v8")?.paths ?? [])).toContain("archive-v0/aaaaaaaaaaaaaaaa");
  });

  it("with something that no uv put there are taken apart, and it stays", () => {
    pointer("wheels-v5/pypi/six/1.0-py3-none-any", "aaaaaaaaaaaaaaaa");
    file(join(root, "wheels-v5/letter.txt"), "Dear all");
    const listing = list({ versions: ["0.13.9"] });
    expect(listing.entries).toMatchObject([{ id: "wheels-v5/pypi/six/1.0-py3-none-any", kind: "leftover" }]);
    expect(short(listing.foreign)).toEqual(["wheels-v5/letter.txt"]);
  });

  it("newer than any known stay as they are", () => {
    file(join(root, "simple-v99/pypi/six.rkyv"), "x");
    expect(list({ versions: ["0.13.9"] }).entries).toMatchObject([{ id: "simple-v99", keep: expect.any(String) }]);
  });
});

it("what is half-written is a leftover when it is old, and kept while it is young", () => {
  for (const path of [".tmpAb12Cd/x", "archive-v0/.tmpAb12Cd/x", "builds-v0/.tmpAb12Cd/pyvenv.cfg", "wheels-v8/pypi/six/.tmpAb12Cd", "simple-v28/pypi/.tmpAb12Cd"]) file(join(root, path), "x");
  expect(list().entries.map(({ kind, keep }) => [kind, keep])).toEqual(Array.from({ length: 5 }, () => ["leftover", undefined]));
  expect(list({ now: Date.now() }).entries.every(({ keep }) => keep !== undefined)).toBe(true);
});

it("what no uv made is no entry, wherever it lies", () => {
  const strange = ["letter.txt", "photos/1.jpg", "wheels-v8/mine/x", "wheels-v8/pypi/six/notes", "wheels-v8/pypi/notes.txt", "sdists-v11/pypi/six/1.0/notes.txt", "sdists-v11/pypi/six/1.0/0123456789abcdef/mine/x", "git-v2/mine/x", "git-v2/db/mine/x", "archive-v0/mine/x", "simple-v28/pypi/notes.txt", "environments-v2/notes", "interpreter-v5/notes"];
  for (const path of strange) file(join(root, path), "x");
  symlinkSync(place, join(root, "wheels-v8/pypi/link"));
  const { entries, foreign, unread } = list();
  expect({ entries, unread }).toEqual({ entries: [], unread: [] });
  expect(foreign.length).toBe(strange.length + 1);
});

it("an environment that is made of links goes with what they lead to", () => {
  archive("aaaaaaaaaaaaaaaa", "tool", "4.0");
  pointer("wheels-v8/pypi/tool/4.0-py3-none-any", "aaaaaaaaaaaaaaaa", "tool-4.0-py3-none-any.whl");
  environment(join(root, "archive-v0/bbbbbbbbbbbbbbbb"), process.execPath);
  link(join(root, "environments-v2/0123456789abcdef/fedcba9876543210"), "../../archive-v0/bbbbbbbbbbbbbbbb");
  expect(find(list(), "environments")).toMatchObject({ project: "tool", version: "4.0", python: "cp312" });
  expect(find(list(), "environments")?.needs).toBeUndefined();
  const metadata = join(root, "archive-v0/bbbbbbbbbbbbbbbb/lib/python3.12/site-packages/tool-4.0.dist-info/METADATA");
  unlinkSync(metadata);
  symlinkSync(join(root, "archive-v0/aaaaaaaaaaaaaaaa/tool-4.0.dist-info/METADATA"), metadata);
  expect(find(list(), "environments")?.needs).toEqual(["wheels-v8/pypi/tool/4.0-py3-none-any"]);
});

it("an environment whose Python is gone is a leftover, a project's own is kept", () => {
  environment(join(root, "archive-v0/bbbbbbbbbbbbbbbb"), join(place, "gone"));
  link(join(root, "environments-v2/0123456789abcdef/fedcba9876543210"), "../../archive-v0/bbbbbbbbbbbbbbbb");
  environment(join(root, "environments-v2/proj-cp3.12.1-69558cfe90a16c50"), process.execPath);
  expect(list().entries.map(({ id, kind, keep }) => [id.split("/")[1], kind, keep !== undefined]).sort()).toEqual([["0123456789abcdef", "leftover", false], ["proj-cp3.12.1-69558cfe90a16c50", "environment", true]]);
});

it("a cache that was moved has the same entries, and its links can be made right", () => {
  writeUvSample("0.4.30", root);
  const before = list();
  const other = join(place, "elsewhere");
  cpSync(root, other, { recursive: true, verbatimSymlinks: true });
  const ask = asking({ root: other });
  const copied = listUvCache(ask);
  expect(copied.entries.map(({ id, paths }) => [id, paths.length])).toEqual(before.entries.map(({ id, paths }) => [id, paths.length]));
  expect(uvMovedLinks(asking(), before.entries)).toEqual([]);
  renameSync(root, join(place, "gone"));
  const moved = uvMovedLinks(ask, copied.entries);
  expect(moved.length).toBe(readdirSync(join(other, "archive-v0")).length);
  expect([...uvCache.verify(ask, copied.entries)].flatMap(({ faults }) => faults).every(({ kind, says }) => kind === "mismatch" && says.includes("moved"))).toBe(true);
  for (const { path, to } of moved) {
    unlinkSync(path);
    symlinkSync(to, path);
  }
  expect(uvMovedLinks(ask, copied.entries)).toEqual([]);
  expect([...uvCache.verify(ask, listUvCache(ask).entries)].flatMap(({ faults }) => faults)).toEqual([]);
});

it("names of any bytes come through as they are", () => {
  const directory = Buffer.concat([Buffer.from(join(root, "simple-v28/pypi/")), Buffer.from([0xff, 0x61])]);
  mkdirSync(join(root, "simple-v28/pypi"), { recursive: true });
  writeFileSync(Buffer.concat([directory, Buffer.from(".rkyv")]), "x");
  const [entry] = list().entries;
  expect(entry).toMatchObject({ kind: "index", size: { files: 1 } });
  expect(nodeMachine().lstat(entry?.paths[0] ?? "").ok).toBe(true);
});

it("the last use is the last reading of the pointer, never before it was written", () => {
  archive("aaaaaaaaaaaaaaaa");
  pointer("wheels-v8/pypi/six/1.0-py3-none-any", "aaaaaaaaaaaaaaaa");
  const path = join(root, "wheels-v8/pypi/six/1.0-py3-none-any.rev");
  utimesSync(path, 2000, 1000);
  expect(find(list(), "wheels")).toMatchObject({ writtenMs: 1_000_000, usedMs: 2_000_000 });
  utimesSync(path, 500, 1000);
  expect(find(list(), "wheels")).toMatchObject({ writtenMs: 1_000_000, usedMs: 1_000_000 });
  expect(lstatSync(path).atimeMs).toBeLessThanOrEqual(Date.now());
});

it("prunable is what the newest uv would prune", () => {
  writeUvSample("0.13.9", root);
  archive("zzzzzzzzzzzzzzzz", "lost", "1.0");
  file(join(root, "wheels-v5/pypi/six/1.0-py3-none-any.msgpack"), "x");
  environment(join(root, "environments-v2/proj-cp3.12.1-69558cfe90a16c50"), process.execPath);
  const ids = (versions: readonly string[]): string[] => uvPrunable(asking({ versions }), list({ versions }).entries).sort();
  expect(ids(["0.13.9"])).toEqual(["archive-v0/zzzzzzzzzzzzzzzz", "environments-v2/proj-cp3.12.1-69558cfe90a16c50", "wheels-v5"]);
  expect(ids(["0.9.30", "0.13.9"])).toEqual(["archive-v0/zzzzzzzzzzzzzzzz", "environments-v2/proj-cp3.12.1-69558cfe90a16c50", "wheels-v5/pypi/six/1.0-py3-none-any"]);
  expect(ids([])).toEqual([]);
});

it("its lock is the one that uv takes; where an old uv or none takes it, nothing of uv's may run", () => {
  writeUvSample("0.13.9", root);
  expect(uvCache.lock(asking({ versions: ["0.13.9"] }))).toEqual({ how: "flock", path: join(root, ".lock"), exclusive: true });
  expect(uvCache.lock(asking({ versions: ["0.13.9", "0.8.18"] }))).toMatchObject({ how: "not-running", commands: ["uv", "uvx"] });
  file(join(place, "pythons/none-cpython-3.12.1-x86_64.tar.gz"), "x");
  expect(uvCache.lock(asking({ root: join(place, "pythons") }))).toMatchObject({ how: "not-running" });
});

it("its wheels can be taken out: those built here as files, the others unpacked, with the hash of what was fetched", () => {
  writeUvSample("0.13.9", root);
  const held = [...uvDistributions(asking(), list().entries)];
  expect(held.map(({ filename }) => filename).sort()).toEqual(["dirsd-1.0-py3-none-any.whl", "gitsd-1.0-py3-none-any.whl", "linksd-1.0-py3-none-any.whl", "longpkg-1.2.3-cp37.cp38.cp39.cp310.cp311.cp312.cp313-none-any.manylinux_2_17_x86_64.manylinux2014_x86_64.whl", "pathpkg-2.0-py3-none-any.whl", "pathsd-1.0-py3-none-any.whl", "plainpkg-1.0-py3-none-any.whl", "urlpkg-3.0-py3-none-any.whl", "urlsd-1.0-py3-none-any.whl", "uvxpkg-4.0-py3-none-any.whl"]);
  expect(held.find(({ filename }) => filename.startsWith("plainpkg"))).toMatchObject({ hashes: { sha256: expect.stringMatching(/^[0-9a-f]{64}$/) }, body: { unpacked: expect.stringContaining("/archive-v0/") } });
  expect(held.find(({ filename }) => filename.startsWith("linksd"))).toMatchObject({ hashes: {}, body: { path: expect.stringMatching(/\.whl$/), offset: 0, length: expect.any(Number) } });
});
