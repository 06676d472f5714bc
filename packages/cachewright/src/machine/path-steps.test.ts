import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { childOf, parentOf } from "./path-steps.ts";

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
