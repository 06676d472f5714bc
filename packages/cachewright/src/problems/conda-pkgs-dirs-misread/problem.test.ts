import { describe, expect, it } from "vitest";
import { condarc, pkgsDir, withConda } from "../../facts/example-conda.ts";
import { present } from "../../facts/example-facts.ts";
import type { CondaFact, Facts } from "../../facts/facts.ts";
import { examine } from "../examine.ts";
import { problem } from "./problem.ts";

const file = { path: condarc, line: 2 };
const variable = { env: "CONDA_PKGS_DIRS" };
const written = (value: string, from: CondaFact["written"][number]["from"] = file, kind: "list" | "text" = "list", made = `/home/me/${value}`): Facts =>
  withConda({ written: [{ value, from, kind }], pkgsDirs: [pkgsDir(made, { from, status: "unknown", exists: false })] }, [present(condarc, { type: "file" })]);

describe("conda-pkgs-dirs-misread finds", () => {
  it("nothing in places as conda reads them", () => {
    expect(problem.detect(withConda())).toEqual([]);
    expect(problem.detect(written("/srv/pkgs", file, "list", "/srv/pkgs"))).toEqual([]);
    expect(problem.detect(written("~/pkgs", file, "list", "/home/me/pkgs"))).toEqual([]);
    expect(problem.detect(written("$SCRATCH/pkgs", variable, "list", "/scratch/me/pkgs"))).toEqual([]);
  });

  it.each([
    ["/a:/b", "", "warning"], ["/a;~/b", "", "warning"], ["$NOWHERE/pkgs", "literal", "warning"], ["~nobody/pkgs", "literal", "warning"], ["pkgs", "relative", "warning"],
  ])("%s", (value, variant, severity) => {
    for (const from of [file, variable]) expect(examine(problem, written(value, from)).found).toMatchObject({ severity, params: { variant, value } });
  });

  it("one word instead of a list, which ends every command", () => {
    expect(examine(problem, written("/srv/pkgs", file, "text", "/srv/pkgs")).found).toMatchObject({ severity: "error", params: { variant: "text" } });
  });
});

describe("the cures", () => {
  it.each([["/a:/b", ["/a", "/b"]], ["pkgs", ["/home/me/pkgs"]]])("write %s as a list", (value, values) => {
    const { ids, cure } = examine(problem, written(value));
    expect(ids).toEqual(["correct-list"]);
    expect(cure("correct-list").steps).toMatchObject([{ kind: "change-config", path: condarc, change: { do: "set-list", key: "pkgs_dirs", values } }]);
  });

  it("show a variable with commas", () => {
    expect(examine(problem, written("/a:/b", variable)).cure("set-variable").shown).toEqual(["export CONDA_PKGS_DIRS=/a,/b"]);
  });

  it("do not guess what a missing variable meant", () => {
    for (const from of [file, variable]) expect(examine(problem, written("$NOWHERE/pkgs", from)).ids).toEqual(["by-hand"]);
  });
});
