import { describe, expect, it } from "vitest";
import { bytesText, countText } from "./amounts.ts";

describe("bytesText", () => {
  it.each([
    [0, "0 bytes"], [1, "1 byte"], [999, "999 bytes"], [1000, "1.0 kB"], [9_940, "9.9 kB"], [9_960, "10 kB"],
    [999_499, "999 kB"], [999_500, "1.0 MB"], [1_234_567, "1.2 MB"], [5e12, "5.0 TB"],
  ])("%d is %s", (bytes, text) => {
    expect(bytesText(bytes)).toBe(text);
  });
});

describe("countText", () => {
  it.each([[0, "0 steps"], [1, "1 step"], [999, "999 steps"], [300_000, "300,000 steps"]])("%d is %s", (count, text) => {
    expect(countText(count, "step")).toBe(text);
  });
});
