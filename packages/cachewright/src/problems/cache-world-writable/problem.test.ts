import { describe, expect, it } from "vitest";
import { absent, cache, factsWith, pipUse, present, root, rootOwned, scanned } from "../../facts/example-facts.ts";
import type { Facts, PathFact } from "../../facts/facts.ts";
import { examine } from "../examine.ts";
import { illUv, uvCache } from "../ill-uv.ts";
import { problem } from "./problem.ts";

const open = (path: string, words: Parameters<typeof present>[1] = {}): PathFact => present(path, { mode: 0o777, ...words });
const scanOf = (parts: readonly PathFact[]) => [scanned([], { openToAll: [...parts], openCount: parts.length })];
const withOpen = (parts: readonly PathFact[], paths: readonly PathFact[] = []): Facts => factsWith({ paths: [...parts, ...paths], scans: scanOf(parts) });
const closedHome = present("/home/me", { mode: 0o700 });

describe("cache-world-writable finds", () => {
  it("nothing on a healthy machine, in a group's cache, or before there is a cache", () => {
    expect(problem.detect(factsWith())).toEqual([]);
    expect(problem.detect(factsWith({ paths: [present(cache, { mode: 0o2775 })] }))).toEqual([]);
    expect(problem.detect(factsWith({ paths: [absent(cache), open("/home/me/.cache")] }))).toEqual([]);
  });

  it("a cache made 0777, as guides advise", () => {
    const { found } = examine(problem, withOpen([open(cache), open(`${cache}/wheels`)]));
    expect(found).toMatchObject({ severity: "warning", subject: cache, params: { by: cache, mode: "0777", variant: "cache", count: "2", pip: "pip 24.3.1" } });
    expect(found.evidence.map((one) => one.from.path)).toEqual([cache, `${cache}/wheels`]);
  });

  it("a part of it", () => {
    expect(examine(problem, withOpen([open(`${cache}/wheels/aa`)])).found).toMatchObject({ subject: cache, params: { by: `${cache}/wheels/aa` } });
  });

  it("a parent without sticky bit, through which the cache can be exchanged", () => {
    const { found } = examine(problem, factsWith({ paths: [open("/home/me/.cache")] }));
    expect(found).toMatchObject({ severity: "warning", subject: cache, params: { by: "/home/me/.cache", variant: "parent" } });
  });

  it("nothing in a sticky parent", () => {
    expect(problem.detect(factsWith({ paths: [open("/home/me/.cache", { mode: 0o1777 })] }))).toEqual([]);
  });

  it("only a note where a closed home keeps everybody out", () => {
    const { found } = examine(problem, withOpen([open(cache)], [closedHome]));
    expect(found.severity).toBe("note");
    expect(found.evidence.at(-1)?.says).toBe("only a closed directory above it keeps others out");
  });

  it("the part that others can reach, of several", () => {
    const parts = [open(`${cache}/http-v2/a/b`), open(`${cache}/wheels/aa`)];
    const { found } = examine(problem, withOpen(parts, [present(`${cache}/http-v2/a`, { mode: 0o700 })]));
    expect(found).toMatchObject({ severity: "warning", params: { by: `${cache}/wheels/aa` } });
  });
});

describe("the cures", () => {
  it("take the bit away from others, in the whole cache", () => {
    const { ids, cure } = examine(problem, withOpen([open(cache)]));
    expect(ids).toEqual(["take-bits-away", "share-properly"]);
    expect(cure("take-bits-away")).toMatchObject({ needs: "user", steps: [{ kind: "chmod", actor: "user", root: cache, select: "tree", dirs: { add: 0, remove: 0o002 }, files: { add: 0, remove: 0o002 } }] });
  });

  it("take it from an own parent, the parent alone, and from the cache in the same plan", () => {
    const facts = withOpen([open(cache)], [open("/home/me/.cache")]);
    const { ids, cure } = examine(problem, facts);
    expect(ids).toEqual(["take-parent-bits-away", "share-properly"]);
    expect(cure("take-parent-bits-away").steps).toMatchObject([{ root: "/home/me/.cache", select: "top" }, { root: cache, select: "tree" }]);
  });

  it("close nothing that is not the user's: not a shared parent, not the cache of others", () => {
    const shared = "/data/pip";
    const pip = { configs: [], uses: [pipUse({ cacheDir: shared, cacheReal: shared })] };
    const underOpen = factsWith({ pip, paths: [open("/data", rootOwned), present(shared)] });
    expect(examine(problem, underOpen).ids).toEqual(["share-properly"]);
    const ofOthers = factsWith({ pip, paths: [present("/data", rootOwned), open(shared, { uid: 1001 })], scans: [scanned([], { root: shared, openToAll: [open(shared, { uid: 1001 })], openCount: 1 })] });
    expect(examine(problem, ofOthers).ids).toEqual(["share-properly"]);
    const asRoot = factsWith({ user: root(), pip, paths: [open("/", rootOwned), open("/data", rootOwned), present(shared, rootOwned)] });
    expect(examine(problem, asRoot).ids).toEqual(["share-properly"]);
  });

  it("by root for what is root's", () => {
    const facts = factsWith({ user: root({ homeEnv: "/home/me", homeAccount: "/home/me" }), paths: [open(cache, rootOwned)], scans: scanOf([open(cache, rootOwned)]) });
    expect(examine(problem, facts).cure("take-bits-away").steps).toMatchObject([{ actor: "root", root: cache }]);
  });
});

describe("in a uv cache", () => {
  const [open] = illUv["cache-world-writable"] ?? [];

  it("finds the top that any account may write, and closes uv's own parts alone", () => {
    const { found, cure } = examine(problem, open!);
    expect(found).toMatchObject({ subject: uvCache, params: { pip: "uv 0.13.9", variant: "cache" } });
    expect(cure("take-bits-away").steps).toMatchObject([{ kind: "chmod", root: uvCache, select: "tree", only: ["simple-v28", "CACHEDIR.TAG"], dirs: { remove: 0o002 } }]);
  });
});
