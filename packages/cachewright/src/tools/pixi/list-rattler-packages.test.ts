import { describe, expect, it } from "vitest";
import { distOfRattler, isUnpacking } from "./list-rattler-packages.ts";

describe("distOfRattler", () => {
  it.each([
    ["a-1.0-0", "a 1.0 0"], ["a-b-1.0-h1_0", "a-b 1.0 h1_0"], ["a-1.0-0-0123456789abcdef", "a 1.0 0"], ["a-b-1.0-deadbeef", "a-b 1.0 deadbeef"],
  ])("%s is %s", (name, expected) => {
    const dist = distOfRattler(name);
    expect(`${dist?.name} ${dist?.version} ${dist?.build}`).toBe(expected);
  });
});

describe("isUnpacking", () => {
  it.each([[".alpha-1.0-0Ab3d9Z", true], [".tmpAb3d9Z", true], [".cache", false], ["alpha-1.0-0Ab3d9Z", false], [".git", false]])("%s: %s", (name, is) => expect(isUnpacking(name)).toBe(is));
});
