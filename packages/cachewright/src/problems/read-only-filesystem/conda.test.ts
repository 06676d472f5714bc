import { describe, expect, it } from "vitest";
import { ownPkgs, pkgsDir, withConda } from "../../facts/example-conda.ts";
import { mount, present } from "../../facts/example-facts.ts";
import type { Facts } from "../../facts/facts.ts";
import { diagnose } from "../diagnose.ts";

const readOnly = { write: "EROFS" } as const;
const home = (conda: string): Facts => withConda({ pkgsDirs: [pkgsDir(ownPkgs, { status: "unknown", exists: false, because: { path: conda, errno: "EROFS" } })] }, [present("/home/me", readOnly), present("/home/me/.conda", readOnly)], {
  mounts: { ok: true, value: [mount("/"), mount("/home/me", { options: ["ro"] })], from: { call: "mounts" } },
});

describe("a home on a read-only file system", () => {
  it("is the one finding where it also closes conda's package cache", async () => {
    const { findings } = await diagnose(home("/home/me/.conda"));
    const told = findings.find(({ finding }) => finding.problem === "read-only-filesystem");
    expect(told?.folded.map(({ problem }) => problem)).toContain("conda-no-writable-pkgs-dir");
    expect(findings.map(({ finding }) => finding.problem)).not.toContain("conda-no-writable-pkgs-dir");
  });

  it("has nothing to do with a cache that another mount closes", async () => {
    const { findings } = await diagnose(home("/opt"));
    expect(findings.map(({ finding }) => finding.problem)).toEqual(expect.arrayContaining(["read-only-filesystem", "conda-no-writable-pkgs-dir"]));
  });
});
