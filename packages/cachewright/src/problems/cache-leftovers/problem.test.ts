import { describe, expect, it } from "vitest";
import { cache, factsWith, install, present, root, rootOwned, scanned } from "../../facts/example-facts.ts";
import type { Facts, LeftoverFact } from "../../facts/facts.ts";
import { examine } from "../examine.ts";
import { illUv, uvCache } from "../ill-uv.ts";
import { problem } from "./problem.ts";

const left = (words: Partial<LeftoverFact> = {}): LeftoverFact => ({
  root: cache, place: "cache", kind: "interrupted", bytes: 120e6, files: 3, newest: "2025-12-01T00:00:00.000Z", examples: [`${cache}/http-v2/a/b/c/d/e/abcde.tmp`], complete: true, ...words,
});
const withLeft = (leftovers: LeftoverFact[], change: Parameters<typeof factsWith>[0] = {}): Facts => factsWith({ leftovers, ...change });

describe("cache-leftovers finds", () => {
  it("nothing on a healthy machine, nor where facts of an older version tell nothing of leftovers", () => {
    expect(problem.detect(withLeft([]))).toEqual([]);
    expect(problem.detect(factsWith())).toEqual([]);
  });

  it("nothing below 100 MB", () => {
    expect(problem.detect(withLeft([left({ bytes: 99e6 })]))).toEqual([]);
  });

  it("a note of all that lies in one cache, added up", () => {
    const { found } = examine(problem, withLeft([left({ bytes: 60e6, files: 1 }), left({ kind: "unread", bytes: 70e6 })]));
    expect(found).toMatchObject({ severity: "note", subject: cache, params: { size: "130.0 MB", count: "4", variant: "cache" } });
    expect(found.evidence.map(({ says }) => says)).toEqual([
      "60.0 MB of downloads and builds that were broken off (1 file, the last of 2025-12-01)",
      "70.0 MB in a layout that no pip found here reads, unused for a month (3 files, the last of 2025-12-01)",
    ]);
  });

  it("a warning from 1 GB on, and the temporary directory by itself", () => {
    const found = problem.detect(withLeft([left(), left({ root: "/tmp", place: "temp", kind: "temporary", bytes: 2e9 })]));
    expect(found.map(({ subject, severity, params }) => [subject, severity, params["variant"]])).toEqual([[cache, "note", "cache"], ["/tmp", "warning", "temp"]]);
  });

  it("says at least where the look was bounded", () => {
    expect(examine(problem, withLeft([left({ complete: false })])).found.params["size"]).toBe("at least 120.0 MB");
  });

  it("nothing in a cache that is foreign, in whole or in part", () => {
    expect(problem.detect(withLeft([left()], { paths: [present(cache, rootOwned)] }))).toEqual([]);
    expect(problem.detect(withLeft([left()], { scans: [scanned([present(`${cache}/wheels/aa`, rootOwned)])] }))).toEqual([]);
  });
});

describe("the cure", () => {
  it("removes them from the cache, as what no pip and no Python here needs", () => {
    const { ids, cure } = examine(problem, withLeft([left()], { installs: [install(), install({ version: "3.8", chosen: false })] }));
    expect(ids).toEqual(["remove-leftovers"]);
    expect(cure("remove-leftovers")).toMatchObject({ needs: "user", steps: [{ kind: "clear-leftovers", actor: "user", within: cache, of: { place: "cache", root: cache, unread: ["http"], pythons: ["311", "38"] } }] });
  });

  it("keeps both layouts while pips of both ages are here", () => {
    const old = install({ chosen: false, pip: { ok: true, value: { version: "20.3.4", location: "/opt" }, from: { path: "/opt" } } });
    expect(examine(problem, withLeft([left()], { installs: [install(), old] })).cure("remove-leftovers").steps).toMatchObject([{ of: { unread: [] } }]);
  });

  it("removes the user's own temporary directories, and root's by root", () => {
    const temp = [left({ root: "/tmp", place: "temp", kind: "temporary" })];
    expect(examine(problem, withLeft(temp)).cure("remove-leftovers").steps).toMatchObject([{ actor: "user", within: "/tmp", of: { place: "temp", root: "/tmp", uid: 1000 } }]);
    expect(examine(problem, withLeft(temp, { user: root() })).cure("remove-leftovers").steps).toMatchObject([{ actor: "root", of: { uid: 0 } }]);
  });
});

describe("in a uv cache", () => {
  it("finds old buckets from 100 MB on, and removes what is in them", () => {
    const [facts] = illUv["cache-leftovers"] ?? [];
    const { found, ids, cure } = examine(problem, facts!);
    expect(found).toMatchObject({ severity: "note", subject: uvCache, params: { variant: "buckets" } });
    expect(ids).toEqual(["remove-leftovers", "uv-prune"]);
    expect(cure("remove-leftovers").steps).toMatchObject([{ kind: "clear-leftovers", within: uvCache, of: { place: "buckets", root: uvCache, buckets: ["wheels-v3"] } }]);
    expect(problem.detect({ ...facts!, leftovers: facts!.leftovers!.map((one) => ({ ...one, bytes: 9e7 })) })).toEqual([]);
  });
});
