import { describe, expect, it } from "vitest";
import { denied, ownPkgs, pkgs, pkgsDir, withConda } from "../../facts/example-conda.ts";
import { present, rootOwned } from "../../facts/example-facts.ts";
import { examine } from "../examine.ts";
import { problem } from "./problem.ts";

const shared = "/opt/conda/pkgs";
const urls = (directory: string, words: Parameters<typeof present>[1] = {}): ReturnType<typeof present> => present(`${directory}/urls.txt`, { type: "file", ...words });

describe("conda-urls-txt-split finds", () => {
  it("nothing where both halves agree", () => {
    expect(problem.detect(withConda())).toEqual([]);
    expect(problem.detect(withConda({ pkgsDirs: [denied(shared), pkgsDir(ownPkgs)] }))).toEqual([]);
  });

  it("a directory that takes no download though its urls.txt promises it", () => {
    const { found } = examine(problem, withConda({ pkgsDirs: [pkgsDir(shared, { split: "urls-only" }), pkgsDir(ownPkgs)] }, [urls(shared, { ...rootOwned, mode: 0o666 })]));
    expect(found).toMatchObject({ subject: shared, severity: "error", params: { half: shared, variant: "" } });
    expect(found.evidence[0]?.says).toBe("it belongs to root, and mode 0755 lets others only read and enter");
  });

  it("nothing where another cache takes the downloads before it", () => {
    expect(problem.detect(withConda({ pkgsDirs: [pkgsDir(ownPkgs), pkgsDir(shared, { split: "urls-only" })] }))).toEqual([]);
  });

  it("one's own directory that conda takes for read-only, as a warning; somebody else's is theirs", () => {
    const halves = pkgsDir(pkgs, { ...denied(pkgs), split: "directory-only" });
    const { found } = examine(problem, withConda({ pkgsDirs: [halves, pkgsDir(ownPkgs)] }, [urls(pkgs, rootOwned)]));
    expect(found).toMatchObject({ severity: "warning", params: { variant: "directory-only", half: `${pkgs}/urls.txt` } });
    expect(problem.detect(withConda({ pkgsDirs: [pkgsDir(shared, { ...denied(shared), split: "directory-only" }), pkgsDir(ownPkgs)] }, [present(shared, { ...rootOwned, mode: 0o777 })]))).toEqual([]);
  });
});

describe("the cures", () => {
  it("reopen one's own directory first", () => {
    const { ids, cure } = examine(problem, withConda({ pkgsDirs: [pkgsDir(pkgs, { split: "urls-only" }), pkgsDir(ownPkgs)] }, [present(pkgs, { mode: 0o555, write: "EACCES" })]));
    expect(ids).toEqual(["restore-mode", "read-only"]);
    expect(cure("restore-mode").steps).toMatchObject([{ kind: "chmod", root: pkgs, select: "top" }]);
  });

  it("close one's own urls.txt, where another cache can take the downloads", () => {
    const split = pkgsDir(pkgs, { split: "urls-only" });
    const { ids, cure } = examine(problem, withConda({ pkgsDirs: [split, pkgsDir(ownPkgs)] }, [present(pkgs, rootOwned), urls(pkgs)]));
    expect(ids).toEqual(["read-only", "give-back"]);
    expect(cure("read-only").steps).toMatchObject([{ kind: "chmod", root: `${pkgs}/urls.txt`, files: { add: 0, remove: 0o222 } }]);
    expect(examine(problem, withConda({ pkgsDirs: [split] }, [present(pkgs, rootOwned), urls(pkgs)])).ids).toEqual(["give-back"]);
  });

  it("show an administrator's command, and never advise to open the directory", () => {
    const { ids, cure } = examine(problem, withConda({ pkgsDirs: [pkgsDir(shared, { split: "urls-only" }), pkgsDir(ownPkgs)] }, [urls(shared, { ...rootOwned, mode: 0o666 })]));
    expect(ids).toEqual(["lend-only"]);
    expect(cure("lend-only").shown).toEqual([`sudo chmod go-w ${shared}/urls.txt`]);
  });

  it("move the cache with a foreign urls.txt aside, or give the file back", () => {
    const { ids, cure } = examine(problem, withConda({ pkgsDirs: [pkgsDir(pkgs, { ...denied(pkgs), split: "directory-only" }), pkgsDir(ownPkgs)] }, [urls(pkgs, rootOwned)]));
    expect(ids).toEqual(["set-aside", "give-back"]);
    expect(cure("give-back").steps).toMatchObject([{ kind: "chown", root: `${pkgs}/urls.txt`, select: "top" }]);
  });
});
