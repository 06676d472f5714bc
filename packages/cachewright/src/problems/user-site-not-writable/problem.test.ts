import { describe, expect, it } from "vitest";
import { absent, factsWith, install, present, root, rootOwned, scanned } from "../../facts/example-facts.ts";
import type { Facts, PathFact } from "../../facts/facts.ts";
import { examine } from "../examine.ts";
import { problem, userSitePlaces } from "./problem.ts";

const base = "/home/me/.local";
const version = `${base}/lib/python3.11`;
const userSite = `${version}/site-packages`;
const own = userSitePlaces(userSite).map((path) => present(path));
const withPaths = (paths: readonly PathFact[], scans: Facts["scans"] = []): Facts => factsWith({ paths: [...own, ...paths], scans });
const rootsOf = (facts: Facts, id: string): unknown[] => examine(problem, facts).cure(id).steps.map((step) => ("root" in step ? [step.root, step.kind === "chown" || step.kind === "chmod" ? step.select : ""] : []));

describe("user-site-not-writable finds", () => {
  it("nothing on a healthy machine, with or without a user site", () => {
    expect(problem.detect(withPaths([]))).toEqual([]);
    expect(problem.detect(factsWith({ paths: [absent(base)] }))).toEqual([]);
  });

  it("what sudo pip install --user left, topmost first", () => {
    const { found } = examine(problem, withPaths([present(version, rootOwned), present(userSite, rootOwned), present(`${base}/bin`, rootOwned)]));
    expect(found).toMatchObject({ severity: "error", subject: `${base}/bin`, params: { path: `${base}/bin`, base, owner: "root", mode: "0755", count: "3", because: "it belongs to root, and mode 0755 lets others only read and enter" } });
    expect(found.evidence.map((one) => one.from.path)).toEqual([`${base}/bin`, version, userSite]);
  });

  it("a foreign package in an own site-packages", () => {
    const part = present(`${userSite}/six`, rootOwned);
    expect(examine(problem, withPaths([part], [scanned([part], { root: userSite, purpose: "target" })])).found.subject).toBe(part.path);
  });

  it("nothing in foreign files alone, which pip replaces by rename", () => {
    const part = present(`${userSite}/six.py`, { type: "file", ...rootOwned });
    expect(problem.detect(withPaths([part], [scanned([part], { root: userSite, purpose: "target" })]))).toEqual([]);
  });

  it("a directory of one's own that cannot be entered", () => {
    expect(examine(problem, withPaths([present(`${base}/bin`, { mode: 0o600, search: "EACCES" })])).found.params["because"]).toBe("it is your own, but its mode 0600 takes entering from you too");
  });

  it("the places of each Python that has a user site", () => {
    const other = `${base}/lib/python3.12/site-packages`;
    const installs = [install({ userSite: null }), install({ python: "/opt/python3.12", chosen: false, userSite: other })];
    expect(examine(problem, factsWith({ installs, paths: [...own, present(other, rootOwned)] })).found.subject).toBe(other);
  });

  it("nothing where no Python has a user site, nor for root", () => {
    expect(problem.detect(factsWith({ installs: [install({ userSite: null })], paths: [...own, present(userSite, rootOwned)] }))).toEqual([]);
    expect(problem.detect({ ...withPaths([present(userSite, rootOwned)]), user: root() })).toEqual([]);
  });
});

describe("the cures", () => {
  it("set a Python's foreign directory aside, or give it back to the bottom", () => {
    const facts = withPaths([present(version, rootOwned), present(userSite, rootOwned)]);
    const { ids, cure } = examine(problem, facts);
    expect(ids).toEqual(["set-aside", "give-back"]);
    expect(cure("set-aside")).toMatchObject({ needs: "user", probes: [version], steps: [{ kind: "rename", from: version, aside: true }, { kind: "make-dir", path: version }] });
    expect(cure("give-back")).toMatchObject({ needs: "root", probes: [version], steps: [{ kind: "chown", root: version, select: "tree" }] });
  });

  it("set a foreign package aside with its modules, and probe where they stand", () => {
    const parts = [present(`${userSite}/six-1.16.0.dist-info`, rootOwned), present(`${userSite}/six.py`, { type: "file", ...rootOwned })];
    const { cure } = examine(problem, withPaths(parts, [scanned(parts, { root: userSite, purpose: "target" })]));
    expect(cure("set-aside")).toMatchObject({ probes: [userSite], steps: [{ kind: "rename", from: `${userSite}/six.py`, aside: true }, { kind: "rename", from: `${userSite}/six-1.16.0.dist-info`, aside: true }] });
    expect(cure("give-back").probes).toEqual([userSite, `${userSite}/six-1.16.0.dist-info`]);
  });

  it("give the whole user site back when more of it is foreign than the facts list", () => {
    const parts = [present(`${userSite}/six`, rootOwned)];
    const { ids, cure } = examine(problem, withPaths([...parts, present(`${base}/bin`, rootOwned)], [scanned(parts, { root: userSite, purpose: "target", deniedCount: 80 })]));
    expect(ids).toEqual(["give-back"]);
    expect(cure("give-back").steps).toMatchObject([{ kind: "chown", root: userSite, select: "tree" }, { kind: "chown", root: `${base}/bin` }]);
  });

  it("set several aside in one plan", () => {
    const { cure } = examine(problem, withPaths([present(version, rootOwned), present(`${base}/bin`, rootOwned)]));
    expect(cure("set-aside").steps).toHaveLength(4);
    expect(cure("set-aside").probes).toEqual([`${base}/bin`, version]);
  });

  it("give back ~/.local, lib and share without what is in them: containers keep files of other uids there", () => {
    const facts = withPaths([present(base, rootOwned), present(`${base}/share`, rootOwned), present(`${base}/lib`, rootOwned), present(version, rootOwned)]);
    expect(rootsOf(facts, "give-back")).toEqual([[base, "top"], [`${base}/lib`, "top"], [`${base}/share`, "top"], [version, "tree"]]);
  });

  it("do not set ~/.local aside while something in it is the user's, nor share, nor lib", () => {
    expect(examine(problem, withPaths([present(base, rootOwned)])).ids).toEqual(["give-back"]);
    expect(examine(problem, withPaths([present(`${base}/share`, rootOwned)])).ids).toEqual(["give-back"]);
    expect(examine(problem, withPaths([present(`${base}/lib`, rootOwned)])).ids).toEqual(["give-back"]);
  });

  it("set ~/.local aside when all of it is foreign", () => {
    const all = [...userSitePlaces(userSite)].map((path) => (path.endsWith("share") ? absent(path) : present(path, rootOwned)));
    expect(examine(problem, withPaths(all)).cure("set-aside").steps).toMatchObject([{ from: base }, { path: base }]);
  });

  it("reopen own directories: to the bottom where they are pip's, alone where others' things are", () => {
    expect(examine(problem, withPaths([present(version, { mode: 0o555, write: "EACCES" })])).ids).toEqual(["restore-mode"]);
    expect(rootsOf(withPaths([present(version, { mode: 0o555, write: "EACCES" })]), "restore-mode")).toEqual([[version, "tree"]]);
    expect(rootsOf(withPaths([present(base, { mode: 0o555, write: "EACCES" })]), "restore-mode")).toEqual([[base, "top"]]);
  });

  it("give back and reopen where there is some of both", () => {
    const { ids, cure } = examine(problem, withPaths([present(version, rootOwned), present(`${base}/bin`, { mode: 0o555, write: "EACCES" })]));
    expect(ids).toEqual(["give-back"]);
    expect(cure("give-back").steps.map((step) => step.kind)).toEqual(["chown", "chmod"]);
  });
});
