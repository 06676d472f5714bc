import { describe, expect, it } from "vitest";
import { comparePipVersions, pipAtLeast } from "./version.ts";

describe("comparePipVersions", () => {
  it("orders what pip released, development and pre-releases included", () => {
    const released = [
      "1.5.6", "6.0.4", "9.0.3", "10.0.0b1", "10.0.0b2", "10.0.0", "10.0.1", "18.1", "19.3.1", "20.0", "20.0.2", "20.3b1.dev0",
      "20.3b1", "20.3", "20.3.4", "21.0", "21.1.3", "22.1b1", "22.1", "24.1b2", "24.1", "26.2.1", "26.3.dev0", "26.3", "26.3.post1",
    ];
    const shuffled = [...released].sort((a, b) => (a < b ? 1 : -1));
    expect(shuffled.sort(comparePipVersions)).toEqual(released);
  });

  it("takes missing parts as zero", () => {
    expect(comparePipVersions("20.3", "20.3.0")).toBe(0);
    expect(comparePipVersions("v20.3", "20.3.0")).toBe(0);
  });

  it("puts what is no version before every version", () => {
    expect(comparePipVersions("unknown", "0.1")).toBeLessThan(0);
    expect(comparePipVersions("0.1", "")).toBeGreaterThan(0);
    expect(comparePipVersions("", "unknown")).toBe(0);
  });
});

describe("pipAtLeast", () => {
  it("does not count a pre-release as its release", () => {
    expect(pipAtLeast("26.3.dev0", "26.3")).toBe(false);
    expect(pipAtLeast("26.3", "26.3")).toBe(true);
    expect(pipAtLeast("9.0.3", "10")).toBe(false);
    expect(pipAtLeast("3.11.7", "3.11")).toBe(true);
  });
});
