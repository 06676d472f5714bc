import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { propertyRuns } from "./edit-laws.ts";
import { iniText } from "./ini-arbitrary.ts";
import { cureIniFault } from "./ini-cures.ts";
import { parseIni, type IniFaultKind } from "./ini.ts";
import { applyEdits } from "./text-edit.ts";

/** The file after the cure of its first fault of that kind; null when there is no cure. */
const cured = (before: Buffer | string, kind: IniFaultKind): Buffer | null => {
  const bytes = Buffer.from(before);
  const fault = parseIni(bytes).faults.find((one) => one.kind === kind);
  if (fault === undefined) throw new Error(`no ${kind} in it`);
  const edits = cureIniFault(bytes, fault);
  return edits === null ? null : applyEdits(bytes, edits);
};

describe("cureIniFault", () => {
  it.each<[string, IniFaultKind, Buffer | string, string]>([
    ["a header goes below the comments, above the first key", "no-section-header", "# mine\r\n\r\na = 1\r\n", "# mine\r\n\r\n[global]\r\na = 1\r\n"],
    ["a header that comes too late goes up", "no-section-header", "a = 1\n# x\n[global]\nb = 2\n", "[global]\na = 1\n# x\nb = 2\n"],
    ["… and what both say, the later one says", "no-section-header", "a = 1\n[global]\na = 2\n", "[global]\na = 2\n"],
    ["keys go down to a header further below", "no-section-header", "a = 1\n[install]\nc = 3\n[global]\nb = 2\n", "[install]\nc = 3\n[global]\na = 1\nb = 2\n"],
    ["a header gets the bracket it lacks", "no-section-header", "[global\na = 1\n", "[global]\na = 1\n"],
    ["… on either side, below another one", "no-value", "[global]\na = 1\n  \ninstall]\nb = 2\n", "[global]\na = 1\n  \n[install]\nb = 2\n"],
    ["a byte order mark goes", "bom", "\ufeff[global]\na = 1\n", "[global]\na = 1\n"],
    ["UTF-16 becomes UTF-8, line ends kept", "utf16", Buffer.from("\ufeff[global]\r\na = \u00fc\r\n", "utf16le"), "[global]\r\na = \u00fc\r\n"],
    ["… with the big end first and no mark, too", "utf16", Buffer.from("[global]\na = 1\n", "utf16le").swap16(), "[global]\na = 1\n"],
    ["of one key twice the earlier goes", "duplicate-key", "[g]\na = 1\n  2\nb = 3\nA = 4\n", "[g]\nb = 3\nA = 4\n"],
    ["of two spellings the earlier goes", "two-spellings", "[g]\nCache_Dir = 1\ncache-dir = 2\n", "[g]\ncache-dir = 2\n"],
    ["a header that only repeats goes", "duplicate-section", "[g]\na = 1\n# x\n[g]\nb = 2\n", "[g]\na = 1\n# x\nb = 2\n"],
    ["… and with it what the later lines say otherwise", "duplicate-section", "[g]\na = 1\nb = 2\n[g]\na = 3\n", "[g]\nb = 2\na = 3\n"],
    ["a section in two parts is brought together", "duplicate-section", "[g]\na = 1\n\n[h]\nb = 2\n[g]\n# y\nc = 3", "[g]\na = 1\n# y\nc = 3\n\n[h]\nb = 2\n"],
    ["Windows' bytes become UTF-8", "not-utf8", Buffer.from("[g]\n# f\u00fcr \x93x\x94\na = 1\n", "latin1"), "[g]\n# f\u00fcr \u201cx\u201d\na = 1\n"],
    ["… however often it was there before", "two-spellings", "[g]\ncache_dir = 1\ncache_dir = 2\ncache-dir = 3\n", "[g]\ncache-dir = 3\n"],
    ["a broken header that only repeats the section becomes a comment", "no-value", "[g]\na = 1\n[g\nb = 2\n", "[g]\na = 1\n# [g\nb = 2\n"],
    ["a version switch goes", "version-key", "[global]\nversion = 1\na = 2\n", "[global]\na = 2\n"],
    ["a line without a value becomes a comment", "no-value", "[g]\na = 1\nuser\nb = 2\n", "[g]\na = 1\n# user\nb = 2\n"],
  ])("%s", (_what, kind, before, after) => {
    expect(cured(before, kind)?.toString()).toBe(after);
  });

  it.each<[string, IniFaultKind, Buffer | string]>([
    ["text that is sound UTF-8", "not-ascii", "[g]\n# \u00fc\n"],
    ["half a UTF-16 character", "utf16", Buffer.from("\ufeff[g]\na = \ud800\n", "utf16le")],
    ["UTF-16 that ends in mid-character", "utf16", Buffer.from([0xff, 0xfe, 0x5b])],
  ])("leaves alone: %s", (_what, kind, before) => {
    expect(cured(before, kind)).toBe(null);
  });

  it("takes the faults of a file one by one until none is left", () => {
    let bytes: Buffer = Buffer.from("\ufeffcache-dir = /a\nuser\n[global]\nCache_Dir = /b\ncache-dir = /c\nversion = yes\n[install]\na=1\na=2\n[global]\nx=1\n");
    for (let fault = parseIni(bytes).faults[0]; fault !== undefined; fault = parseIni(bytes).faults[0]) {
      const edits = cureIniFault(bytes, fault);
      if (edits === null) throw new Error(`no cure for ${fault.kind}`);
      bytes = applyEdits(bytes, edits);
    }
    expect(bytes.toString()).toBe("[global]\n# user\ncache-dir = /c\nx=1\n[install]\na=2\n");
  });
});

describe("laws of curing", () => {
  const said = (bytes: Buffer): string[] => parseIni(bytes).entries.map(({ name, value }) => JSON.stringify([name, value]));

  it("a cure takes away its fault and brings no other; what the file says stays or was said twice", () => {
    const tried = new Map<string, [cured: number, of: number]>();
    fc.assert(fc.property(iniText, fc.nat(), (text, choice) => {
      const before = Buffer.from(text);
      const { faults } = parseIni(before);
      const fault = faults[choice % Math.max(faults.length, 1)];
      if (fault === undefined) return;
      const count = tried.get(fault.kind) ?? [0, 0];
      tried.set(fault.kind, count);
      count[1]++;
      const edits = cureIniFault(before, fault);
      if (edits === null) return;
      count[0]++;
      const after = applyEdits(before, edits);
      const kinds = (bytes: Buffer): string[] => parseIni(bytes).faults.map(({ kind }) => kind).sort();
      const left = kinds(after);
      const were = kinds(before);
      expect(left.filter((kind) => kind === fault.kind).length).toBeLessThan(were.filter((kind) => kind === fault.kind).length);
      for (const kind of left) expect(left.filter((one) => one === kind).length).toBeLessThanOrEqual(were.filter((one) => one === kind).length);
      // A header that gets its bracket back turns what seemed continuation lines into keys.
      if (/^\s*(?:\[[\w-]+|[\w-]+\])\s*$/.test(fault.text ?? "")) return;
      const old = said(before);
      for (const one of said(after)) expect(old).toContain(one);
      if (!/duplicate|two|version|header/.test(fault.kind)) expect(said(after).toSorted()).toEqual(old.toSorted());
    }), { numRuns: propertyRuns(10_000, process.env) });
    for (const kind of ["bom", "no-section-header", "no-value", "duplicate-key", "duplicate-section", "two-spellings", "version-key"]) {
      const [ok, of] = tried.get(kind) ?? [0, 0];
      expect([kind, of > 10 && ok / of > 0.7]).toEqual([kind, true]);
    }
  });

  it("never throws on anything, and mends every byte that is no UTF-8", () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 120 }), (raw) => {
      const bytes = Buffer.from(raw);
      for (const fault of parseIni(bytes).faults) {
        const edits = cureIniFault(bytes, fault);
        if (fault.kind === "not-utf8" && edits !== null) {
          expect(parseIni(applyEdits(bytes, edits)).faults.some(({ kind, line }) => kind === "not-utf8" && line === fault.line)).toBe(false);
        }
      }
    }), { numRuns: propertyRuns(10_000, process.env), examples: [[Uint8Array.from([0xa0, 0x5b, 0x30])]] });
  });
});
