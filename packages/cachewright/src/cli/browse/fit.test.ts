import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cut, fitted, foldedText, shownColumns } from "./fit.ts";

const anyText = fc.oneof(fc.string({ unit: "grapheme" }), fc.array(fc.constantFrom("a", "漢", "e\u0301", "👩‍👩‍👧", "\u001b[1m", "\u001b[0m", " "), { maxLength: 30 }).map((parts) => parts.join("")));

describe("text in a number of columns", () => {
  it("is cut with a sign, wide characters whole, marks with what they stand on", () => {
    expect(cut("abcdef", 4)).toBe("abc…");
    expect(cut("漢字かな", 4)).toBe("漢…");
    expect(cut("e\u0301e\u0301e\u0301", 2)).toBe("e\u0301…");
    expect(cut("abc", 3)).toBe("abc");
    expect(cut("abc", 0)).toBe("");
  });

  it("keeps colours, and ends them", () => {
    expect(cut("\u001b[1mabcdef\u001b[0m", 3, "~")).toBe("\u001b[1mab~\u001b[0m");
    expect(fitted("\u001b[1mab\u001b[0m", 4)).toBe("\u001b[1mab\u001b[0m  ");
  });

  it("goes on in the next line where nothing may be lost", () => {
    expect(foldedText("abcdef\ngh", 4)).toEqual(["abcd", "ef", "gh"]);
    expect(foldedText("漢字か", 5)).toEqual(["漢字", "か"]);
  });

  it("tears a word only where it is wider than the line", () => {
    expect(foldedText("one two three", 10)).toEqual(["one two", "three"]);
    expect(foldedText("one two three", 7)).toEqual(["one two", "three"]);
    expect(foldedText("a \u001b[1mbcdef\u001b[0m g", 6)).toEqual(["a", "\u001b[1mbcdef\u001b[0m", "g"]);
    expect(foldedText("  abcdefgh ij", 6)).toEqual(["  abcd", "efgh", "ij"]);
  });

  it("never takes more, whatever it is", () => {
    fc.assert(fc.property(anyText, fc.nat(30), (text, width) => {
      const line = text.replaceAll("\n", " ");
      expect(shownColumns(cut(line, width))).toBeLessThanOrEqual(width);
      expect(foldedText(line, width).map(shownColumns).filter((wide) => wide > Math.max(2, width))).toEqual([]);
      expect(foldedText(line, width).join("").replaceAll(" ", "")).toBe(line.trimEnd().replaceAll(" ", ""));
    }));
  });
});
