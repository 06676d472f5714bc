import { describe, expect, it } from "vitest";
import { cache, factsWith, pipUse, present, root, rootOwned, scanned, setting } from "../../facts/example-facts.ts";
import type { DamagedFact, Facts } from "../../facts/facts.ts";
import { examine } from "../examine.ts";
import { illUv, uvCache } from "../ill-uv.ts";
import { problem } from "./problem.ts";

const wheel = `${cache}/wheels/aa/bb/cc/dd/x-1-py3-none-any.whl`;
const damaged = (kind: DamagedFact["kind"] = "bad-wheel", path = wheel): DamagedFact => ({ cache, kind, path, paths: [path, `${path}-too`], says: "it is empty" });
const with1 = (entries: DamagedFact[], pips: readonly string[] = ["24.3.1"], change: Parameters<typeof factsWith>[0] = {}): Facts =>
  factsWith({ damaged: entries, pip: { configs: [], uses: pips.map((pip) => pipUse({ pip })) }, ...change });
const severity = (kind: DamagedFact["kind"], ...pips: string[]): unknown => problem.detect(with1([damaged(kind)], pips))[0]?.severity;

describe("cache-corrupt finds", () => {
  it("nothing on a healthy machine, nor where facts of an older version tell nothing of it", () => {
    expect(problem.detect(with1([]))).toEqual([]);
    expect(problem.detect(factsWith())).toEqual([]);
  });

  it("a wheel that is not whole, which no pip heals", () => {
    const { found } = examine(problem, with1([damaged()]));
    expect(found).toMatchObject({ severity: "error", subject: cache, params: { path: wheel, what: "a wheel that pip built is not whole", fault: "it is empty" } });
    expect(found.evidence[0]?.says).toBe("a wheel that pip built is not whole: it is empty; no pip ever makes it good: each install of it fails");
  });

  it("a page cut short with any pip; a download cut short with those that do not fetch the rest", () => {
    expect(severity("short-page", "26.3")).toBe("error");
    expect(["20.3.4", "25.1", "25.2", "26.1.2", "26.3"].map((pip) => severity("short-file", pip))).toEqual(["error", "error", "note", "error", "note"]);
    expect(severity("short-file", "26.3", "24.3.1")).toBe("error");
  });

  it("a bad note beside a wheel as each pip takes it: none before 22.2, a crash until 23.1, a warning since", () => {
    expect(["21.3.1", "22.2", "23.1.2", "23.2", "26.3"].map((pip) => severity("bad-origin", pip))).toEqual([undefined, "error", "error", "warning", "warning"]);
  });

  it("all of one cache as one finding, the worst first", () => {
    const { found } = examine(problem, with1([damaged("bad-origin", `${cache}/o`), damaged()]));
    expect(found.params).toMatchObject({ count: "2", path: wheel });
  });

  it("nothing in a cache that is off on purpose", () => {
    expect(problem.detect(factsWith({ damaged: [damaged()], pip: { configs: [], uses: [pipUse({ cacheOff: setting("no-cache-dir", "true") })] } }))).toEqual([]);
  });
});

describe("the cures", () => {
  it("remove just those entries, or go past the cache once", () => {
    const { ids, cure } = examine(problem, with1([damaged(), damaged()]));
    expect(ids).toEqual(["remove-entries", "once-without"]);
    expect(cure("remove-entries")).toMatchObject({ needs: "user", steps: [{ kind: "remove", actor: "user", within: cache, paths: [wheel, `${wheel}-too`] }] });
    expect(cure("once-without").shown).toEqual(["python3 -m pip install --no-cache-dir PACKAGE"]);
  });

  it("need root where the cache is foreign, in whole or in part", () => {
    expect(examine(problem, with1([damaged()], ["24.3.1"], { paths: [present(cache, rootOwned)] })).cure("remove-entries")).toMatchObject({ needs: "root", steps: [{ actor: "root" }] });
    expect(examine(problem, with1([damaged()], ["24.3.1"], { scans: [scanned([present(`${cache}/wheels/aa`, rootOwned)])] })).cure("remove-entries").needs).toBe("root");
    expect(examine(problem, with1([damaged()], ["24.3.1"], { user: root(), paths: [present(cache, rootOwned)] })).cure("remove-entries")).toMatchObject({ needs: "user", steps: [{ actor: "root" }] });
  });
});

describe("in a uv cache", () => {
  it("names the unpacked wheel, and removes what leads to it", () => {
    const [facts] = illUv["cache-corrupt"] ?? [];
    const { found, cure } = examine(problem, facts!);
    expect(found).toMatchObject({ severity: "error", subject: uvCache, params: { path: `${uvCache}/archive-v0/dXLQFFhCpGZeAGKz`, pip: "uv 0.13.9", fault: "six.py is not there" } });
    expect(cure("remove-entries").steps).toMatchObject([{ kind: "remove", within: uvCache, paths: [`${uvCache}/wheels-v8/pypi/six/1.17.0-py2.py3-none-any`] }]);
  });
});
