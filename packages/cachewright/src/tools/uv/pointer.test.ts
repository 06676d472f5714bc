import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { packed, writeUvSample, type UvSampleVersion } from "../../../test/tools/uv-samples.ts";
import { readUvHttpFile } from "./http-file.ts";
import { readInterpreterRecord } from "./interpreter-record.ts";
import { readUvPointer, uvMetadataName } from "./pointer.ts";

const versions: readonly UvSampleVersion[] = ["0.1.45", "0.4.30", "0.12.17", "0.13.9"];
let place: string;
beforeAll(() => {
  place = mkdtempSync(join(tmpdir(), "uv-pointer-"));
  for (const version of versions) writeUvSample(version, join(place, version));
});
afterAll(() => rmSync(place, { recursive: true }));

function bytesOf(version: string, end: string): Buffer {
  const names = readdirSync(join(place, version), { recursive: true, encoding: "utf8" });
  return readFileSync(join(place, version, names.find((name) => name.endsWith(end)) ?? `no ${end}`));
}

const told = { "0.1.45": "plainpkg/plainpkg-1.0-py3-none-any.http", "0.4.30": "plainpkg/plainpkg-1.0-py3-none-any.http", "0.12.17": "plainpkg/1.0-py3-none-any.http", "0.13.9": "plainpkg/1.0-py3-none-any.http" } as const;

describe.each(versions)("a pointer of uv %s", (version) => {
  it("names the archive, the file's URL and its hash", () => {
    const pointer = readUvPointer(bytesOf(version, told[version]), "http");
    expect(pointer).toMatchObject({ id: expect.stringMatching(/^[\w-]{16,21}$/), url: "http://localhost:8766/files/plainpkg-1.0-py3-none-any.whl" });
    expect(pointer).toMatchObject({ hashes: { sha256: expect.stringMatching(/^[0-9a-f]{64}$/) } });
  });

  it("of a file from this machine names the archive", () => {
    const end = version === "0.1.45" || version === "0.4.30" ? "pathpkg-2.0-py3-none-any.rev" : "2.0-py3-none-any.rev";
    expect(readUvPointer(bytesOf(version, end), "rev")).toMatchObject({ id: expect.stringMatching(/^[\w-]{16,21}$/), url: undefined });
  });

  it("of a source distribution names the revision", () => expect(readUvPointer(bytesOf(version, "linksd/1.0/revision.http"), "http")).toMatchObject({ url: "http://localhost:8766/files/linksd-1.0.tar.gz" }));

  it("that is cut anywhere is none, and neither is one with a byte flipped at its end", () => {
    for (const bytes of [bytesOf(version, told[version]), bytesOf(version, "plainpkg.rkyv")]) {
      for (let length = 0; length < bytes.length; length += 7) expect({ length, ...readUvHttpFile(bytes.subarray(0, length)) }).toHaveProperty("fault");
      const flipped = Buffer.from(bytes);
      flipped[bytes.length - 8] = (flipped[bytes.length - 8] ?? 0) ^ 0x10;
      expect(readUvHttpFile(flipped)).toHaveProperty("fault");
    }
  });
});

it("since 0.13 has a checksum of all behind the payload", () => {
  const bytes = bytesOf("0.13.9", told["0.13.9"]);
  const payload = Number(bytes.readBigUInt64LE(bytes.length - 8));
  for (let at = payload; at < bytes.length; at += 1) {
    const flipped = Buffer.from(bytes);
    flipped[at] = (flipped[at] ?? 0) ^ 1;
    expect({ at, ...readUvHttpFile(flipped) }).toHaveProperty("fault");
  }
});

it.each([["a way out", ["../../../../etc", []]], ["no hashes", ["0123456789abcdef"]], ["a number", 7], ["nothing", null], ["a map without an id", { hashes: [] }]])("refuses %s", (_, value) => {
  expect(readUvPointer(packed([[1, 2], value]), "rev")).toHaveProperty("fault");
});

it("takes a file's name only when it is one", () => {
  expect(readUvPointer(packed([[1, 2], ["0123456789abcdef", [], "../six-1.0-py3-none-any.whl"]]), "rev")).toMatchObject({ filename: undefined });
  expect(readUvPointer(packed([[1, 2], ["0123456789abcdef", [{ Sha256: "ab".repeat(32) }], "six-1.0-py3-none-any.whl"]]), "rev")).toEqual({ id: "0123456789abcdef", hashes: { sha256: "ab".repeat(32) }, filename: "six-1.0-py3-none-any.whl", url: undefined });
});

it("knows name and version of metadata, as a list or a map", () => {
  expect(uvMetadataName(["six", "1.17.0", []])).toEqual({ name: "six", version: "1.17.0" });
  expect(uvMetadataName({ name: "six", version: "1.17.0" })).toEqual({ name: "six", version: "1.17.0" });
  expect([uvMetadataName(["../x", "1"]), uvMetadataName(7), uvMetadataName(["six"])]).toEqual([undefined, undefined, undefined]);
});

it("never fails, whatever the bytes are", () => {
  const real = bytesOf("0.13.9", told["0.13.9"]);
  const damaged = fc.tuple(fc.nat(real.length - 1), fc.nat(255), fc.nat(real.length)).map(([at, byte, length]) => {
    const bytes = Buffer.from(real);
    bytes[at] = byte;
    return bytes.subarray(0, length);
  });
  fc.assert(fc.property(fc.oneof(damaged, fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes))), (bytes) => {
    expect(typeof readUvPointer(bytes, "http")).toBe("object");
    expect(typeof readUvPointer(bytes, "rev")).toBe("object");
    readInterpreterRecord(bytes);
  }), { numRuns: 500 });
});
