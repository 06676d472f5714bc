import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checksum } from "./checksum.ts";

describe("checksum", () => {
  it("is the same for the same bytes, and 16 hex digits", () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
      expect(checksum(bytes)).toMatch(/^[0-9a-f]{16}$/);
      expect(checksum(Uint8Array.from(bytes))).toBe(checksum(bytes));
    }));
  });

  it("differs where a bit differs, bytes are missing or zeros were added", () => {
    fc.assert(fc.property(fc.uint8Array({ minLength: 1, maxLength: 200 }), fc.nat(), fc.integer({ min: 0, max: 7 }), fc.integer({ min: 1, max: 9 }), (bytes, place, bit, more) => {
      const other = Uint8Array.from(bytes);
      const at = place % bytes.length;
      other[at] = (other[at] as number) ^ (1 << bit);
      expect(checksum(other)).not.toBe(checksum(bytes));
      expect(checksum(bytes.subarray(0, at))).not.toBe(checksum(bytes));
      expect(checksum(Uint8Array.from([...bytes, ...new Uint8Array(more)]))).not.toBe(checksum(bytes));
    }));
  });

  it("gives every one of a hundred thousand keys its own", () => {
    const sums = new Set(Array.from({ length: 100_000 }, (_, n) => checksum(Buffer.from(`/home/someone/.cache/tool-${n}`))));
    expect(sums.size).toBe(100_000);
  });
});
