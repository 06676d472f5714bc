import { describe, expect, it } from "vitest";
import { distance, nearest, unknown } from "./near.ts";

describe("nearest", () => {
  const ids = ["cache-not-owned", "cache-disabled", "cache-write-denied", "disk-full"];

  it("finds slips of the keyboard", () => {
    expect(nearest("cache-not-onwed", ids)).toEqual(["cache-not-owned"]);
    expect(nearest("dsik-full", ids)).toEqual(["disk-full"]);
  });

  it("finds ids by a part of them", () => {
    expect(nearest("owned", ids)).toEqual(["cache-not-owned"]);
  });

  it("offers nothing when nothing is near", () => {
    expect(nearest("zzzzzz", ids)).toEqual([]);
  });
});

describe("distance", () => {
  it("counts a swap of neighbours as one", () => {
    expect(distance("fxi", "fix")).toBe(1);
    expect(distance("", "abc")).toBe(3);
    expect(distance("same", "same")).toBe(0);
  });
});

describe("unknown", () => {
  it("is a usage error with the nearest match", () => {
    const error = unknown("command", "docter", ["doctor", "explain"]);
    expect(error.exitCode).toBe(2);
    expect(error.message).toBe("there is no command docter. Did you mean doctor?");
  });

  it.each([
    ["command", "check", "doctor"], ["command", "version", "--version"], ["command", "cache size", "cache ls"], ["command", "cache purge", "cache clear"], ["config command", "get", "show"],
  ] as const)("knows what other programs call it: %s %s is %s", (what, given, ours) => {
    expect(unknown(what, given, ["completions", "cache show", "set"]).message).toBe(`there is no ${what} ${given}. Did you mean ${ours}?`);
  });

  it("says where all problems are listed when none is near", () => {
    expect(unknown("problem", "disk-ful", ["disk-full", "sudo-home"]).hint).toBe("Its page: cachewright explain disk-full");
    expect(unknown("problem", "zzz", ["disk-full", "sudo-home"]).hint).toBe("All there are: cachewright explain --list");
  });
});
