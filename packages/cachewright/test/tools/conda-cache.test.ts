import { linkSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, renameSync, rmSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Looker } from "../../src/machine/machine.ts";
import { nodeMachine } from "../../src/machine/node-machine.ts";
import { condaCache, mambaCache } from "../../src/tools/conda/tool-cache.ts";
import type { CacheAsk, CacheEntry, Environment } from "../../src/tools/tool-cache.ts";
import { describeCacheContract } from "./cache-contract.ts";
import { condaCacheOf, condaOf, condaPackage, lantern, mambaCacheOf, put, unpack } from "./conda-samples.ts";

const condas = ["beacon 2.1 download", "beacon 2.1 package", "lantern 1.0 download", "lantern 1.0 package"];
describeCacheContract(condaCache, [
  { name: "conda 26", make: (root) => condaCacheOf(root, 26), names: condas },
  { name: "conda 23.1", make: (root) => condaCacheOf(root, 23), names: condas },
  { name: "mamba's tree", make: mambaCacheOf, names: ["zlib 1.0 download", "zlib 1.0 package"] },
  { name: "conda's and mamba's in one", make(root) { condaCacheOf(root, 26); mambaCacheOf(root); }, names: [...condas, "zlib 1.0 download", "zlib 1.0 package"] },
  {
    name: "notices of channels", names: [],
    make(root) { put(join(root, "notices.cache"), "seen\n"); put(join(root, `${"a1".repeat(32)}.json`), '{"notices": []}'); },
  },
]);

let place: string;
let pkgs: string;
beforeEach(() => {
  place = realpathSync(mkdtempSync(join(tmpdir(), "cachewright-conda-")));
  pkgs = join(place, "pkgs");
  mkdirSync(pkgs);
});
afterEach(() => rmSync(place, { recursive: true, force: true }));

const ask = (changes: Partial<Looker> = {}): CacheAsk => ({ machine: { ...nodeMachine(), ...changes }, root: pkgs, now: Date.now(), versions: [], pythons: [] });
const list = (changes: Partial<Looker> = {}) => condaCache.list(ask(changes));
const entryOf = (id: string): CacheEntry => {
  const entry = list().entries.find((one) => one.id === id);
  if (entry === undefined) throw new Error(`no entry ${id}`);
  return entry;
};
const faults = (): string[] => [...condaCache.verify(ask(), list().entries)].flatMap((verdict) => verdict.faults.map(({ entry, path, kind }) => `${entry} ${kind} ${path.slice(pkgs.length + 1)}`));

describe("what lies in a pkgs directory", () => {
  it("has a kind each, and what conda did not make is no entry", () => {
    condaCacheOf(pkgs, 26);
    for (const file of [
      "c-1.0-0.conda.partial", "lantern-1.0-0.tar.bz2.partial", "lantern-1.0-0.tar.bz2.c~", "x.conda_trash_2", "note.txt", "half-1.0-0/info/paths.json", ".logs/solver.log", ".trash/y",
      "cache/497deca9.ab12.tmp", "cache/repodata_shards.db", "cache/repodata_shards.db-wal", "cache/my-notes.json", "photos/holiday/1.jpg", "mine-1.0-0/thesis.tex", "d-1.0-0.conda",
    ]) put(join(pkgs, file), file.startsWith("d-") ? "" : "x");
    symlinkSync("lantern-1.0-0", join(pkgs, "link-1.0-0"));
    const { entries, foreign } = list();
    expect(entries.filter(({ id }) => !/^(?:lantern-1.0-0(?:\.tar\.bz2)?|beacon-.*|cache\/d0.*)$/.test(id)).map(({ kind, id, recreate }) => `${kind} ${id} ${recreate}`)).toEqual([
      "log .logs/solver.log nothing", "leftover .trash nothing", "download c-1.0-0.conda.partial impossible", "leftover cache/497deca9.ab12.tmp nothing", "index cache/repodata_shards.db download",
      "damaged d-1.0-0.conda impossible", "leftover half-1.0-0 nothing", "leftover lantern-1.0-0.tar.bz2.c~ nothing", "leftover lantern-1.0-0.tar.bz2.partial nothing", "leftover x.conda_trash_2 nothing",
    ]);
    expect(foreign.map((path) => path.slice(pkgs.length + 1))).toEqual(["cache/my-notes.json", "link-1.0-0", "mine-1.0-0", "note.txt", "photos"]);
  });

  it("is told by urls.txt: platform, Python, URL without its token; hashes when they are asked for", () => {
    condaCacheOf(pkgs, 26);
    const beacon = entryOf("beacon-2.1-py312h5eee18b_0");
    expect(beacon).toMatchObject({ detail: "linux-64 py312h5eee18b_0", python: "cp312", url: "https://conda.example/t/***/main/linux-64/beacon-2.1-py312h5eee18b_0.conda", recreate: "download", size: null });
    expect(beacon).not.toHaveProperty("hashes");
    expect(condaCache.details?.(ask(), beacon)).toMatchObject({ detail: "linux-64 py312h5eee18b_0", hashes: { sha256: expect.stringMatching(/^[0-9a-f]{64}$/), md5: expect.stringMatching(/^[0-9a-f]{32}$/) } });
    expect(entryOf("cache/d0dc3046.json")).toMatchObject({ detail: "main/linux-64", url: "https://conda.example/t/***/main/linux-64" });
  });

  it("cannot be had again when nothing says where it came from, or that is gone", () => {
    unpack(join(pkgs, "a-1.0-0"), { name: "a" });
    put(join(pkgs, "b-1.0-0.conda"), condaOf("b-1.0-0"));
    put(join(pkgs, "urls.txt"), `file://${place}/channel/noarch/b-1.0-0.conda\n`);
    expect(list().entries.map(({ id, recreate }) => `${id} ${recreate}`)).toEqual(["a-1.0-0 impossible", "b-1.0-0.conda impossible"]);
    put(join(place, "channel/noarch/b-1.0-0.conda"), "x");
    expect(entryOf("b-1.0-0.conda").recreate).toBe("download");
  });

  it("opens no package's files where urls.txt knows the package", () => {
    condaCacheOf(pkgs, 26);
    const { readFile } = nodeMachine();
    const read: string[] = [];
    list({ readFile: (path, limit) => { read.push(path.slice(pkgs.length + 1)); return readFile(path, limit); } });
    expect(read.sort()).toEqual(["cache/d0dc3046.info.json", "urls.txt"]);
  });

  it("is unknown where it cannot be looked into", () => {
    condaCacheOf(pkgs, 26);
    const { stat, list: readdir } = nodeMachine();
    const closed = list({
      stat: (path) => (path.includes("lantern-1.0-0/info") ? { ok: false, errno: "EACCES" } : stat(path)),
      list: (path) => (path.endsWith("/cache") ? { ok: false, errno: "EACCES" } : readdir(path)),
    });
    expect(closed.unread.map(({ path }) => path.slice(pkgs.length + 1)).sort()).toEqual(["cache", "lantern-1.0-0"]);
    expect(closed.entries.map(({ id }) => id)).not.toContain("lantern-1.0-0");
  });

  it("bears what goes meanwhile", () => {
    condaCacheOf(pkgs, 26);
    const { lstat } = nodeMachine();
    expect(list({ lstat: (path) => (path.includes("lantern") ? { ok: false, errno: "ENOENT" } : lstat(path)) }).entries.map(({ id }) => id)).not.toContain("lantern-1.0-0.tar.bz2");
  });

  it("is the same whichever tool is asked", () => {
    mambaCacheOf(pkgs);
    expect(mambaCache.list(ask())).toEqual(condaCache.list(ask()));
  });
});

describe("verify", () => {
  beforeEach(() => condaCacheOf(pkgs, 26));
  const flip = (path: string, at: number): void => {
    const bytes = readFileSync(join(pkgs, path));
    bytes[at] = (bytes[at] ?? 0) ^ 4;
    writeFileSync(join(pkgs, path), bytes);
  };
  const bz2 = "lantern-1.0-0.tar.bz2";
  const zip = "beacon-2.1-py312h5eee18b_0.conda";

  it.each([
    ["a bit of an archive", () => flip(bz2, 300), `${bz2} checksum ${bz2}`],
    ["a cut archive", () => truncateSync(join(pkgs, bz2), 300), `${bz2} truncated ${bz2}`],
    ["an empty archive", () => truncateSync(join(pkgs, zip), 0), `${zip} truncated ${zip}`],
    ["archives changed for each other", () => { renameSync(join(pkgs, bz2), join(place, "x")); renameSync(join(pkgs, zip), join(pkgs, bz2)); renameSync(join(place, "x"), join(pkgs, zip)); }, `${bz2} mismatch ${bz2}`],
    ["a bit of a file", () => flip("lantern-1.0-0/share/lantern/a.txt", 5), "lantern-1.0-0 checksum lantern-1.0-0/share/lantern/a.txt"],
    ["a cut file", () => truncateSync(join(pkgs, "lantern-1.0-0/share/lantern/a.txt"), 5), "lantern-1.0-0 truncated lantern-1.0-0/share/lantern/a.txt"],
    ["a file that is gone", () => rmSync(join(pkgs, "lantern-1.0-0/share/lantern/b.txt")), "lantern-1.0-0 missing lantern-1.0-0/share/lantern/b.txt"],
    ["a cut index", () => truncateSync(join(pkgs, "lantern-1.0-0/info/index.json"), 9), "lantern-1.0-0 malformed lantern-1.0-0/info/index.json"],
    ["a cut manifest", () => truncateSync(join(pkgs, "lantern-1.0-0/info/paths.json"), 9), "lantern-1.0-0 malformed lantern-1.0-0/info/paths.json"],
    ["a cut record", () => truncateSync(join(pkgs, "lantern-1.0-0/info/repodata_record.json"), 9), "lantern-1.0-0 malformed lantern-1.0-0/info/repodata_record.json"],
    ["another package's directory", () => { rmSync(join(pkgs, "lantern-1.0-0"), { recursive: true }); unpack(join(pkgs, "lantern-1.0-0"), { name: "other" }); }, "lantern-1.0-0 mismatch lantern-1.0-0/info/index.json"],
    ["a cut list of a channel", () => truncateSync(join(pkgs, "cache/d0dc3046.json"), 9), "cache/d0dc3046.json truncated cache/d0dc3046.json"],
    ["a bit of a list's form", () => flip("cache/d0dc3046.json", 0), "cache/d0dc3046.json malformed cache/d0dc3046.json"],
  ])("finds %s", (_, harm, fault) => {
    expect(faults()).toEqual([]);
    harm();
    expect(faults()).toContain(fault);
  });

  it("needs no record for a .conda: its own checksums tell", () => {
    rmSync(join(pkgs, "beacon-2.1-py312h5eee18b_0"), { recursive: true });
    expect([...condaCache.verify(ask(), [entryOf(zip)])][0]).not.toHaveProperty("unproven");
    flip(zip, 1000);
    expect(faults()).toEqual([`${zip} checksum ${zip}`]);
    writeFileSync(join(pkgs, zip), condaOf("lantern-1.0-0"));
    expect(faults()).toEqual([`${zip} mismatch ${zip}`]);
    truncateSync(join(pkgs, zip), 2000);
    expect(faults()).toEqual([`${zip} truncated ${zip}`]);
  });

  it("says of a .tar.bz2 without a record only that it begins and ends well, unless a channel's list knows its digest", () => {
    rmSync(join(pkgs, "lantern-1.0-0"), { recursive: true });
    const verdict = () => [...condaCache.verify(ask(), [entryOf(bz2)])][0];
    expect(verdict()).toMatchObject({ faults: [], unproven: true });
    put(join(pkgs, "cache/e68754d3.info.json"), JSON.stringify({ url: "https://conda.example/t/tk-1234/main/noarch" }));
    put(join(pkgs, "cache/e68754d3.json"), JSON.stringify({ packages: { x: {}, [bz2]: { name: "lantern", depends: ["a {"], md5: "ab5eee85d45f3164d21227583fd11ad2", size: lantern.length } }, removed: [bz2] }));
    expect(verdict()).toEqual({ entry: bz2, bytes: lantern.length, faults: [] });
    flip(bz2, 300);
    expect(faults()).toEqual([`${bz2} checksum ${bz2}`]);
    rmSync(join(pkgs, "cache"), { recursive: true });
    truncateSync(join(pkgs, bz2), 400);
    expect(faults()).toEqual([`${bz2} truncated ${bz2}`]);
  });

  it("takes links for what they are, and old packages by their names", () => {
    put(join(pkgs, "old-1.0-0/info/index.json"), JSON.stringify({ name: "old", version: "1.0", build: "0" }));
    put(join(pkgs, "old-1.0-0/info/files"), "lib/liba.so\nlib/liba.so.1\n");
    put(join(pkgs, "old-1.0-0/lib/liba.so.1"), "code");
    symlinkSync("liba.so.1", join(pkgs, "old-1.0-0/lib/liba.so"));
    const [verdict] = [...condaCache.verify(ask(), [entryOf("old-1.0-0")])];
    expect(verdict).toMatchObject({ faults: [], unproven: true });
  });

  it("never breaks off, whatever bytes it reads", () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), fc.nat(6), (bytes, where) => {
      const file = [bz2, zip, "lantern-1.0-0/info/paths.json", "lantern-1.0-0/info/index.json", "lantern-1.0-0/info/repodata_record.json", "cache/d0dc3046.json", "urls.txt"][where] ?? bz2;
      const before = readFileSync(join(pkgs, file));
      writeFileSync(join(pkgs, file), Buffer.concat([before.subarray(0, bytes.length % before.length), bytes]));
      expect([...condaCache.verify(ask(), list().entries)].length).toBeGreaterThan(3);
      writeFileSync(join(pkgs, file), before);
    }), { numRuns: 120 });
  });
});

describe("usedBy", () => {
  const env = (): string => join(place, "env");
  const used = (...more: string[]): Record<string, string[]> => {
    const environments = [env(), ...more].map((prefix): Environment => ({ kind: "conda", prefix, site: [] }));
    return Object.fromEntries([...condaCache.usedBy?.(ask(), list().entries, environments) ?? []].map(([id, uses]) => [id, uses.map(({ how }) => how)]));
  };
  const record = (name: string, files: readonly string[], link = { type: 1, source: "" }): void => put(join(env(), `conda-meta/${name}-1.0-0.json`), JSON.stringify({ name, version: "1.0", build: "0", files, link }));
  const files = ["share/lantern/a.txt", "share/lantern/b.txt"];
  beforeEach(() => {
    condaCacheOf(pkgs, 26);
    put(join(env(), "share/lantern/none"));
  });

  it("goes by inodes, not by what the record says", () => {
    record("lantern", files);
    put(join(env(), "share/lantern/a.txt"), "a copy");
    expect(used()).toEqual({ "lantern-1.0-0": ["copy"], "lantern-1.0-0.tar.bz2": ["copy"] });
    linkSync(join(pkgs, "lantern-1.0-0/share/lantern/b.txt"), join(env(), "share/lantern/b.txt"));
    expect(used()).toEqual({ "lantern-1.0-0": ["hard-link"], "lantern-1.0-0.tar.bz2": ["copy"] });
  });

  it("misses no soft link, though one file in many is one and the record names another cache", () => {
    const programs = Array.from({ length: 40 }, (_, i) => `bin/p${i}`);
    for (const program of programs) put(join(env(), program), "a copy");
    record("lantern", [...programs, ...files], { type: 3, source: "/somewhere/else/lantern-1.0-0" });
    symlinkSync(join(pkgs, "lantern-1.0-0/share/lantern/b.txt"), join(env(), "share/lantern/b.txt"));
    expect(used()["lantern-1.0-0"]).toEqual(["soft-link"]);
  });

  it("follows a soft link into a package of another name, and over a link in the way", () => {
    record("renamed", ["share/x"]);
    symlinkSync(pkgs, join(place, "by-link"));
    symlinkSync(join(place, "by-link/lantern-1.0-0/share/lantern/a.txt"), join(env(), "share/x"));
    expect(used()).toEqual({ "lantern-1.0-0": ["soft-link"] });
  });

  it("takes no link within the environment for one into the cache", () => {
    record("lantern", ["lib/liba.so"]);
    put(join(env(), "lib/liba.so.1"));
    symlinkSync("liba.so.1", join(env(), "lib/liba.so"));
    expect(used()["lantern-1.0-0"]).toEqual(["copy"]);
  });

  it("does not know what a broken record uses, nor an environment that cannot be listed", () => {
    put(join(env(), "conda-meta/lantern-1.0-0.json"), "{");
    expect(used()["lantern-1.0-0"]).toEqual(["unknown"]);
    const { list: readdir } = nodeMachine();
    const closed = ask({ list: (path) => (path.endsWith("conda-meta") ? { ok: false, errno: "EACCES" } : readdir(path)) });
    expect([...condaCache.usedBy?.(closed, list().entries, [{ kind: "conda", prefix: env(), site: [] }]) ?? []].map(([id]) => id).sort()).toEqual([
      "beacon-2.1-py312h5eee18b_0", "beacon-2.1-py312h5eee18b_0.conda", "lantern-1.0-0", "lantern-1.0-0.tar.bz2",
    ]);
  });

  it("says nothing of environments that use nothing here", () => {
    record("stranger", files);
    expect(used(join(place, "gone"))).toEqual({});
  });
});

describe("distributions", () => {
  it("are the archives, with their digests", () => {
    condaCacheOf(pkgs, 26);
    put(join(pkgs, "c-1.0-0.conda.partial"), "x");
    const held = [...condaCache.distributions?.(ask(), list().entries) ?? []];
    expect(held.map(({ filename }) => filename)).toEqual(["beacon-2.1-py312h5eee18b_0.conda", "lantern-1.0-0.tar.bz2"]);
    expect(held[1]).toMatchObject({ entry: "lantern-1.0-0.tar.bz2", hashes: { sha256: "b47b25b1a6cdf0beba44ef61aba525063acbbee62110d669cdec298977dc6196" }, body: { path: join(pkgs, "lantern-1.0-0.tar.bz2"), offset: 0, length: 504 } });
  });
});

describe("recognises", () => {
  it("takes no base environment, no list of other things, and nothing of rattler's", () => {
    condaPackage(join(place, "root"), { name: "a" }, { url: "https://x/noarch/a-1.0-0.conda", archive: condaOf("a-1.0-0") });
    put(join(place, "root/conda-meta/history"));
    put(join(place, "mine/urls.txt"), "to read on Sunday\n");
    unpack(join(place, "rattler/a-1.0-0"), { name: "a" });
    for (const name of ["root", "mine", "rattler"]) expect({ name, is: condaCache.recognises(nodeMachine(), join(place, name)) }).toEqual({ name, is: false });
  });
});
