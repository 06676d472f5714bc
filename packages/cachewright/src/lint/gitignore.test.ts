import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isIgnoredPath, readGitignore } from "./gitignore.ts";

function ignores(patterns: string, path: string, isDirectory = false): boolean {
  return isIgnoredPath(path, isDirectory, [{ at: "", patterns: readGitignore(patterns) }]);
}

/** The same, told by a regular expression: what the pattern means, without regard to how long that takes. */
function meant(pattern: string): RegExp {
  const parts = pattern.replace(/^\//, "").split("/");
  const source = parts.map((part, i) => {
    const last = i === parts.length - 1;
    if (part === "**") return last ? "[^]+" : "(?:[^/]+/)*";
    const glob = part.replaceAll(/\*+|\?|\[[!^]?\]?[^\]/]*\]|\\.|[.[\]\\]/g, (unit) => {
      if (unit.startsWith("*")) return "[^/]*";
      if (unit === "?") return "[^/]";
      if (unit.length > 2 && unit.startsWith("[")) return `(?!/)[${unit.slice(1, -1).replace(/^[!^]/, "^").replaceAll(/[\\[\]]/g, "\\$&")}]`;
      return [...(unit.length === 2 && unit.startsWith("\\") ? unit.slice(1) : unit)].map((sign) => (/\w/.test(sign) ? sign : `\\${sign}`)).join("");
    });
    return `${glob}${last ? "" : "/"}`;
  }).join("");
  return new RegExp(`^${pattern.includes("/") ? "" : "(?:[^/]+/)*"}${source}$`);
}

describe("patterns of .gitignore", () => {
  it.each([
    ["*.log", "a/b.log", true], ["/*.log", "a/b.log", false], ["a/**", "a", false], ["a/**", "a/b/c", true], ["a/**/c", "a/c", true],
    ["a/**/c", "a/b/b/c", true], ["**/c", "c", true], ["a\\*", "a*", true], ["a\\*", "ab", false], ["[!a]b", "cb", true], ["x[!a]b", "x/b", false],
    ["[]]a", "]a", true], ["[]", "[]", true], ["[a", "[a", true], ["[z-a]", "z", false], ["a\\ ", "a ", true], ["a \t", "a", true], ["*\n!b", "b", false], ["\\!b", "!b", true],
  ])("%j, for %j: %s", (pattern, path, ignored) => {
    expect(ignores(pattern, path)).toBe(ignored);
  });

  it("with a slash at their end are for directories", () => {
    expect([ignores("a/", "a"), ignores("a/", "a", true)]).toEqual([false, true]);
  });

  it("mean what a regular expression would say", () => {
    const part = fc.array(fc.constantFrom("a", "b", "*", "**", "?", "[ab]", "[!a]", "[]a]", "[", "]", "\\*", "\\a", "."), { minLength: 1, maxLength: 6 }).map((all) => all.join(""));
    const pattern = fc.tuple(fc.constantFrom("", "/"), fc.array(fc.oneof(part, fc.constant("**")), { minLength: 1, maxLength: 4 })).map(([start, parts]) => start + parts.join("/"));
    const name = fc.array(fc.constantFrom("a", "b", "*", "[", "]", "."), { minLength: 1, maxLength: 5 }).map((all) => all.join(""));
    const path = fc.array(name, { minLength: 1, maxLength: 4 }).map((names) => names.join("/"));
    fc.assert(fc.property(pattern, path, (one, other) => {
      expect(ignores(one, other)).toBe(meant(one).test(other));
    }), { numRuns: 5000 });
  });

  // Each of these would be tried in more ways than there is time for.
  it("come to an end with any number of stars", () => {
    expect(ignores(`${"*a".repeat(12)}*b`, "a".repeat(200))).toBe(false);
    expect(ignores(`${"*a".repeat(100)}*b`, `${"a".repeat(200)}b`)).toBe(true);
    expect(ignores(`${"**/a/".repeat(60)}b`, `${"a/".repeat(200)}c`)).toBe(false);
    expect(ignores("*a".repeat(300_000), "a".repeat(200))).toBe(false);
  });

  it("come to an end with any number of brackets and blanks", () => {
    expect(ignores("[".repeat(300_000), "[")).toBe(false);
    expect(ignores(`a${" ".repeat(300_000)}b`, "a")).toBe(false);
  });
});
