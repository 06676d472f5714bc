import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { packed } from "../../../test/tools/uv-samples.ts";
import { readMsgpack } from "./msgpack.ts";

const bytes = (hex: string): Buffer => Buffer.from(hex.replaceAll(" ", ""), "hex");

describe("MessagePack", () => {
  it.each([
    ["c0", null], ["c2", false], ["c3", true], ["7f", 127], ["ff", -1], ["e0", -32], ["cc ff", 255], ["cd 0100", 256], ["ce ffffffff", 4294967295],
    ["cf 0000000100000000", 4294967296], ["d0 80", -128], ["d1 8000", -32768], ["d2 80000000", -2147483648], ["d3 ffffffffffffffff", -1],
    ["ca 3f800000", 1], ["cb 3ff0000000000000", 1], ["a3 736978", "six"], ["d9 03 736978", "six"], ["da 0003 736978", "six"], ["db 00000003 736978", "six"],
    ["92 01 02", [1, 2]], ["dc 0001 01", [1]], ["dd 00000001 01", [1]], ["81 a1 61 01", { a: 1 }], ["de 0001 a1 61 01", { a: 1 }], ["df 00000001 01 02", { 1: 2 }],
  ])("%s", (hex, value) => {
    expect(readMsgpack(bytes(hex))).toEqual({ value, end: bytes(hex).length });
  });

  it("reads bytes and extensions as bytes", () => {
    expect(readMsgpack(bytes("c4 02 0102"))).toEqual({ value: Buffer.from([1, 2]), end: 4 });
    expect(readMsgpack(bytes("d6 ff 01020304"))).toEqual({ value: Buffer.from([1, 2, 3, 4]), end: 6 });
    expect(readMsgpack(bytes("c7 01 05 09"))).toEqual({ value: Buffer.from([9]), end: 4 });
  });

  it("begins where it is told, and tells where it ended", () => expect(readMsgpack(bytes("ffff 01 02"), 2)).toEqual({ value: 1, end: 3 }));

  it.each(["", "c1", "d9 05 61", "92 01", "dd ffffffff 01", "df ffffffff", "81 a1", "c6 ffffffff", "91".repeat(40)])("refuses %s", (hex) => expect(readMsgpack(bytes(hex))).toBeUndefined());

  it("makes nothing of a name that objects are built on", () => {
    const read = readMsgpack(packed({ ["__proto__"]: "x", a: 1 }));
    expect(Object.getPrototypeOf(read?.value)).toBe(Object.prototype);
  });

  it("reads what was written, and never fails on anything else", () => {
    const value = fc.letrec((tie) => ({ any: fc.oneof(fc.string({ maxLength: 40 }), fc.nat(127), fc.boolean(), fc.constant(null), fc.array(tie("any"), { maxLength: 5 })) })).any;
    fc.assert(fc.property(value, (one) => {
      expect(readMsgpack(packed(one))?.value).toEqual(one);
    }), { numRuns: 200 });
    fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), (one) => {
      const read = readMsgpack(Buffer.from(one));
      expect(read === undefined || (read.end > 0 && read.end <= one.length)).toBe(true);
    }), { numRuns: 500 });
  });
});
