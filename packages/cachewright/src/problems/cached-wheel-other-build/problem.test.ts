import { describe, expect, it } from "vitest";
import { cache, factsWith, mount, present, rootOwned } from "../../facts/example-facts.ts";
import type { BuiltWheelFact, Facts } from "../../facts/facts.ts";
import { examine } from "../examine.ts";
import { builtPycurl, withBuilt } from "../ill-venvs.ts";
import { problem } from "./problem.ts";

const set = (wheel: Partial<BuiltWheelFact> = {}, change: Parameters<typeof factsWith>[0] = {}): Facts => withBuilt({ ...builtPycurl, set: ["PYCURL_SSL_LIBRARY"], ...wheel }, change);

describe("cached-wheel-other-build finds", () => {
  it("nothing where nobody has asked", () => {
    expect(problem.when).toBe("asked");
    expect(problem.detect(factsWith())).toEqual([]);
  });

  it("a wheel whose build would read a variable that is set, by its name alone", () => {
    const { found } = examine(problem, set());
    expect(found).toMatchObject({ severity: "note", subject: builtPycurl.path, params: { variant: "set", project: "pycurl", variables: "PYCURL_SSL_LIBRARY" } });
    expect(found.evidence[1]).toMatchObject({ from: { env: "PYCURL_SSL_LIBRARY" } });
  });

  it("one that is known to read some, for a log that speaks of it", () => {
    expect(examine(problem, withBuilt(builtPycurl)).found.params).toMatchObject({ variant: "known", variables: "PYCURL_SSL_LIBRARY" });
  });
});

describe("the cures", () => {
  it("take this one entry out of the cache, and keep it beside", () => {
    const { ids, cure } = examine(problem, set());
    expect(ids).toEqual(["set-wheel-aside", "once-without"]);
    const out = "/home/me/.cache/wheel-pycurl-7.45.2-05060708";
    expect(cure("set-wheel-aside").steps).toMatchObject([
      { kind: "rename", from: builtPycurl.directory, to: out, aside: false },
      { kind: "rename", from: out, to: `${out}.cachewright-20260102-030405`, aside: true },
    ]);
    expect(cure("once-without").shown).toEqual(["/usr/bin/python3 -m pip install --no-cache-dir --no-binary pycurl --force-reinstall --no-deps pycurl==7.45.2"]);
  });

  it("move nothing that is foreign, closed, or on a file system of its own", () => {
    expect(examine(problem, set({}, { paths: [present(builtPycurl.directory, rootOwned)] })).ids).toEqual(["once-without"]);
    expect(examine(problem, set({}, { paths: [present("/home/me/.cache", { write: "EACCES" })] })).ids).toEqual(["once-without"]);
    expect(examine(problem, set({}, { mounts: { ok: true, value: [mount("/"), mount(cache)], from: { path: "/proc/self/mountinfo" } } })).ids).toEqual(["once-without"]);
  });
});
