import { describe, expect, it } from "vitest";
import { absent, cache, factsWith, hidden, pipUse, present, root, rootOwned, scanned, setting } from "../../facts/example-facts.ts";
import { examine } from "../examine.ts";
import { uvCache, withUv } from "../ill-uv.ts";
import { problem } from "./problem.ts";

const bucket = (name: string, words: Parameters<typeof present>[1] = rootOwned): ReturnType<typeof present> => present(`${cache}/http-v2/${name}`, words);
const withParts = (...parts: ReturnType<typeof present>[]): ReturnType<typeof factsWith> => factsWith({ paths: parts, scans: [scanned(parts)] });

describe("cache-write-denied finds", () => {
  it("nothing on a healthy machine", () => {
    expect(problem.detect(factsWith())).toEqual([]);
  });

  it("one finding for one cache, whatever the number of foreign parts", () => {
    const { found } = examine(problem, withParts(bucket("a"), bucket("b"), present(`${cache}/selfcheck`, rootOwned)));
    expect(found).toMatchObject({ subject: `${cache}/http-v2/a`, severity: "warning", params: { path: `${cache}/http-v2/a`, cache, pip: "pip 24.3.1", owner: "root", mode: "0755", count: "3" } });
    expect(found.evidence.map((one) => one.from.path)).toEqual([`${cache}/http-v2/a`, `${cache}/http-v2/b`, `${cache}/selfcheck`]);
  });

  it("ten lines of evidence at the most, and says how many more there are", () => {
    const parts = [..."0123456789abcdef"].map((name) => bucket(name));
    const { found } = examine(problem, factsWith({ paths: parts, scans: [scanned(parts, { deniedCount: 40 })] }));
    expect(found.evidence).toHaveLength(11);
    expect(found.evidence.at(-1)?.says).toBe("and 30 more");
  });

  it("nothing of the wheels: they are a problem of their own", () => {
    expect(problem.detect(withParts(present(`${cache}/wheels/aa`, rootOwned)))).toEqual([]);
  });

  it("nothing below a top that is refused: that is cache-not-owned", () => {
    const parts = [bucket("a")];
    expect(problem.detect(factsWith({ paths: [...parts, present(cache, rootOwned)], scans: [scanned(parts)] }))).toEqual([]);
  });

  it("nothing while the cache is off on purpose", () => {
    const parts = [bucket("a")];
    const uses = [pipUse({ cacheOff: setting("no-cache-dir", "true") })];
    expect(problem.detect(factsWith({ paths: parts, scans: [scanned(parts)], pip: { configs: [], uses } }))).toEqual([]);
  });

  it("a top that may be written but not entered, which pip does not ask", () => {
    const { found, ids } = examine(problem, factsWith({ paths: [present(cache, { mode: 0o600, search: "EACCES" })] }));
    expect(found).toMatchObject({ subject: cache, params: { because: "it is your own, but its mode 0600 takes entering from you too" } });
    expect(ids).toEqual(["restore-mode"]);
  });

  it("such a directory above a cache that cannot be seen", () => {
    const { found, cure } = examine(problem, factsWith({ paths: [hidden(cache), present("/home/me/.cache", { mode: 0o600, search: "EACCES" })], scans: [] }));
    expect(found.subject).toBe("/home/me/.cache");
    expect(cure("restore-mode").steps).toMatchObject([{ kind: "chmod", root: "/home/me/.cache", select: "top" }]);
  });

  it("nothing for a cache that does not exist yet", () => {
    expect(problem.detect(factsWith({ paths: [absent(cache)], scans: [scanned([])] }))).toEqual([]);
  });
});

describe("the cures", () => {
  it("reopen what is the user's own, and nothing else", () => {
    const { ids, cure } = examine(problem, withParts(bucket("a", { mode: 0o555, write: "EACCES" }), bucket("b", { mode: 0o555, write: "EACCES" })));
    expect(ids).toEqual(["restore-mode"]);
    expect(cure("restore-mode")).toMatchObject({ needs: "user", probes: [`${cache}/http-v2/a`, `${cache}/http-v2/b`] });
    expect(cure("restore-mode").steps).toMatchObject([{ kind: "chmod", root: `${cache}/http-v2/a`, select: "tree" }, { kind: "chmod", root: `${cache}/http-v2/b` }]);
  });

  it("set the whole cache aside and bring the sound parts back", () => {
    const sound = [bucket("b", {}), present(`${cache}/http-v2/f.tmp`, { type: "file", ...rootOwned })];
    const { ids, cure } = examine(problem, factsWith({ paths: [bucket("a"), ...sound], scans: [scanned([bucket("a")])] }));
    expect(ids).toEqual(["set-aside", "give-back"]);
    const aside = `${cache}.cachewright-20260102-030405`;
    expect(cure("set-aside").steps.map((step) => ("from" in step ? [step.kind, step.from, step.to] : "path" in step ? [step.kind, step.path] : []))).toEqual([
      ["rename", cache, aside],
      ["make-dir", cache],
      ["rename", `${aside}/wheels`, `${cache}/wheels`],
      ["make-dir", `${cache}/http-v2`],
      ["rename", `${aside}/http-v2/b`, `${cache}/http-v2/b`],
      ["rename", `${aside}/http-v2/f.tmp`, `${cache}/http-v2/f.tmp`],
    ]);
  });

  it("leave aside what could not be moved back: foreign and closed directories of whatever name", () => {
    const others = [present(`${cache}/notes`, rootOwned), present(`${cache}/shut`, { mode: 0o555 })];
    const { cure } = examine(problem, factsWith({ paths: [bucket("a"), ...others], scans: [scanned([bucket("a")])] }));
    const moved = cure("set-aside").steps.flatMap((step) => (step.kind === "rename" && !step.aside ? [step.to] : []));
    expect(moved).toEqual([`${cache}/wheels`]);
  });

  it("make the whole cache anew when there are more ill parts than the facts list", () => {
    const { cure } = examine(problem, factsWith({ paths: [bucket("a")], scans: [scanned([bucket("a")], { deniedCount: 51 })] }));
    expect(cure("set-aside").steps.map((step) => step.kind)).toEqual(["rename", "make-dir"]);
  });

  it("give back exactly the foreign parts", () => {
    const { cure } = examine(problem, withParts(bucket("a"), bucket("b")));
    expect(cure("give-back")).toMatchObject({ needs: "root", probes: [`${cache}/http-v2/a`, `${cache}/http-v2/b`] });
    expect(cure("give-back").steps).toMatchObject([{ kind: "chown", root: `${cache}/http-v2/a`, select: "tree" }, { kind: "chown", root: `${cache}/http-v2/b` }]);
  });

  it("give back and reopen where there is some of both: half a cure is none", () => {
    const { ids, cure } = examine(problem, withParts(bucket("a", { mode: 0o555, write: "EACCES" }), bucket("b")));
    expect(ids).toEqual(["set-aside", "give-back"]);
    expect(cure("give-back").steps.map((step) => step.kind)).toEqual(["chown", "chmod"]);
  });

  it("give back outside the home in a recognisable cache of the user's own", () => {
    const mine = "/data/me-pip";
    const part = present(`${mine}/http-v2`, rootOwned);
    const facts = factsWith({ paths: [present("/data", rootOwned), present(mine), part], pip: { configs: [], uses: [pipUse({ cacheDir: mine, cacheReal: mine })] }, scans: [scanned([part], { root: mine })] });
    expect(examine(problem, facts).ids).toEqual(["give-back"]);
    const strange = present(`${mine}/secrets`, rootOwned);
    expect(examine(problem, { ...facts, paths: { ...facts.paths, [strange.path]: strange }, scans: [scanned([strange], { root: mine })] }).ids).toEqual([]);
  });

  it("are root's own business when root has the ill cache", () => {
    const facts = factsWith({ user: root(), paths: [bucket("a", { mode: 0o555, ...rootOwned, write: "ok" })], scans: [scanned([])] });
    expect(problem.detect(facts)).toEqual([]);
  });
});

describe("in a uv cache it finds", () => {
  const part = (name: string, words: Parameters<typeof present>[1] = rootOwned) => present(`${uvCache}/${name}`, words);

  it("nothing in a cache that is the user's", () => expect(problem.detect(withUv([]))).toEqual([]));

  it("a bucket, and packages in it, as one finding", () => {
    const { found, ids } = examine(problem, withUv([part("wheels-v8/pypi/numpy"), part("wheels-v8/pypi/six")]));
    expect(found).toMatchObject({ severity: "error", subject: `${uvCache}/wheels-v8/pypi/numpy`, params: { tool: "uv 0.13.9", count: "2", variant: "stops" } });
    expect(ids).toEqual(["set-aside", "give-back", "cache-elsewhere", "once-elsewhere"]);
  });

  it("nothing in a bucket that no uv found here uses, and something in one of a uv not met yet", () => {
    expect(problem.detect(withUv([part("wheels-v5")]))).toEqual([]);
    expect(problem.detect(withUv([part("wheels-v99")]))).toHaveLength(1);
    expect(problem.detect(withUv([part("wheels-v5")], { version: "0.9.2" }))).toHaveLength(1);
  });

  it("nothing in what is only read once it is there, in files, and in what is no uv's", () => {
    expect(problem.detect(withUv([part("archive-v0/dXLQFFhCpGZeAGKz"), part("environments-v2/ab/cd"), part("builds-v0/.tmpab12cd"), part("simple-v28/pypi/six.rkyv", { type: "file", ...rootOwned }), part("mine")]))).toEqual([]);
    expect(problem.detect(withUv([part("archive-v0")]))).toHaveLength(1);
  });

  it("nothing where uv cannot even start: that is uv-cache-init-failed", () => {
    expect(problem.detect(withUv([part("wheels-v8"), part(".lock", { type: "file", ...rootOwned })]))).toEqual([]);
  });
});
