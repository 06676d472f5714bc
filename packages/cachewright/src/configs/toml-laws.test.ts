import fc from "fast-check";
import { parse } from "smol-toml";
import { describe, expect, it } from "vitest";
import type { ConfigPath } from "./config-data.ts";
import { aimed, expectUntouched, pathsOf, plainEdit, propertyRuns, type Wish } from "./edit-laws.ts";
import { isRefusal, type EditResult } from "./refusal.ts";
import { applyEdits } from "./text-edit.ts";
import { tomlText, wish } from "./toml-arbitrary.ts";
import { addTomlItem, findTomlValue, removeTomlItem, setTomlValue, unsetTomlValue } from "./toml-edits.ts";

const said = (bytes: Uint8Array): unknown => parse(Buffer.from(bytes).toString().replace(/^\ufeff/, ""), { integersAsBigInt: true });

function edit(bytes: Buffer, { do: verb, path, value, at }: Wish): EditResult {
  if (verb === "set") return setTomlValue(bytes, { path, value });
  if (verb === "unset") return unsetTomlValue(bytes, path);
  return verb === "add" ? addTomlItem(bytes, { path, value, at }) : removeTomlItem(bytes, { path, value });
}

const commentsOf = (bytes: Uint8Array): string[] => Buffer.from(bytes).toString().replace(/^\ufeff/, "").split(/\r?\n/).filter((line) => /^\s*#/.test(line));

describe("laws of editing TOML", () => {
  it("an edited file says what it said with the edit made, and all bytes around the edit are still there", () => {
    const counts: Record<string, number> = {};
    const count = (what: string): void => void (counts[what] = (counts[what] ?? 0) + 1);
    fc.assert(fc.property(tomlText, wish, (text, wanted) => {
      const before = Buffer.from(text);
      let original: unknown;
      try {
        original = said(before);
      } catch {
        expect(edit(before, wanted)).toMatchObject({ refused: "syntax", line: expect.any(Number), column: expect.any(Number) });
        count("broken");
        return;
      }
      const meant = aimed(original, wanted);
      const edits = edit(before, meant);
      if (isRefusal(edits)) {
        count(edits.refused);
        return;
      }
      if (edits.length === 0) count("nothing");
      else count(wanted.do);
      const after = applyEdits(before, edits);
      expect(plainEdit(original, meant)).toContainEqual(said(after));
      expectUntouched(before, after, edits);
      if (wanted.do !== "add" && wanted.do !== "set") return;
      expect(commentsOf(after)).toEqual(expect.arrayContaining(commentsOf(before)));
      if (original !== null && Object.keys(original as object).length > 0) expect(after.at(-1) === 10).toBe(before.at(-1) === 10);
    }), { numRuns: propertyRuns(3000, process.env) });
    const made = (counts.set ?? 0) + (counts.unset ?? 0) + (counts.add ?? 0) + (counts.remove ?? 0) + (counts.nothing ?? 0);
    expect(Math.min(counts.set ?? 0, counts.unset ?? 0, counts.add ?? 0, counts.remove ?? 0)).toBeGreaterThan(100);
    expect(counts.unproven ?? 0).toBeLessThan(made / 100);
    expect(counts.broken ?? 0).toBeLessThan(made);
  });

  it("a new key taken out again leaves the very bytes, unless a table had to be made for it", () => {
    let checked = 0;
    fc.assert(fc.property(tomlText, fc.constantFrom<ConfigPath>(["new"], ["tool", "uv", "new"], ["pip", "new"]), (text, path) => {
      const before = Buffer.from(text);
      const parent = findTomlValue(before, path.slice(0, -1));
      const edits = setTomlValue(before, { path, value: "x" });
      if (isRefusal(parent) || isRefusal(edits) || parent === null || edits.some(({ content }) => !content.includes("\n") || /\[|\n\r?\n/.test(content))) return;
      const after = applyEdits(before, edits);
      const back = unsetTomlValue(after, path);
      expect(isRefusal(back)).toBe(false);
      checked++;
      expect(applyEdits(after, isRefusal(back) ? [] : back).toString()).toBe(text);
    }), { numRuns: propertyRuns(1000, process.env) });
    expect(checked).toBeGreaterThan(20);
  });

  it("what is found is what stands there", () => {
    fc.assert(fc.property(tomlText, (text) => {
      const bytes = Buffer.from(text);
      const all = findTomlValue(bytes, []);
      if (isRefusal(all)) return;
      for (const path of pathsOf(said(bytes))) {
        const found = findTomlValue(bytes, path);
        expect(found).toMatchObject({ line: expect.any(Number), column: expect.any(Number) });
      }
    }), { numRuns: propertyRuns(500, process.env) });
  });

  it("never throws on anything", () => {
    fc.assert(fc.property(fc.oneof(fc.uint8Array({ maxLength: 80 }), fc.string({ maxLength: 80 }).map((text) => Buffer.from(text)), tomlText.chain((text) => fc.nat(text.length).map((length) => Buffer.from(text.slice(0, length))))), wish, (bytes, wanted) => {
      const result = edit(Buffer.from(bytes), wanted);
      if (!isRefusal(result)) applyEdits(bytes, result);
    }), { numRuns: propertyRuns(2000, process.env) });
  });
});
