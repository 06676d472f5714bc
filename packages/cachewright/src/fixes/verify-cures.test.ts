import { describe, expect, it } from "vitest";
import { cache, factsWith } from "../facts/example-facts.ts";
import type { Finding, Remedy } from "../problems/problem.ts";
import { verifyCures, type Verification } from "./verify-cures.ts";

const finding: Finding = { problem: "cache-not-owned", severity: "warning", subject: cache, evidence: [], params: {} };
const remedy: Remedy = { id: "set-aside", needs: "user", steps: [], probes: [cache] };

function verify(change: Partial<Verification> = {}): ReturnType<typeof verifyCures> {
  return verifyCures({ chosen: [{ finding, remedy }], facts: factsWith(), diagnosis: { findings: [] }, probes: [{ directory: cache, ok: true, value: undefined }], ...change });
}

const stillThere = (other: Finding): Pick<Verification, "diagnosis"> => ({ diagnosis: { findings: [{ finding: other, remedies: [], folded: [] }] } });

describe("a cure is verified", () => {
  it("when the problem is gone and a real write works", () => {
    expect(verify()).toMatchObject([{ status: "gone" }]);
  });

  it("not while doctor still finds it", () => {
    expect(verify(stillThere(finding))).toMatchObject([{ status: "still-there" }]);
  });

  it("not when it is only folded into another finding", () => {
    const cause: Finding = { ...finding, problem: "home-missing", subject: "/home/me" };
    expect(verify({ diagnosis: { findings: [{ finding: cause, remedies: [], folded: [finding] }] } })).toMatchObject([{ status: "still-there" }]);
  });

  it("not when the next ill part of the same cache takes its place", () => {
    const one: Finding = { ...finding, problem: "cache-write-denied", subject: `${cache}/http-v2/a`, params: { cache } };
    const next: Finding = { ...one, subject: `${cache}/http-v2/b` };
    expect(verifyCures({ chosen: [{ finding: one, remedy }], facts: factsWith(), probes: [], ...stillThere(next) })).toMatchObject([{ status: "changed" }]);
  });

  it("not when the kernel refuses a real write, whatever doctor says", () => {
    expect(verify({ probes: [{ directory: cache, ok: false, errno: "EACCES" }] })).toMatchObject([{ status: "still-there", why: expect.stringContaining("EACCES") }]);
  });

  it("by its probes alone when it goes a way around the cause", () => {
    expect(verify({ ...stillThere(finding), chosen: [{ finding, remedy: { ...remedy, wayAround: true } }] })).toMatchObject([{ status: "gone" }]);
  });
});
