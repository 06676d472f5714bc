import { describe, expect, it } from "vitest";
import { parseAge, parseBytes } from "./amounts.ts";

describe("sizes as people type them", () => {
  it.each([
    ["0", 0], ["512", 512], ["5k", 5000], ["5K", 5000], ["5 kB", 5000], ["500M", 5e8], ["1.5GB", 1.5e9], ["5GiB", 5 * 1024 ** 3], ["2.5 gib", 2.5 * 1024 ** 3], ["1T", 1e12],
  ])("%s is %d bytes", (text, bytes) => expect(parseBytes("--free", text)).toBe(bytes));

  it.each(["", "five", "-1", "5X", "5ib", "1e9", "G", "5GG"])("%j is none, and the option is named", (text) => {
    expect(() => parseBytes("--free", text)).toThrow(/--free wants a size/);
  });
});

describe("ages as people type them", () => {
  const hour = 3_600_000;
  it.each([["12h", 12 * hour], ["30d", 720 * hour], ["30 days", 720 * hour], ["2w", 336 * hour], ["6m", 4320 * hour], ["1y", 8760 * hour]])("%s", (text, ms) => expect(parseAge("--older-than", text)).toBe(ms));

  it.each(["", "30", "d", "-3d", "1.5d", "3q"])("%j is none, and the option is named", (text) => {
    expect(() => parseAge("--older-than", text)).toThrow(/--older-than wants an age/);
  });
});
