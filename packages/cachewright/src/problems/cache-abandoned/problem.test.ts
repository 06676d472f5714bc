import { describe, expect, it } from "vitest";
import { absent, cache, factsWith, mount, pipUse, present, rootOwned, setting } from "../../facts/example-facts.ts";
import type { Facts } from "../../facts/facts.ts";
import { examine } from "../examine.ts";
import { illUv, uvCache } from "../ill-uv.ts";
import { problem } from "./problem.ts";

const now = "/home/me/cache";
const old = { path: cache, bytes: 3e6, entries: 4, newest: "2025-11-05T00:00:00.000Z", complete: true };
const left = (change: Parameters<typeof factsWith>[0] = {}, paths = [present(now), absent(`${now}/http-v2`), absent(`${now}/wheels`), absent(`${cache}/http`)]): Facts => factsWith({
  abandoned: [old], pip: { configs: [], uses: [pipUse({ cacheDir: now, cacheReal: now, cacheFrom: setting("cache-dir", now), defaultCache: cache })] }, paths, ...change,
});

describe("cache-abandoned finds", () => {
  it("nothing on a healthy machine, nor where the facts tell of no old cache", () => {
    expect(problem.detect(factsWith())).toEqual([]);
    expect(problem.detect(left({ abandoned: [] }))).toEqual([]);
  });

  it("what stayed behind, with its size and the setting that moved the place", () => {
    const { found } = examine(problem, left());
    expect(found).toMatchObject({ severity: "note", subject: cache, params: { now, size: "3.0 MB", place: "/home/me/.config/pip/pip.conf:2" } });
    expect(found.evidence.map(({ says }) => says)).toEqual(["3.0 MB in 4 entries, the last used on 2025-11-05", `[global] cache-dir = ${now}`]);
  });

  it("says at least where the look was bounded", () => {
    expect(examine(problem, left({ abandoned: [{ ...old, complete: false }] })).found.params["size"]).toBe("at least 3.0 MB");
  });
});

describe("the cures", () => {
  it("move whole parts to a new cache that has none of them, else remove", () => {
    const { ids, cure } = examine(problem, left());
    expect(ids).toEqual(["move-over", "remove-old"]);
    expect(cure("move-over")).toMatchObject({ needs: "user", probes: [now], steps: [
      { kind: "rename", from: `${cache}/http-v2`, to: `${now}/http-v2`, aside: false }, { kind: "rename", from: `${cache}/wheels`, to: `${now}/wheels`, aside: false },
    ] });
    expect(cure("remove-old").steps).toMatchObject([{ kind: "clear-cache", actor: "user", cache }]);
  });

  it.each([
    ["has such a part already", [present(now), present(`${now}/http-v2`), absent(`${now}/wheels`)]],
    ["is not there yet", [absent(now)]],
    ["is somebody else's", [present(now, rootOwned), absent(`${now}/http-v2`), absent(`${now}/wheels`)]],
  ])("only remove when the new cache %s", (_, paths) => {
    expect(examine(problem, left({}, paths)).ids).toEqual(["remove-old"]);
  });

  it("only remove when it lies on another file system, or a part is foreign", () => {
    const mounts: Facts["mounts"] = { ok: true, value: [mount("/"), mount(now)], from: { path: "/proc/self/mountinfo" } };
    expect(examine(problem, left({ mounts })).ids).toEqual(["remove-old"]);
    expect(examine(problem, left({}, [present(now), absent(`${now}/http-v2`), absent(`${now}/wheels`), present(`${cache}/wheels`, rootOwned)])).ids).toEqual(["remove-old"]);
  });
});

describe("a uv cache", () => {
  const [facts] = illUv["cache-abandoned"] ?? [];

  it("that a file of settings left behind is told from 100 MB on, and its buckets are removed", () => {
    const { found, cure } = examine(problem, facts!);
    expect(found).toMatchObject({ severity: "note", subject: uvCache, params: { variant: "tool", now: "/srv/uv", tool: "uv 0.13.9" } });
    expect(cure("remove-old").steps).toMatchObject([{ kind: "clear-leftovers", within: uvCache, of: { place: "buckets", buckets: ["wheels-v5"] } }]);
    expect(problem.detect({ ...facts!, abandoned: facts!.abandoned!.map((one) => ({ ...one, bytes: 9e7 })) })).toEqual([]);
  });
});
