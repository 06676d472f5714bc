import { describe, expect, it } from "vitest";
import { spread } from "./spread.ts";

describe("spread", () => {
  it("takes everything where that is little", () => {
    expect(spread([1, 2, 3], 3)).toEqual([1, 2, 3]);
    expect(spread([], 3)).toEqual([]);
  });

  it("takes what it may from the first to the last, each once", () => {
    const all = Array.from({ length: 1000 }, (_, i) => i);
    const some = spread(all, 7);
    expect(new Set(some).size).toBe(7);
    expect(some[0]).toBe(0);
    expect(some.at(-1)).toBeGreaterThan(800);
    expect([...some].sort((a, b) => a - b)).toEqual(some);
  });
});
