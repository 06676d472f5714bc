import { describe, expect, it } from "vitest";
import { condarc, denied, ownPkgs, pkgs, pkgsDir, withConda } from "../../facts/example-conda.ts";
import { factsWith, present, root, rootOwned } from "../../facts/example-facts.ts";
import { diagnose } from "../diagnose.ts";
import { examine } from "../examine.ts";
import { problem } from "./problem.ts";

const shared = "/opt/conda/pkgs";
const foreignUrls = present(`${ownPkgs}/urls.txt`, { type: "file", ...rootOwned });
const foreign = withConda({ pkgsDirs: [denied(shared), denied(ownPkgs)] }, [present(ownPkgs), foreignUrls]);

describe("conda-no-writable-pkgs-dir finds", () => {
  it("nothing without conda, and nothing with a healthy one", () => {
    expect(problem.detect(factsWith())).toEqual([]);
    expect(problem.detect(withConda())).toEqual([]);
  });

  it("nothing where an administrator's cache is read and one's own is still to be made", () => {
    expect(problem.detect(withConda({ pkgsDirs: [denied(shared), pkgsDir(ownPkgs, { status: "unknown", exists: false })] }))).toEqual([]);
  });

  it("every cache with its own reason, and names the one that is the user's to mend", () => {
    const { found } = examine(problem, foreign);
    expect(found).toMatchObject({ subject: ownPkgs, severity: "error", params: { count: "2", conda: "24.11.3" } });
    expect(found.evidence.map(({ from, says }) => [from.path, says])).toEqual([
      [`${shared}/urls.txt`, `${shared}: it belongs to root, and mode 0644 lets others only read`],
      [`${ownPkgs}/urls.txt`, `${ownPkgs}: it belongs to root, and mode 0644 lets others only read`],
    ]);
  });

  it("says what the kernel said where no mode explains it", () => {
    const { found } = examine(problem, withConda({ pkgsDirs: [pkgsDir(pkgs, { status: "unknown", exists: false, because: { path: pkgs, errno: "EEXIST" } })] }, [present(pkgs, { type: "file" })]));
    expect(found.params["because"]).toBe("something that is no directory is in its place");
  });

  it("is the one finding where the same file is a problem of its own", async () => {
    const both = withConda({ pkgsDirs: [pkgsDir(pkgs, { ...denied(pkgs), split: "directory-only" })], files: [{ path: `${pkgs}/urls.txt`, what: "repodata" }] }, [present(`${pkgs}/urls.txt`, { type: "file", ...rootOwned })]);
    const { findings } = await diagnose(both, { tool: "conda" });
    expect(findings.map(({ finding, folded }) => [finding.problem, folded.map((one) => one.problem).sort()])).toEqual([["conda-no-writable-pkgs-dir", ["conda-not-writable-file", "conda-urls-txt-split"]]]);
  });
});

describe("the cures", () => {
  it("move the cache aside, give urls.txt back, or use a directory of one's own", () => {
    const { ids, cure } = examine(problem, foreign);
    expect(ids).toEqual(["set-aside", "give-back", "own-pkgs-dir", "once"]);
    expect(cure("set-aside").steps).toMatchObject([{ kind: "rename", from: ownPkgs, aside: true }, { kind: "make-dir", path: ownPkgs }]);
    expect(cure("give-back").steps).toMatchObject([{ kind: "chown", root: `${ownPkgs}/urls.txt`, actor: "root" }]);
  });

  it("keep the packages that are there linkable: a list of one's own stands for conda's defaults", () => {
    expect(examine(problem, foreign).cure("own-pkgs-dir").steps).toMatchObject([
      { path: condarc, change: { do: "add-item", key: "pkgs_dirs", value: "/home/me/.conda-pkgs", at: "start" } },
      { path: condarc, change: { do: "add-item", value: shared, at: "end" } },
      { path: condarc, change: { do: "add-item", value: ownPkgs, at: "end" } },
    ]);
  });

  it("only show the variable where the settings file cannot be edited", () => {
    for (const state of ["breaks", "unread"] as const) {
      const { ids } = examine(problem, withConda({ pkgsDirs: [denied(shared)], configs: [{ path: condarc, scope: "user", state }] }, [present(condarc, { type: "file" })]));
      expect(ids).toEqual(["once"]);
    }
  });

  it("never move a directory away that holds environments, and give back its top alone", () => {
    const own = "/home/me/.conda";
    const facts = withConda({ pkgsDirs: [denied(shared), pkgsDir(ownPkgs, { status: "unknown", exists: false, because: { path: own, errno: "EACCES" } })] }, [present(own, rootOwned)]);
    const { ids, cure } = examine(problem, facts);
    expect(ids).toEqual(["give-back", "own-pkgs-dir", "once"]);
    expect(cure("give-back").steps).toMatchObject([{ root: own, select: "top" }]);
  });

  it("give a foreign cache back as a whole", () => {
    const facts = withConda({ pkgsDirs: [denied(shared), denied(ownPkgs)] }, [present(ownPkgs, rootOwned), foreignUrls]);
    expect(examine(problem, facts).cure("give-back").steps).toMatchObject([{ kind: "chown", root: ownPkgs, select: "tree" }]);
  });

  it("reopen what is one's own", () => {
    const facts = withConda({ pkgsDirs: [denied(pkgs)] }, [present(`${pkgs}/urls.txt`, { type: "file", mode: 0o444, write: "EACCES" })]);
    expect(examine(problem, facts).ids).toEqual(["restore-mode", "own-pkgs-dir", "once"]);
  });

  it("leave an administrator's cache alone", () => {
    const { ids } = examine(problem, withConda({ pkgsDirs: [denied(shared)] }));
    expect(ids).toEqual(["own-pkgs-dir", "once"]);
  });

  it("give nothing back as root", () => {
    expect(examine(problem, { ...foreign, user: root() }).ids).not.toContain("give-back");
  });
});
