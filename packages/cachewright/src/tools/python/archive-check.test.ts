import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import { nodeMachine } from "../../machine/node-machine.ts";
import { deflatedZip, recordLine, sampleSdist, sampleWheel, tarOf } from "../../../test/tools/archives.ts";
import { nameDistribution } from "./distribution-name.ts";
import { wholeFile, type FilePart } from "./file-part.ts";
import { checkDistribution, checkSdist } from "./sdist-check.ts";
import { checkWheel, type ArchiveCheck } from "./wheel-check.ts";

const place = mkdtempSync(join(tmpdir(), "cachewright-archives-"));
afterAll(() => rmSync(place, { recursive: true, force: true }));
const looker = nodeMachine();
const file = join(place, "archive");

function partOf(bytes: Buffer): FilePart {
  writeFileSync(file, bytes);
  return { path: file, offset: 0, length: bytes.length };
}

const kinds = ({ faults }: ArchiveCheck): string[] => faults.map(({ kind }) => kind);
const wheel = sampleWheel("demo", "1.0", { files: { "demo/__init__.py": "VALUE = 1\n", "demo/data, more.txt": "x".repeat(5000), "demo/store.bin": "stored" }, stored: ["demo/store.bin"] });

describe("checkWheel", () => {
  it("finds nothing wrong with a sound wheel, and tells whose it is", () =>
    expect(checkWheel(looker, partOf(wheel))).toMatchObject({ faults: [], project: "demo", version: "1.0" }));

  it("reads a wheel that lies within another file", () => {
    writeFileSync(file, Buffer.concat([Buffer.from("headers before"), wheel, Buffer.from("and behind")]));
    expect(checkWheel(looker, { path: file, offset: 14, length: wheel.length })).toMatchObject({ faults: [], project: "demo" });
  });

  it("reads one with a comment, and one behind a program that unpacks it", () => {
    expect(checkWheel(looker, partOf(sampleWheel("demo", "1.0", { comment: "PK\x05\x06 made by hand" }))).faults).toEqual([]);
    expect(checkWheel(looker, partOf(Buffer.concat([Buffer.from("#!/bin/sh\n"), wheel]))).faults).toEqual([]);
  });

  it("finds every cut", () => {
    for (const length of [0, 1, 21, 22, Math.floor(wheel.length / 2), wheel.length - 1]) expect({ length, kinds: kinds(checkWheel(looker, partOf(wheel.subarray(0, length)))) }).toEqual({ length, kinds: ["truncated"] });
    expect(kinds(checkWheel(looker, partOf(wheel.subarray(10))))).toEqual(["malformed"]);
  });

  it("finds a changed bit in any member", () => {
    const plain = sampleWheel("demo", "1.0", { stored: ["demo/__init__.py"] });
    const at = plain.indexOf("VALUE = 1");
    plain.writeUInt8(plain.readUInt8(at) ^ 1, at);
    const { faults } = checkWheel(looker, partOf(plain));
    expect(faults[0]?.kind).toBe("checksum");
    expect(faults[0]?.says).toMatch(/^demo\/__init__\.py has the CRC [0-9a-f]{8} instead of [0-9a-f]{8}$/);
  });

  it("finds a member that was exchanged with its CRC", () => {
    const record = recordLine("demo/__init__.py", "VALUE = 1\n");
    expect(checkWheel(looker, partOf(sampleWheel("demo", "1.0", { files: { "demo/__init__.py": "VALUE = 2\n" }, record })))).toMatchObject({ faults: [{ kind: "mismatch" }] });
    expect(checkWheel(looker, partOf(sampleWheel("demo", "1.0", { record: "demo/__init__.py,,77\n" })))).toMatchObject({ faults: [{ kind: "mismatch", says: "demo/__init__.py has 10 bytes, RECORD says 77" }] });
  });

  it("says what a zip lacks to be a wheel", () => {
    expect(checkWheel(looker, partOf(deflatedZip({ "a.txt": "a" }))).faults).toEqual([{ kind: "malformed", says: "it lacks a .dist-info directory" }]);
    expect(checkWheel(looker, partOf(deflatedZip({ "a-1.dist-info/METADATA": "Name: a\nVersion: 1\n", "a-1.dist-info/RECORD": "" }))).faults).toEqual([{ kind: "malformed", says: "it lacks a-1.dist-info/WHEEL" }]);
  });

  it("does not unpack a bomb", () => {
    const big = Buffer.alloc(70 << 20);
    const bomb = sampleWheel("demo", "1.0", { files: { "demo/zeros": big } });
    expect(checkWheel(looker, partOf(bomb))).toMatchObject({ faults: [], unproven: true });
    const liar = sampleWheel("demo", "1.0", { files: { "demo/zeros": "0".repeat(100) }, lies: { "demo/zeros": { size: 1 << 30 } } });
    expect(checkWheel(looker, partOf(liar))).toMatchObject({ unproven: true });
    const small = sampleWheel("demo", "1.0", { files: { "demo/zeros": "0".repeat(100_000) }, lies: { "demo/zeros": { size: 99 } } });
    expect(kinds(checkWheel(looker, partOf(small)))).toEqual(["checksum"]);
    const folded = sampleWheel("demo", "1.0", { files: { "demo/a": "a".repeat(1000), "demo/b": "a".repeat(1000) }, lies: { "demo/b": { at: 0 } } });
    expect(checkWheel(looker, partOf(folded)).faults[0]?.says).toMatch(/lies within another member$/);
  });

  it("says that a file cannot be read", () => expect(checkWheel(looker, { path: join(place, "absent"), offset: 0, length: 9 }).faults).toEqual([{ kind: "unreadable", says: "it cannot be read: ENOENT" }]));
});

describe("checkSdist", () => {
  const sdist = sampleSdist("demo", "2.0", { "demo-2.0/demo.py": "VALUE = 2\n".repeat(500) });

  it("finds nothing wrong with a sound one, gzipped or zipped", () => {
    expect(checkSdist(looker, partOf(sdist))).toMatchObject({ faults: [], project: "demo", version: "2.0" });
    expect(checkSdist(looker, partOf(deflatedZip({ "demo-2.0/setup.py": "", "demo-2.0/PKG-INFO": "Name: demo\nVersion: 2.0\n" })))).toMatchObject({ faults: [], project: "demo", version: "2.0" });
    expect(checkSdist(looker, partOf(gzipSync(tarOf({ "old-thing-0.1/setup.py": "" }))))).toMatchObject({ faults: [], project: "old-thing", version: "0.1" });
  });

  it("finds cuts and changed bits", () => {
    expect(kinds(checkSdist(looker, partOf(sdist.subarray(0, -20))))).toEqual(["truncated"]);
    const changed = Buffer.from(sdist);
    changed.writeUInt8(changed.readUInt8(changed.length - 6) ^ 1, changed.length - 6);
    expect(kinds(checkSdist(looker, partOf(changed)))).toEqual(["checksum"]);
    expect(kinds(checkSdist(looker, partOf(gzipSync(tarOf({ "demo-2.0/a": "a".repeat(600) }).subarray(0, 700)))))).toEqual(["truncated"]);
    expect(kinds(checkSdist(looker, partOf(gzipSync(Buffer.alloc(2000, "not a tar")))))).toEqual(["malformed"]);
    expect(kinds(checkSdist(looker, partOf(Buffer.alloc(0))))).toEqual(["truncated"]);
  });

  it("leaves open what it cannot unpack", () => expect(checkSdist(looker, partOf(Buffer.from("BZh91AY&SY")))).toMatchObject({ faults: [], unproven: true }));
});

describe("checkDistribution", () => {
  it("tells a wheel from a source distribution by what is in it", () => {
    expect(checkDistribution(looker, partOf(wheel))).toMatchObject({ faults: [], version: "1.0" });
    expect(checkDistribution(looker, partOf(sampleSdist("demo", "2.0")))).toMatchObject({ faults: [], version: "2.0" });
    expect(checkDistribution(looker, partOf(deflatedZip({ "demo-3.0/PKG-INFO": "Name: demo\nVersion: 3.0\n" })))).toMatchObject({ faults: [], version: "3.0" });
  });
});

describe("nameDistribution", () => {
  const nameOf = (bytes: Buffer) => nameDistribution(looker, partOf(bytes));

  it("names a wheel with its tags, and its file as an index does", () => {
    const tags = ["cp311-cp311-manylinux_2_17_x86_64", "cp311-cp311-manylinux2014_x86_64"];
    const filename = "ruamel.yaml-0.17-cp311-cp311-manylinux_2_17_x86_64.manylinux2014_x86_64.whl";
    expect(nameOf(sampleWheel("ruamel.yaml", "0.17", { tags }))).toEqual({ type: "wheel", project: "ruamel.yaml", version: "0.17", tags: "cp311-cp311-manylinux_2_17_x86_64.manylinux2014_x86_64", filename });
    expect(nameOf(sampleWheel("ruamel.yaml", "0.17", { escaped: "ruamel_yaml", tags: ["py2-none-any", "py3-none-any"] }))?.filename).toBe("ruamel_yaml-0.17-py2.py3-none-any.whl");
  });

  it("names a source distribution by PKG-INFO or by its directory", () => {
    expect(nameOf(sampleSdist("PyYAML", "6.0"))).toEqual({ type: "sdist", project: "PyYAML", version: "6.0", tags: null, filename: "PyYAML-6.0.tar.gz" });
    expect(nameOf(gzipSync(tarOf({ "old-thing-0.1/setup.py": "" })))?.filename).toBe("old-thing-0.1.tar.gz");
    expect(nameOf(deflatedZip({ "demo-3.0/PKG-INFO": "Name: demo\nVersion: 3.0\n" }))?.filename).toBe("demo-3.0.zip");
  });

  it("names nothing else", () => {
    for (const bytes of [Buffer.alloc(0), Buffer.from("PK"), Buffer.from("<html>"), gzipSync("<html>"), deflatedZip({ "a.txt": "a" }), wheel.subarray(0, 200)]) expect(nameOf(bytes)).toBeUndefined();
    expect(nameDistribution(looker, { path: join(place, "absent"), offset: 0, length: 99 })).toBeUndefined();
    expect(wholeFile(looker, place)).toEqual({ ok: false, errno: "ENOTREG" });
  });
});

describe("bytes of any kind", () => {
  it("are judged, never thrown at", () => {
    const samples = [wheel, sampleSdist("demo", "2.0")];
    const change = fc.record({ of: fc.nat(1), at: fc.nat(), byte: fc.nat(255), from: fc.nat(), cut: fc.option(fc.nat()) });
    fc.assert(fc.property(change, ({ of, at, byte, cut }) => {
      const bytes = Buffer.from(samples[of] ?? wheel);
      bytes.writeUInt8(byte, at % bytes.length);
      const part = partOf(cut === null ? bytes : bytes.subarray(0, cut % bytes.length));
      for (const check of [checkWheel, checkSdist, checkDistribution]) expect(Array.isArray(check(looker, part).faults)).toBe(true);
      expect(["undefined", "object"]).toContain(typeof nameDistribution(looker, part));
    }), { numRuns: 150 });
    fc.assert(fc.property(fc.constantFrom("PK\x03\x04", "\x1f\x8b\x08\x00", "PK\x05\x06"), fc.uint8Array({ maxLength: 200 }), (magic, rest) => {
      const part = partOf(Buffer.concat([Buffer.from(magic, "latin1"), rest]));
      expect(checkDistribution(looker, part).faults.length).toBeGreaterThan(0);
      expect(nameDistribution(looker, part)).toBeUndefined();
    }), { numRuns: 150 });
  });
});
