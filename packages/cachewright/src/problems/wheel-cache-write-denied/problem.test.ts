import { describe, expect, it } from "vitest";
import { cache, factsWith, present, rootOwned, scanned } from "../../facts/example-facts.ts";
import { examine } from "../examine.ts";
import { problem } from "./problem.ts";

const wheel = `${cache}/wheels/aa/bb/cc/0123`;
const ill = present(wheel, rootOwned);

describe("wheel-cache-write-denied", () => {
  it("finds nothing on a healthy machine, nor in the other parts of the cache", () => {
    expect(problem.detect(factsWith())).toEqual([]);
    const other = present(`${cache}/http-v2/a`, rootOwned);
    expect(problem.detect(factsWith({ paths: [other], scans: [scanned([other])] }))).toEqual([]);
  });

  it("finds a foreign leaf, an error because builds fail", () => {
    const { found } = examine(problem, factsWith({ paths: [ill], scans: [scanned([ill])] }));
    expect(found).toMatchObject({ severity: "error", subject: wheel, params: { cache, owner: "root" } });
  });

  it("finds wheels/ itself", () => {
    const whole = present(`${cache}/wheels`, rootOwned);
    expect(examine(problem, factsWith({ paths: [whole], scans: [scanned([whole])] })).found.subject).toBe(`${cache}/wheels`);
  });

  it("finds an origin.json that pip rewrites in place, and asks its directory whether the cure worked", () => {
    const origin = present(`${wheel}/origin.json`, { type: "file", ...rootOwned });
    const { found, cure } = examine(problem, factsWith({ paths: [present(wheel), origin], scans: [scanned([origin])] }));
    expect(found.subject).toBe(origin.path);
    expect(cure("give-back").probes).toEqual([wheel]);
  });

  it("sets every ill part of the cache aside, the other row's too", () => {
    const other = present(`${cache}/http-v2/a`, rootOwned);
    const { cure } = examine(problem, factsWith({ paths: [present(`${cache}/wheels/aa`, rootOwned), other], scans: [scanned([present(`${cache}/wheels/aa`, rootOwned), other])] }));
    expect(cure("set-aside").steps.flatMap((step) => (step.kind === "make-dir" ? [step.path] : []))).toEqual([cache, `${cache}/http-v2`, `${cache}/wheels`]);
    expect(cure("set-aside").steps.filter((step) => step.kind === "rename" && !step.aside)).toEqual([]);
  });

  it("gives back only its own parts", () => {
    const other = present(`${cache}/http-v2/a`, rootOwned);
    const { cure } = examine(problem, factsWith({ paths: [ill, other], scans: [scanned([other, ill])] }));
    expect(cure("give-back").steps).toMatchObject([{ kind: "chown", root: wheel }]);
  });

  it("reopens what is the user's own", () => {
    const closed = present(wheel, { mode: 0o555, write: "EACCES" });
    expect(examine(problem, factsWith({ paths: [closed], scans: [scanned([closed])] })).ids).toEqual(["restore-mode"]);
  });
});
