import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { propertyRuns } from "./edit-laws.ts";
import { iniText, key } from "./ini-arbitrary.ts";
import { findEntry, removeIniEntry, setIniValue } from "./ini-edits.ts";
import { optionName, parseIni } from "./ini.ts";
import { applyEdits, type TextEdit } from "./text-edit.ts";

const set = (text: string, section: string, name: string, value: string): string | null => {
  const bytes = Buffer.from(text);
  const edits = setIniValue(bytes, { section, key: name, value });
  return edits === null ? null : applyEdits(bytes, edits).toString();
};

const remove = (text: string, name: string): string => {
  const bytes = Buffer.from(text);
  const entry = parseIni(bytes).entries.find((one) => one.key === name);
  return applyEdits(bytes, entry === undefined ? [] : removeIniEntry(bytes, entry)).toString();
};

describe("setIniValue", () => {
  it.each<[string, string, [string, string, string], string]>([
    ["replaces in place, comments and spacing kept", "# me\n[global]\ncache-dir :  false  \n; end\n", ["global", "cache-dir", "/c"], "# me\n[global]\ncache-dir :  /c  \n; end\n"],
    ["takes pip's other spellings for the same key", "[global]\nCache_Dir=x\n", ["global", "cache-dir", "/c"], "[global]\nCache_Dir=/c\n"],
    ["changes the one that counts of two", "[global]\ncache_dir=1\ncache-dir=2\n", ["global", "cache-dir", "/c"], "[global]\ncache_dir=1\ncache-dir=/c\n"],
    ["replaces a value of several lines", "[g]\na =\n  1\n  2\nb = 3\n", ["g", "a", "4"], "[g]\na = 4\nb = 3\n"],
    ["writes a value of several lines", "[g]\r\na = 1\r\n", ["g", "a", "x\ny"], "[g]\r\na = x\r\n    y\r\n"],
    ["adds after the section's last entry, with the file's line ends", "[g]\r\na = 1\r\n\r\n# about h\r\n[h]\r\n", ["g", "b", "2"], "[g]\r\na = 1\r\nb = 2\r\n\r\n# about h\r\n[h]\r\n"],
    ["adds to an empty section", "[g]\n[h]\n", ["g", "b", "2"], "[g]\nb = 2\n[h]\n"],
    ["keeps a missing last line end missing", "[g]\na = 1", ["g", "b", "2"], "[g]\na = 1\nb = 2"],
    ["indents as its neighbours do", "[g]\n  a = 1\n", ["g", "b", "2"], "[g]\n  a = 1\n  b = 2\n"],
    ["adds a section at the end", "[g]\na = 1", ["h", "b", "2"], "[g]\na = 1\n\n[h]\nb = 2\n"],
    ["begins an empty file", "", ["global", "cache-dir", "/c"], "[global]\ncache-dir = /c\n"],
    ["can say nothing", "[g]\na = 1\n", ["g", "a", ""], "[g]\na = \n"],
  ])("%s", (_what, before, [section, name, value], after) => {
    expect(set(before, section, name, value)).toBe(after);
  });

  it.each<[string, string, [string, string, string]]>([
    ["UTF-16", "[\0g\0]\0", ["g", "a", "1"]],
    ["a key with a delimiter", "[g]\n", ["g", "a=b", "1"]],
    ["a key that reads as a comment", "[g]\n", ["g", "#a", "1"]],
    ["a value with blanks around it", "[g]\n", ["g", "a", " 1"]],
    ["a value with a comment line in it", "[g]\n", ["g", "a", "1\n# 2"]],
    ["a value with an empty line in it", "[g]\n", ["g", "a", "1\n\n2"]],
    ["a section that is no name", "[g]\n", ["x]", "a", "1"]],
    ["half a character", "[g]\n", ["g", "a", "\ud800"]],
    ["a key whose next header would become its value", "[install]\n\u00a0[global]\n    rem\nno-cache-dir = a = b", ["install", "no-cache-dir", "a = b"]],
  ])("refuses what would read back as something else: %s", (_what, before, [section, name, value]) => {
    expect(set(before, section, name, value)).toBe(null);
  });
});

describe("removeIniEntry", () => {
  it.each<[string, string, string, string]>([
    ["takes whole lines, continuation lines included", "[g]\na = 1\n  2\n# c\nb = 3\n", "a", "[g]\n# c\nb = 3\n"],
    ["leaves the header of a section that becomes empty", "[g]\na = 1\n[h]\n", "a", "[g]\n[h]\n"],
    ["keeps a missing last line end missing", "[g]\r\na = 1\r\nb = 2", "b", "[g]\r\na = 1"],
  ])("%s", (_what, before, name, after) => {
    expect(remove(before, name)).toBe(after);
  });
});

describe("laws of editing", () => {
  const setting = fc.record({ section: fc.constantFrom("global", "install", "DEFAULT", "new"), key, value: fc.constantFrom("/c", "", "a = b", "x ; y", "1\n2", "\n1", "\u00fc") });

  /** Every byte outside the edited ranges is still there, in order. */
  const expectUntouched = (before: Buffer, after: Buffer, edits: readonly TextEdit[]): void => {
    const written = edits.reduce((sum, edit) => sum + Buffer.byteLength(edit.content) - edit.length, 0);
    expect(after.length).toBe(before.length + written);
    const first = Math.min(...edits.map(({ offset }) => offset));
    const last = Math.max(...edits.map(({ offset, length }) => offset + length));
    expect(after.subarray(0, first).equals(before.subarray(0, first))).toBe(true);
    expect(after.subarray(after.length - (before.length - last)).equals(before.subarray(last))).toBe(true);
  };

  it("what is set reads back, nothing else changes, and a new key taken out again leaves the very bytes", () => {
    let added = 0;
    let replaced = 0;
    let refused = 0;
    fc.assert(fc.property(iniText, setting, (text, wanted) => {
      const before = Buffer.from(text);
      const file = parseIni(before);
      const present = findEntry(file, wanted);
      const edits = setIniValue(before, wanted);
      if (edits === null) {
        refused++;
        return;
      }
      const after = applyEdits(before, edits);
      const written = findEntry(parseIni(after), wanted);
      expect(written?.value).toBe(wanted.value);
      expectUntouched(before, after, edits);
      const others = (bytes: Buffer, line: number | undefined): string[] => parseIni(bytes).entries.filter((entry) => entry.line !== line).map(({ section, name, value }) => JSON.stringify([section, name, value]));
      expect(others(after, written?.line)).toEqual(others(before, present?.line));
      if (present !== undefined) {
        replaced++;
      } else if (written !== undefined && file.sections.some(({ name }) => name === wanted.section)) {
        added++;
        expect(applyEdits(after, removeIniEntry(after, written)).equals(before)).toBe(true);
      }
    }), { numRuns: propertyRuns(10_000, process.env) });
    expect(Math.min(added, replaced)).toBeGreaterThan(200);
    expect(refused).toBeLessThan(propertyRuns(10_000, process.env) / 20);
  });

  it("an entry taken out is gone, and only it", () => {
    let checked = 0;
    fc.assert(fc.property(iniText, fc.nat(), (text, choice) => {
      const before = Buffer.from(text);
      const { entries, faults } = parseIni(before);
      const entry = entries[choice % Math.max(entries.length, 1)];
      // Between the lines of a broken file stand others that no entry is to take along.
      if (entry === undefined || faults.some(({ kind }) => kind === "no-value")) return;
      checked++;
      const rest = parseIni(applyEdits(before, removeIniEntry(before, entry))).entries;
      const said = (one: { section: string; key: string; value: string }): string => JSON.stringify([one.section, one.key, one.value]);
      expect(rest.map(said)).toEqual(entries.filter((one) => one !== entry).map(said));
    }), { numRuns: propertyRuns(10_000, process.env) });
    expect(checked).toBeGreaterThan(4000);
  });

  it("never throws on anything", () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 120 }), setting, (bytes, wanted) => {
      const edits = setIniValue(bytes, wanted);
      if (edits !== null) expect(findEntry(parseIni(applyEdits(bytes, edits)), wanted)?.value).toBe(wanted.value);
      for (const entry of parseIni(bytes).entries) applyEdits(bytes, removeIniEntry(bytes, entry));
    }), { numRuns: propertyRuns(10_000, process.env) });
  });
});

describe("findEntry", () => {
  it("knows a key by what pip makes of it", () => {
    expect(optionName("--Cache_Dir")).toBe("cache-dir");
    expect(findEntry(parseIni(Buffer.from("[g]\n--Cache_Dir = 1\n[h]\ncache-dir = 2\n")), { section: "g", key: "cache-dir" })?.value).toBe("1");
  });
});
