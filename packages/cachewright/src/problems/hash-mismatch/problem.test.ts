import { describe, expect, it } from "vitest";
import { cache, factsWith, present, rootOwned } from "../../facts/example-facts.ts";
import type { Facts } from "../../facts/facts.ts";
import { examine } from "../examine.ts";
import { problem } from "./problem.ts";

const entry = `${cache}/http-v2/a/b/c/d/e/abcde1`;
const mismatch = { cache, url: "https://files.example/x/wpkg-1.0-py3-none-any.whl", paths: [entry, `${entry}.body`], expected: "1".repeat(64), got: "2".repeat(64) };
const with1 = (change: Parameters<typeof factsWith>[0] = {}): Facts => factsWith({ mismatches: [mismatch], ...change });

describe("hash-mismatch finds", () => {
  it("nothing on a healthy machine, asked or not", () => {
    expect(problem.detect(factsWith())).toEqual([]);
    expect(problem.detect(factsWith({ mismatches: [] }))).toEqual([]);
  });

  it("a cached file that is not what the index states", () => {
    const { found } = examine(problem, with1());
    expect(found).toMatchObject({ severity: "error", subject: cache, params: { file: "wpkg-1.0-py3-none-any.whl", path: `${entry}.body` } });
    expect(found.evidence[0]?.says).toBe("wpkg-1.0-py3-none-any.whl: the index states sha256 111111111111…, the cached file has 222222222222…");
  });

  it("nothing in a cache that no pip here uses", () => {
    expect(problem.detect(with1({ mismatches: [{ ...mismatch, cache: "/elsewhere" }] }))).toEqual([]);
  });
});

describe("the cures", () => {
  it("remove the two files of the entry, and never leave the hash out", () => {
    const { ids, cure, cures } = examine(problem, with1());
    expect(ids).toEqual(["remove-entry", "renew-the-lock"]);
    expect(cure("remove-entry")).toMatchObject({ needs: "user", steps: [{ kind: "remove", actor: "user", within: cache, paths: mismatch.paths }] });
    expect(cures.flatMap(({ shown = [] }) => shown).join("\n")).not.toMatch(/no-require-hashes|skip-lock/);
  });

  it("need root in a foreign cache", () => {
    expect(examine(problem, with1({ paths: [present(cache, rootOwned)] })).cure("remove-entry")).toMatchObject({ needs: "root", steps: [{ actor: "root" }] });
  });
});
