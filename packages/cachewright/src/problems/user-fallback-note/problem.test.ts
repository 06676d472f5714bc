import { describe, expect, it } from "vitest";
import { factsWith, install, pipUse, present, root, rootOwned, setting, venv, venvPaths } from "../../facts/example-facts.ts";
import type { Facts, InstallFact, PipUseFact } from "../../facts/facts.ts";
import { examine } from "../examine.ts";
import { problem } from "./problem.ts";

const site = "/home/me/.local/lib/python3.11/site-packages";
const asked = (words: Partial<InstallFact> = {}, use: Partial<PipUseFact> = {}): Facts => factsWith({ installs: [install(words)], pip: { configs: [], uses: [pipUse(use)] } });

describe("user-fallback-note finds", () => {
  it("a system's Python whose packages only root may write, when it is asked for", () => {
    expect(problem.when).toBe("asked");
    const { found } = examine(problem, asked());
    expect(found).toMatchObject({ severity: "note", subject: "/usr/local/lib/python3.11/dist-packages", params: { target: site, version: "3.11", because: "it belongs to root, and mode 0755 lets others only read and enter" } });
    expect(found.evidence.map((one) => one.from.path)).toEqual(["/usr/local/lib", site]);
  });

  it("nothing where pip does not fall back: too old, told otherwise, marked, or without a user site", () => {
    expect(problem.detect(asked({}, { pip: "19.3.1" }))).toEqual([]);
    expect(problem.detect(asked({}, { userSetting: setting("user", "no") }))).toEqual([]);
    expect(problem.detect(asked({ externallyManaged: "/usr/lib/python3.11/EXTERNALLY-MANAGED" }))).toEqual([]);
    expect(problem.detect(asked({ userSite: null }))).toEqual([]);
  });

  it("the fallback of a marked Python whose marker is overruled", () => {
    expect(problem.detect(asked({ externallyManaged: "/usr/lib/python3.11/EXTERNALLY-MANAGED" }, { breakSystemPackages: setting("break-system-packages", "true") }))).toHaveLength(1);
  });

  it("nothing where the way out is closed as well, in an environment, or for root", () => {
    expect(problem.detect({ ...asked(), paths: factsWith({ paths: [present("/home/me/.local", rootOwned)] }).paths })).toEqual([]);
    expect(problem.detect(factsWith({ installs: [venv()], paths: venvPaths() }))).toEqual([]);
    expect(problem.detect({ ...asked(), user: root() })).toEqual([]);
  });

  it("nothing where the packages may be written", () => {
    expect(problem.detect({ ...asked(), paths: factsWith({ paths: [present("/usr/local/lib")] }).paths })).toEqual([]);
  });
});

describe("the cures", () => {
  it("make an environment, or leave it", () => {
    const { ids, cure } = examine(problem, asked());
    expect(ids).toEqual(["make-venv", "leave-it"]);
    expect(cure("make-venv").steps).toMatchObject([{ kind: "run", argv: ["/usr/bin/python3", "-I", "-m", "venv", "/home/me/.venv"], network: false }]);
    expect(cure("leave-it").shown).toEqual(["/usr/bin/python3 -m pip list --user"]);
  });

  it("use the environment the project has", () => {
    const project = venv({ found: ["project venv"], chosen: false });
    expect(examine(problem, factsWith({ installs: [install(), project], paths: venvPaths() })).ids).toEqual(["use-venv", "leave-it"]);
  });
});
