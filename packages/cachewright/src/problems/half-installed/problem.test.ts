import { describe, expect, it } from "vitest";
import { factsWith, install, venv } from "../../facts/example-facts.ts";
import type { Facts, InstallFact, PackagesFact } from "../../facts/facts.ts";
import { examine } from "../examine.ts";
import { problem } from "./problem.ts";

type Unfinished = PackagesFact["unfinished"][number];
const site = "/home/me/project/.venv/lib/python3.11/site-packages";
const half = (words: Partial<Unfinished> = {}, given: { directory?: string; of?: InstallFact } = {}): Facts => {
  const { directory = site, of = venv() } = given;
  const unfinished = [{ path: `${directory}/demo-1.0.dist-info`, name: "demo", version: "1.0", lacks: ["RECORD"], installer: null, ...words }];
  return factsWith({ installs: [of], packages: [{ directory, python: of.python, looked: 1, complete: true, leftovers: [], unfinished, closed: [], closedCount: 0 }] });
};

describe("half-installed finds", () => {
  it("nothing on a healthy machine", () => {
    expect(problem.detect(factsWith())).toEqual([]);
  });

  it.each([[["RECORD"], "its RECORD is missing or empty"], [["METADATA", "RECORD"], "its METADATA and RECORD are missing or empty"]])("a package without %s", (lacks, because) => {
    expect(examine(problem, half({ lacks })).found).toMatchObject({ severity: "warning", subject: `${site}/demo-1.0.dist-info`, params: { package: "demo 1.0", because, variant: "unfinished" } });
  });

  it.each(["pip", "uv", "poetry"])("one that %s began", (installer) => {
    expect(problem.detect(half({ installer }))).toHaveLength(1);
  });

  it("lost files, where somebody asked for them", () => {
    expect(examine(problem, half({ lacks: [], files: [`${site}/demo.py`] })).found.params).toMatchObject({ variant: "files", because: `1 of its files is gone, for instance ${site}/demo.py` });
  });

  it.each(["debian", "rpm", "conda"])("nothing of a package of %s, which owes no RECORD", (installer) => {
    expect(problem.detect(half({ installer }))).toEqual([]);
  });

  it("nothing in the distribution's own directories, nor in conda's", () => {
    for (const directory of ["/usr/lib/python3.12/site-packages", "/nix/store/x-python3/lib/python3.12/site-packages"]) expect(problem.detect(half({}, { directory }))).toEqual([]);
    expect(problem.detect(half({}, { of: install({ kind: "conda" }) }))).toEqual([]);
    expect(problem.detect(half({}, { directory: "/usr/local/lib/python3.11/dist-packages", of: install() }))).toHaveLength(1);
  });
});

describe("the cure", () => {
  it("installs over what is there when pip could not uninstall it", () => {
    expect(examine(problem, half()).cure("install-again")).toMatchObject({ steps: [], shown: ["/home/me/project/.venv/bin/python -m pip install --ignore-installed --no-deps demo==1.0"] });
  });

  it("installs again when only files are gone, and names no version it does not know", () => {
    expect(examine(problem, half({ lacks: [], files: ["x"] })).cure("install-again").shown?.[0]).toContain("--force-reinstall --no-deps demo==1.0");
    expect(examine(problem, half({ version: "" })).cure("install-again").shown?.[0]).toMatch(/--no-deps demo$/);
  });
});
