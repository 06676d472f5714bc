import { describe, expect, it } from "vitest";
import { absent, factsWith, install, present, root, rootOwned, venv, venvPaths } from "../../facts/example-facts.ts";
import type { Facts, InstallFact, PathFact } from "../../facts/facts.ts";
import { examine } from "../examine.ts";
import { problem } from "./problem.ts";

const prefix = "/home/me/python";
const scripts = `${prefix}/bin`;
const share = `${prefix}/share`;
const own = install({ python: `${scripts}/python3`, realPython: `${scripts}/python3.11`, kind: "other", prefix, basePrefix: prefix, purelib: `${prefix}/lib/python3.11/site-packages`, scripts, stdlib: `${prefix}/lib/python3.11` });
const dirs = [prefix, scripts, `${prefix}/lib`, own.purelib].map((path) => present(path));
const none = [share, `${share}/man`, `${share}/man/man1`].map(absent);
const withPaths = (paths: readonly PathFact[], words: Partial<InstallFact> = {}): Facts => factsWith({ installs: [{ ...own, ...words }], paths: [...dirs, ...none, ...paths] });
const foreignBin = withPaths([present(scripts, rootOwned)]);

describe("scripts-dir-not-writable finds", () => {
  it("nothing on a healthy machine, nor in a sound prefix of one's own", () => {
    expect(problem.detect(factsWith())).toEqual([]);
    expect(problem.detect(withPaths([]))).toEqual([]);
  });

  it("a foreign bin beside packages that may be written", () => {
    const { found } = examine(problem, foreignBin);
    expect(found).toMatchObject({ severity: "error", subject: scripts, params: { path: scripts, library: own.purelib, owner: "root", variant: "scripts", because: "it belongs to root, and mode 0755 lets others only read and enter" } });
    expect(found.evidence).toMatchObject([{ from: { path: scripts } }]);
  });

  it("a foreign directory of manual pages, or the one in which it would be made", () => {
    expect(examine(problem, withPaths([present(share), present(`${share}/man`), present(`${share}/man/man1`, rootOwned)])).found).toMatchObject({ subject: `${share}/man/man1`, params: { variant: "data" } });
    expect(examine(problem, withPaths([present(share, rootOwned)])).found.subject).toBe(share);
    expect(problem.detect(withPaths([present(share, rootOwned), present(`${share}/man`), present(`${share}/man/man1`)]))).toEqual([]);
  });

  it("nothing where packages cannot be written either: that is site-packages-not-writable or the fallback", () => {
    expect(problem.detect(withPaths([present(scripts, rootOwned), present(own.purelib, rootOwned)]))).toEqual([]);
  });

  it("nothing for root, in an environment, beside one that works, or where another package manager rules", () => {
    expect(problem.detect({ ...foreignBin, user: root() })).toEqual([]);
    expect(problem.detect(factsWith({ installs: [venv()], paths: venvPaths(rootOwned) }))).toEqual([]);
    expect(problem.detect({ ...foreignBin, installs: [own, venv({ found: ["project venv"], chosen: false })], paths: { ...foreignBin.paths, ...factsWith({ paths: venvPaths() }).paths, [scripts]: present(scripts, rootOwned) } })).toEqual([]);
    expect(problem.detect(withPaths([present(scripts, rootOwned)], { externallyManaged: `${own.stdlib}/EXTERNALLY-MANAGED` }))).toEqual([]);
  });
});

describe("the cures", () => {
  it("give the directory back to the bottom, or make an environment", () => {
    const { ids, cure } = examine(problem, { ...foreignBin, paths: { ...foreignBin.paths, [`${own.stdlib}/ensurepip`]: present(`${own.stdlib}/ensurepip`) } });
    expect(ids).toEqual(["give-back", "make-venv"]);
    expect(cure("give-back")).toMatchObject({ needs: "root", probes: [scripts], steps: [{ kind: "chown", root: scripts, select: "tree", to: { uid: 1000 } }] });
  });

  it("of share only the directory itself: other programs keep data there", () => {
    expect(examine(problem, withPaths([present(share, rootOwned)])).cure("give-back").steps).toMatchObject([{ root: share, select: "top" }]);
  });

  it("reopen one's own", () => {
    expect(examine(problem, withPaths([present(scripts, { mode: 0o555, write: "EACCES" })])).cure("restore-mode").steps).toMatchObject([{ kind: "chmod", root: scripts }]);
  });

  it("give nothing back of a system's directory", () => {
    const system = factsWith({ paths: [present("/usr/local/bin", rootOwned), present("/usr/local/lib/python3.11/dist-packages", { ...rootOwned, mode: 0o775, write: "ok" })] });
    expect(examine(problem, system).ids).toEqual(["make-venv"]);
  });
});
