import { describe, expect, it } from "vitest";
import { condaRoot, pkgs, withConda } from "../../facts/example-conda.ts";
import { present, rootOwned } from "../../facts/example-facts.ts";
import { examine } from "../examine.ts";
import { problem } from "./problem.ts";

const open = { mode: 0o777 } as const;

describe("cache-world-writable in conda's caches", () => {
  it("finds nothing in a healthy one, nor in a sticky directory above it", () => {
    expect(problem.detect(withConda())).toEqual([]);
    expect(problem.detect(withConda({}, [present(condaRoot, { mode: 0o1777 })]))).toEqual([]);
  });

  it("finds the cache, or what is in it, and takes the bit from the whole", () => {
    for (const path of [pkgs, `${pkgs}/cache`]) {
      const { found, cure } = examine(problem, withConda({}, [present(path, open)]));
      expect(found).toMatchObject({ severity: "warning", subject: pkgs, params: { by: path, pip: "conda 24.11.3", variant: "cache" } });
      expect(cure("take-bits-away").steps).toMatchObject([{ kind: "chmod", root: pkgs, select: "tree", dirs: { add: 0, remove: 0o002 }, files: { add: 0, remove: 0o002 } }]);
    }
  });

  it("finds a directory above it, and takes the bit from that one alone", () => {
    const { found, cure } = examine(problem, withConda({}, [present(condaRoot, open)]));
    expect(found.params).toMatchObject({ by: condaRoot, variant: "parent" });
    expect(cure("take-parent-bits-away").steps).toMatchObject([{ root: condaRoot, select: "top" }]);
  });

  it("says it once where pip's cache is below the same open directory", () => {
    expect(problem.detect(withConda({}, [present("/home/me", open)])).length).toBe(1);
  });

  it("changes nothing of somebody else's", () => {
    expect(examine(problem, withConda({}, [present(pkgs, { ...rootOwned, ...open })])).ids).toEqual(["share-properly"]);
  });
});
