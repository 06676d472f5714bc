import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { placeIn, wholeText } from "../mapped-text.ts";
import { hideExpressions } from "./expressions.ts";

describe("expressions of CI systems", () => {
  const hidden = (text: string): string => hideExpressions(wholeText(text)).text;

  it("are one word nobody knows, and what follows them keeps its place", () => {
    const mapped = hideExpressions(wholeText("a ${{ b }} c $[[ d ]] e"));
    expect(mapped.text).toBe("a ${CI_EXPRESSION} c ${CI_EXPRESSION} e");
    expect(placeIn(mapped, mapped.text.length - 1)).toBe(22);
  });

  it("are the shortest that are closed, wherever the signs stand", () => {
    fc.assert(fc.property(fc.array(fc.constantFrom("${{", "}}", "$[[", "]]", "{", "}", "$", "x", "\n"), { maxLength: 14 }).map((all) => all.join("")), (text) => {
      expect(hidden(text)).toBe(text.replaceAll(/\$\{\{[\s\S]*?\}\}|\$\[\[[\s\S]*?\]\]/g, () => "${CI_EXPRESSION}"));
    }), { numRuns: 3000 });
  });

  // Looking from each to the end of the text would take hours.
  it("come to an end where none of very many is closed", () => {
    const text = "${{ $[[ ".repeat(200_000);
    expect(hidden(text)).toBe(text);
    expect(hidden(`${"$[[".repeat(200_000)} \${{ a }}`)).toContain("CI_EXPRESSION");
  });
});
