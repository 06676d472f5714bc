import { createHash } from "node:crypto";
import { chmodSync, linkSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync, truncateSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { afterAll, afterEach, beforeEach, describe, expect, it } from "vitest";
import { sampleWheel } from "../../../test/tools/archives.ts";
import { describeCacheContract, type CacheSample } from "../../../test/tools/cache-contract.ts";
import { htmlPage, jsonPage, keyPath, putOldestResponse, putOldResponse, putResponse, putWheel } from "../../../test/tools/pip-caches.ts";
import { fill, numpyPage, sdist, sdistUrl, wheel, wheelUrl } from "../../../test/tools/pip-sample.ts";
import { nodeMachine } from "../../machine/node-machine.ts";
import type { CacheAsk, CacheEntry, CacheListing, Verdict } from "../tool-cache.ts";
import realCaches from "./real-caches.json" with { type: "json" };
import { pipCache } from "./tool-cache.ts";
import { wheelKey } from "./wheel-pythons.ts";

const httpNames = ["numpy 1.26.4 download", "numpy 1.26.4 metadata", "PyYAML 6.0 download", "numpy - index", "numpy - index", "pyyaml - index"];

const sourceHash = "ab".repeat(32);
const keyFor = (version: string): string => wheelKey({ interpreter_name: "cp", interpreter_version: version, sha256: sourceHash, url: "https://files.example/spkg-2.0.tar.gz" });
const spkg = { name: "spkg-2.0-py3-none-any.whl", wheel: sampleWheel("spkg", "2.0"), origin: JSON.stringify({ archive_info: { hash: `sha256=${sourceHash}`, hashes: { sha256: sourceHash } }, url: "https://files.example/spkg-2.0.tar.gz" }) };

function real(era: keyof typeof realCaches): (root: string) => void {
  return (root) => {
    for (const [path, bytes] of Object.entries(realCaches[era])) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), Buffer.from(bytes, "base64"));
    }
  };
}

const samples: CacheSample[] = [
  { name: "pip 26.2.1, one page (real)", make: real("26.2.1"), names: ["wpkg - index"] },
  { name: "pip 23.3.2, one page (real)", make: real("23.3.2"), names: ["wpkg - index"] },
  { name: "pip 23.2.1, one page (real)", make: real("23.2.1"), names: ["wpkg - index"] },
  { name: "pip 21.3.1, one page (real)", make: real("21.3.1"), names: ["wpkg - index"] },
  { name: "pip 26.2.1, a built wheel (real)", make: real("wheels-26.2.1"), names: ["spkg 2.0 built-wheel"] },
  { name: "pip 22.3.1, a built wheel (real)", make: real("wheels-22.3.1"), names: ["spkg 2.0 built-wheel"] },
  { name: "http-v2", make: (root) => fill(putResponse, root), names: httpNames },
  { name: "http of pip 10 to 23.2", make: (root) => fill(putOldResponse, root), names: httpNames },
  { name: "http of pip 6 to 9", make: (root) => fill(putOldestResponse, root), names: httpNames },
  {
    name: "everything else", names: ["spkg 2.0 built-wheel", "demo 1.0 built-wheel", "demo 1.0 built-wheel"],
    make: (root) => {
      putWheel(root, keyFor("311"), spkg);
      const key = "c".repeat(56);
      for (const tag of ["cp27-cp27mu-linux_x86_64", "cp36-cp36m-linux_x86_64"]) putWheel(root, key, { name: `demo-1.0-${tag}.whl`, wheel: sampleWheel("demo", "1.0", { tags: [tag] }), origin: spkg.origin });
      mkdirSync(join(root, "selfcheck"));
      writeFileSync(join(root, "selfcheck", "d".repeat(56)), JSON.stringify({ key: "/", last_check: "2026-11-20T10:00:00+00:00", pypi_version: "26.3" }));
      writeFileSync(join(root, "selfcheck.json"), "{}");
      writeFileSync(join(root, "CACHEDIR.TAG"), "Signature: 8a477f597d28d172789f06886806bc55");
      mkdirSync(join(root, "photos"));
      writeFileSync(join(root, "photos", "cat.jpg"), "");
    },
  },
];

describeCacheContract(pipCache, samples);

describe("pip's cache", () => {
  let root = "";
  const now = Date.now();
  const machine = nodeMachine();
  const tops: string[] = [];
  beforeEach(() => {
    root = realpathSync(mkdtempSync(join(tmpdir(), "cachewright-pip-")));
    tops.push(root);
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));
  afterAll(() => tops.forEach((top) => rmSync(top, { recursive: true, force: true })));

  const list = (ask: Partial<CacheAsk> = {}): CacheListing => pipCache.list({ machine, root, now, versions: [], pythons: [], ...ask });
  const only = (ask: Partial<CacheAsk> = {}): CacheEntry | undefined => {
    const { entries } = list(ask);
    expect(entries).toHaveLength(1);
    return entries[0];
  };
  const verify = (ask: Partial<CacheAsk> = {}): Verdict[] => [...pipCache.verify({ machine, root, now, versions: [], pythons: [], ...ask }, list(ask).entries)];
  const faults = (): string[] => verify().flatMap(({ faults }) => faults.map(({ kind, says }) => `${kind}: ${says}`));
  const old = (path: string, days = 40): void => utimesSync(path, new Date(now - days * 86_400_000), new Date(now - days * 86_400_000));

  describe("list", () => {
    it("tells a wheel by its tags, with head and body together", () => {
      putResponse(root, { url: wheelUrl, body: wheel });
      const head = keyPath(root, "http-v2", wheelUrl);
      expect(only()).toMatchObject({ kind: "download", project: "numpy", detail: "cp311-cp311-manylinux_2_17_x86_64.manylinux2014_x86_64", python: "cp311", recreate: "download", paths: [head, `${head}.body`] });
    });

    it("finds addresses and hashes forwards, when they are asked for, and what was yanked", () => {
      fill(putResponse, root);
      const named = list({ origins: true }).entries.filter(({ url }) => url !== undefined).map(({ url, detail, hashes }) => [url, detail, Object.keys(hashes ?? {})]).sort();
      expect(named).toEqual([
        [wheelUrl, "cp311-cp311-manylinux_2_17_x86_64.manylinux2014_x86_64, yanked", ["sha256"]],
        [`${wheelUrl}.metadata`, "metadata, yanked", ["sha256"]],
        [sdistUrl, "sdist", ["sha256"]],
      ]);
    });

    it("resolves addresses that are relative to a page whose index a variable names", () => {
      const url = "https://index.example/files/numpy.whl".replace("numpy.whl", wheelUrl.slice(wheelUrl.lastIndexOf("/") + 1));
      putResponse(root, { url: "https://index.example/simple/numpy/", body: `<a href="../../files/${url.slice(url.lastIndexOf("/") + 1)}">${url.slice(url.lastIndexOf("/") + 1)}</a>`, headers: htmlPage });
      putResponse(root, { url, body: wheel });
      const at = (env: Record<string, string>): (string | undefined)[] => list({ origins: true, machine: nodeMachine({ env }) }).entries.filter(({ kind }) => kind === "download").map((entry) => entry.url);
      expect(at({ PIP_INDEX_URL: "https://index.example/simple" })).toEqual([url]);
      expect(at({})).toEqual([undefined]);
    });

    it("calls a leftover what a write left, and keeps it as long as the write may go on", () => {
      const head = putResponse(root, { url: wheelUrl, body: wheel });
      rmSync(`${head}.body`);
      expect(only()).toMatchObject({ kind: "leftover", keep: "a download may be under way", recreate: "nothing" });
      old(head);
      expect(only()).not.toHaveProperty("keep");
      rmSync(head);
      writeFileSync(`${head}.bodyk3_x9ab1.tmp`, "part");
      old(`${head}.bodyk3_x9ab1.tmp`);
      expect(only()).toMatchObject({ kind: "leftover", detail: "a write that broke off" });
    });

    it("calls damaged what pip passes over or fails on", () => {
      putResponse(root, { url: sdistUrl, body: sdist, stated: sdist.length + 5 });
      expect(only()).toMatchObject({ kind: "damaged", project: "PyYAML", detail: `it has ${sdist.length} of ${sdist.length + 5} bytes` });
      writeFileSync(keyPath(root, "http-v2", sdistUrl), "cc=4,\x82garbage");
      expect(only()).toMatchObject({ kind: "damaged", detail: "its head cannot be read" });
    });

    it("says which Python a built wheel is for, even a pure one, and when that is gone", () => {
      putWheel(root, keyFor("38"), spkg);
      expect(only({ pythons: ["3.8"] })).toMatchObject({ kind: "built-wheel", python: "cp38", recreate: "build" });
      expect(only({ pythons: ["3.8"] })).not.toHaveProperty("unused");
      expect(only({ pythons: ["3.11", "3.12"] })).toMatchObject({ unused: "no Python 3.8 was found" });
      expect(only()).not.toHaveProperty("unused");
    });

    it("says when downloads are for a Python that is gone", () => {
      putResponse(root, { url: wheelUrl, body: wheel });
      expect(only({ pythons: ["3.12"] })).toMatchObject({ unused: "no Python 3.11 was found" });
      expect(only({ pythons: ["3.11.7"] })).not.toHaveProperty("unused");
    });

    it("cannot build again what a directory that is gone was built of", () => {
      putWheel(root, keyFor("311"), { ...spkg, origin: JSON.stringify({ url: "file:///no/such/spkg-2.0.tar.gz", archive_info: {} }) });
      expect(only()?.recreate).toBe("impossible");
    });

    it("says which part of the cache no pip here reads, and calls it left over when it was long unused", () => {
      const path = putOldResponse(root, { url: wheelUrl, body: wheel });
      expect(only({ versions: ["26.3"] })).toMatchObject({ kind: "download", unused: "only pip before 23.3 reads it" });
      expect(only({ versions: ["26.3", "22.0"] })).not.toHaveProperty("unused");
      old(path);
      expect(only({ versions: ["26.3"] })).toMatchObject({ kind: "leftover", project: "numpy", recreate: "nothing" });
      expect(only()).toMatchObject({ kind: "download" });
    });

    it("names no entry behind a link, and counts nothing that has another name as freed", () => {
      const head = putResponse(root, { url: wheelUrl, body: wheel });
      linkSync(`${head}.body`, join(root, "kept.whl"));
      const { entries, foreign } = list();
      expect(foreign).toEqual([join(root, "kept.whl")]);
      expect(entries[0]?.size?.reclaimable).toBeLessThan(entries[0]?.size?.bytes ?? 0);
      rmSync(`${head}.body`);
      symlinkSync(join(root, "kept.whl"), `${head}.body`);
      expect(list().foreign).toContain(`${head}.body`);
      rmSync(join(root, "http-v2"), { recursive: true });
      symlinkSync("/", join(root, "http-v2"));
      expect(list()).toMatchObject({ entries: [], foreign: [join(root, "http-v2"), join(root, "kept.whl")] });
    });

    it.skipIf(process.getuid?.() === 0)("says what it may not look into (needs an ordinary user)", () => {
      putResponse(root, { url: wheelUrl, body: wheel });
      chmodSync(join(root, "http-v2"), 0);
      expect(list().unread).toEqual([{ path: join(root, "http-v2"), errno: "EACCES" }]);
      chmodSync(join(root, "http-v2"), 0o700);
    });
  });

  describe("verify", () => {
    const bodyOf = (url: string): string => `${keyPath(root, "http-v2", url)}.body`;
    const flip = (path: string, at: number): void => {
      const bytes = readFileSync(path);
      bytes.writeUInt8(bytes.readUInt8(at) ^ 4, at);
      writeFileSync(path, bytes);
    };

    it("finds a changed bit by the hash of the page, and without a page by the contents", () => {
      fill(putResponse, root);
      for (const [url, at] of [[wheelUrl, 60], [sdistUrl, 30], [`${wheelUrl}.metadata`, 45]] as const) flip(bodyOf(url), at);
      expect(faults().map((fault) => fault.replace(/[0-9a-f]{64}/g, "…"))).toEqual(Array(3).fill("checksum: its sha256 is …, the index says …"));
      rmSync(root, { recursive: true });
      putResponse(root, { url: wheelUrl, body: wheel });
      putResponse(root, { url: sdistUrl, body: sdist });
      flip(bodyOf(wheelUrl), 60);
      flip(bodyOf(sdistUrl), 30);
      expect(verify().map(({ faults: [first] }) => first?.kind)).toEqual([expect.stringMatching(/checksum|malformed/), expect.stringMatching(/checksum|malformed/)]);
    });

    it("finds cuts, swapped bodies and broken pages", () => {
      fill(putResponse, root);
      truncateSync(bodyOf(sdistUrl), 40);
      expect(faults()).toEqual([`truncated: it has 40 of ${sdist.length} bytes`]);
      writeFileSync(bodyOf(sdistUrl), sdist);
      writeFileSync(bodyOf(wheelUrl), sdist);
      expect(faults()).toEqual([expect.stringMatching(/^(?:truncated|mismatch): it has/)]);
      rmSync(root, { recursive: true });
      const half = gzipSync(numpyPage);
      putResponse(root, { url: "https://index.example/simple/numpy/", body: half.subarray(0, 60), headers: { ...jsonPage, "Content-Encoding": "gzip" } });
      putResponse(root, { url: "https://index.example/simple/pandas/", body: numpyPage.slice(0, 90), headers: jsonPage });
      expect(faults().sort()).toEqual(["checksum: its gzip cannot be unpacked", "malformed: it is no whole JSON"]);
    });

    it("finds damage in responses of every age", () => {
      for (const put of [putOldResponse, putOldestResponse]) {
        const path = put(root, { url: wheelUrl, body: wheel });
        const sound = readFileSync(path);
        expect(faults()).toEqual([]);
        writeFileSync(path, sound.subarray(0, -9));
        expect(faults()).toEqual(["malformed: it is no whole response"]);
        writeFileSync(path, "");
        expect(faults()).toEqual(["malformed: it is empty"]);
        const changed = Buffer.from(sound);
        changed.writeUInt8(changed.readUInt8(120) ^ 1, 120);
        writeFileSync(path, changed);
        expect(faults().length).toBeGreaterThan(0);
      }
      writeFileSync(keyPath(root, "http", wheelUrl), "cc=1,(dp0\nS'response'\n.");
      expect(verify()).toMatchObject([{ faults: [], unproven: true }]);
    });

    it("finds a built wheel that is cut, changed, another one, or without a usable origin", () => {
      const path = putWheel(root, keyFor("311"), spkg);
      expect(faults()).toEqual([]);
      writeFileSync(join(dirname(path), "origin.json"), "{");
      expect(faults()).toEqual(["malformed: it names no address"]);
      writeFileSync(join(dirname(path), "origin.json"), spkg.origin);
      writeFileSync(path, sampleWheel("other", "2.0"));
      expect(faults()).toEqual(["mismatch: it is other 2.0"]);
      writeFileSync(path, spkg.wheel.subarray(0, -1));
      expect(list().entries).toMatchObject([{ kind: "damaged", detail: "it does not end as a zip does" }]);
      expect(faults()).toEqual(["truncated: it does not end as a zip does"]);
      writeFileSync(path, "");
      expect(faults()).toEqual(["truncated: it is empty"]);
    });

    it("survives bytes of any kind", () => {
      const heads = ["cc=4,", "cc=2,", "cc=1,", "cc=4,\x82\xa8response\x86\xa4body\xc4", ""].map((head) => Buffer.from(head, "latin1"));
      fc.assert(fc.property(fc.nat(4), fc.uint8Array({ maxLength: 80 }), fc.boolean(), (which, bytes, isNew) => {
        const path = keyPath(root, isNew ? "http-v2" : "http", wheelUrl);
        mkdirSync(dirname(path), { recursive: true });
        writeFileSync(path, Buffer.concat([heads[which] ?? Buffer.alloc(0), bytes]));
        if (isNew) writeFileSync(`${path}.body`, bytes);
        expect(list({ origins: true }).entries.length).toBe(1);
        expect(verify()).toHaveLength(1);
        expect([...(pipCache.distributions?.({ machine, root, now, versions: [], pythons: [] }, list().entries) ?? [])]).toEqual([]);
        rmSync(root, { recursive: true });
      }), { numRuns: 100 });
    });
  });

  describe("distributions", () => {
    const held = (): string[] => [...(pipCache.distributions?.({ machine, root, now, versions: [], pythons: [] }, list().entries) ?? [])]
      .map(({ filename, body, hashes }) => `${filename} ${"path" in body ? createHash("sha256").update(readFileSync(body.path).subarray(body.offset, body.offset + body.length)).digest("hex") === createHash("sha256").update(filename.endsWith(".gz") ? sdist : filename.startsWith("spkg") ? spkg.wheel : wheel).digest("hex") : "?"} ${Object.keys(hashes).join()}`).sort();

    it("are wheels and source distributions, wherever their bytes lie", () => {
      for (const put of [putResponse, putOldResponse]) {
        fill(put, root);
        putWheel(root, keyFor("311"), spkg);
        expect(held()).toEqual(["PyYAML-6.0.tar.gz true sha256", "numpy-1.26.4-cp311-cp311-manylinux_2_17_x86_64.manylinux2014_x86_64.whl true sha256", "spkg-2.0-py3-none-any.whl true "]);
        rmSync(root, { recursive: true });
      }
      fill(putOldestResponse, root);
      expect(held()).toEqual([]);
    });
  });

  it("keeps pip out for built wheels only", () => {
    const ask: CacheAsk = { machine, root, now, versions: [], pythons: [] };
    putResponse(root, { url: wheelUrl, body: wheel });
    expect(pipCache.lock(ask, list().entries).how).toBe("not-needed");
    putWheel(root, keyFor("311"), spkg);
    expect(pipCache.lock(ask, list().entries).how).toBe("not-running");
    expect(pipCache.lock(ask).how).toBe("not-running");
  });
});
