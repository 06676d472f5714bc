import { Buffer } from "node:buffer";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { pathFromBytes, pathToBytes } from "./path-bytes.ts";

describe("paths as strings", () => {
  it("leaves valid UTF-8 as it is", () => {
    expect(pathFromBytes(Buffer.from("/home/zoë/📦\n"))).toBe("/home/zoë/📦\n");
    expect(pathToBytes("/home/zoë/📦\n")).toEqual(Buffer.from("/home/zoë/📦\n"));
  });

  it("escapes each byte that is not UTF-8, keeping the text around it", () => {
    expect(pathFromBytes(Buffer.from([0x61, 0xff, 0xc3, 0xa9, 0xc3]))).toBe("a\udcffé\udcc3");
  });

  it("escapes encoded surrogates and overlong forms, which are not UTF-8", () => {
    expect(pathFromBytes(Buffer.from([0xed, 0xa0, 0x80]))).toBe("\udced\udca0\udc80");
    expect(pathFromBytes(Buffer.from([0xc0, 0xaf]))).toBe("\udcc0\udcaf");
  });

  it("gives every sequence of bytes back, also after JSON", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
        const named = bytes.map((byte) => byte || 1);
        const path = JSON.parse(JSON.stringify(pathFromBytes(named))) as string;
        expect([...pathToBytes(path)]).toEqual([...named]);
      }),
      { numRuns: 2000 },
    );
  });

  it("refuses strings that are no path", () => {
    expect(() => pathToBytes("a\0b")).toThrow("NUL");
    expect(() => pathToBytes("a\ud800b")).toThrow("surrogate");
    expect(() => pathToBytes("a\udc41b")).toThrow("surrogate");
  });

  it.skipIf(process.platform !== "linux")("names the same file to the kernel (needs Linux)", () => {
    const dir = mkdtempSync(`${tmpdir()}/path-bytes-`);
    try {
      writeFileSync(pathToBytes(`${dir}/\udcff\udc80`), "");
      const [name] = readdirSync(Buffer.from(dir), { encoding: "buffer" });
      expect([...(name as Buffer)]).toEqual([0xff, 0x80]);
    } finally {
      rmSync(dir, { recursive: true });
    }
  });
});
