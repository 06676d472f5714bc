import { dirname, join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { childOf, joined, parentOf } from "./path-steps.ts";

describe("parentOf", () => {
  it.each(["/", "/a", "/a/b", "/a/b/", "/a//b", "//a", "//", "a", "a/b", "", ".", "..", "/a/..", "/a b/ü\udc80"])("is the dirname of %j", (path) => {
    expect(parentOf(path)).toBe(dirname(path));
  });
});

describe("childOf", () => {
  it.each(["/", "/a", "/a/", "/a/b", "/a//b", "/a/../b", "/a/.", "a", ".", "", "..", "/a/..b/.c", "/.../..."])("is the join of %j and a name", (directory) => {
    for (const name of ["c", ".c", "c d", "ü\udc80", "c/d"]) expect(childOf(directory, name)).toBe(join(directory, name));
  });
});

describe("any path", () => {
  const part = fc.array(fc.constantFrom("/", ".", "..", "a", "b c", "", "\\", ".x"), { maxLength: 6 }).map((pieces) => pieces.join(""));

  it("is joined as node:path joins it", () => {
    fc.assert(fc.property(fc.array(part, { maxLength: 4 }), (parts) => joined(...parts) === join(...parts)), { numRuns: 5000 });
    fc.assert(fc.property(fc.array(part, { maxLength: 4 }), (parts) => joined("/home", ...parts) === join("/home", ...parts)), { numRuns: 5000 });
  });

  it("has the parent node:path gives it", () => {
    fc.assert(fc.property(part, (path) => parentOf(path) === dirname(path) && parentOf(`/${path}`) === dirname(`/${path}`)), { numRuns: 5000 });
  });
});
