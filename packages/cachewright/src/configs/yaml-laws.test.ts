import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseAllDocuments } from "yaml";
import type { ConfigPath } from "./config-data.ts";
import { aimed, expectUntouched, pathsOf, plainEdit, propertyRuns, type Wish } from "./edit-laws.ts";
import { isRefusal, type EditResult } from "./refusal.ts";
import { applyEdits } from "./text-edit.ts";
import { yamlText, yamlWish } from "./yaml-arbitrary.ts";
import { addYamlItem, findYamlValue, removeYamlItem, setYamlValue, unsetYamlValue } from "./yaml-edits.ts";

/** Undefined for what is broken, more than one document, or an alias of nothing. */
const said = (bytes: Uint8Array): unknown => {
  const documents = parseAllDocuments(Buffer.from(bytes).toString().replace(/^\ufeff/, ""), { intAsBigInt: true, logLevel: "silent" });
  if (!Array.isArray(documents) || documents.length > 1 || documents.some(({ errors }) => errors.length > 0) || /: \*x/.test(Buffer.from(bytes).toString())) return documents.length === 0 ? {} : undefined;
  return (documents[0]?.toJS() as unknown) ?? {};
};

function edit(bytes: Buffer, { do: verb, path, value, at }: Wish): EditResult {
  if (verb === "set") return setYamlValue(bytes, { path, value });
  if (verb === "unset") return unsetYamlValue(bytes, path);
  return verb === "add" ? addYamlItem(bytes, { path, value, at }) : removeYamlItem(bytes, { path, value });
}

const commentsOf = (bytes: Uint8Array): string[] => Buffer.from(bytes).toString().replace(/^\ufeff/, "").split(/\r?\n/).filter((line) => /^\s*#/.test(line));
/** conda's signs, wherever they stand. */
const signsOf = (bytes: Uint8Array): string[] => (Buffer.from(bytes).toString().match(/#!\w+/g) ?? []).sort();

describe("laws of editing YAML", () => {
  it("an edited file says what it said with the edit made, and all bytes around the edit are still there", () => {
    const counts: Record<string, number> = {};
    const count = (what: string): void => void (counts[what] = (counts[what] ?? 0) + 1);
    fc.assert(fc.property(yamlText, yamlWish, (text, wanted) => {
      const before = Buffer.from(text);
      const original = said(before);
      if (original === undefined) {
        expect(edit(before, wanted)).toMatchObject({ refused: expect.any(String), line: expect.any(Number), column: expect.any(Number) });
        count("broken");
        return;
      }
      const meant = aimed(original, wanted);
      const edits = edit(before, meant);
      if (isRefusal(edits)) {
        count(edits.refused);
        return;
      }
      count(edits.length === 0 ? "nothing" : meant.do);
      const after = applyEdits(before, edits);
      expect(plainEdit(original, meant)).toContainEqual(said(after));
      expectUntouched(before, after, edits);
      if (meant.do !== "add" && meant.do !== "set") return;
      // In the lines of a long string "#" is a letter.
      if (!/[|>]/.test(text)) expect(commentsOf(after)).toEqual(expect.arrayContaining(commentsOf(before)));
      // Another list takes along the signs of the items it has no more.
      if (meant.do === "add" || !Array.isArray(meant.value)) expect(signsOf(after)).toEqual(signsOf(before));
      if (Object.keys(original as object).length > 0) expect(after.at(-1) === 10).toBe(before.at(-1) === 10);
    }), { numRuns: propertyRuns(2000, process.env) });
    const made = (counts.set ?? 0) + (counts.unset ?? 0) + (counts.add ?? 0) + (counts.remove ?? 0) + (counts.nothing ?? 0);
    expect(Math.min(counts.set ?? 0, counts.unset ?? 0, counts.add ?? 0, counts.remove ?? 0)).toBeGreaterThan(50);
    expect(counts.unproven ?? 0).toBeLessThan(made / 50);
    expect(counts.broken ?? 0).toBeLessThan(made);
  });

  it("a new key taken out again leaves the very bytes", () => {
    let checked = 0;
    fc.assert(fc.property(yamlText, fc.constantFrom<ConfigPath>(["new"], ["proxy_servers", "new"]), fc.constantFrom("x", ["a", "b"]), (text, path, value) => {
      const before = Buffer.from(text);
      const parent = findYamlValue(before, path.slice(0, -1));
      const edits = setYamlValue(before, { path, value });
      if (isRefusal(parent) || isRefusal(edits) || parent === null || parent.value === null || !edits.every(({ length, content }) => length === 0 && content.includes("\n") && !content.startsWith(","))) return;
      const after = applyEdits(before, edits);
      const back = unsetYamlValue(after, path);
      checked++;
      expect(applyEdits(after, isRefusal(back) ? [] : back).toString()).toBe(text);
    }), { numRuns: propertyRuns(600, process.env) });
    expect(checked).toBeGreaterThan(50);
  });

  it("what is found is what stands there", () => {
    fc.assert(fc.property(yamlText, (text) => {
      const bytes = Buffer.from(text);
      if (isRefusal(findYamlValue(bytes, ["a"]))) return;
      for (const path of pathsOf(said(bytes)).filter((path) => path.every((step) => typeof step === "string"))) {
        expect(findYamlValue(bytes, path)).toMatchObject({ line: expect.any(Number), column: expect.any(Number) });
      }
    }), { numRuns: propertyRuns(300, process.env) });
  });

  it("never throws on anything", () => {
    fc.assert(fc.property(fc.oneof(fc.uint8Array({ maxLength: 80 }), fc.string({ maxLength: 80 }).map((text) => Buffer.from(text)), yamlText.chain((text) => fc.nat(text.length).map((length) => Buffer.from(text.slice(0, length))))), yamlWish, (bytes, wanted) => {
      const result = edit(Buffer.from(bytes), wanted);
      if (!isRefusal(result)) applyEdits(bytes, result);
    }), { numRuns: propertyRuns(2000, process.env) });
  });
});
