import { describe, expect, it } from "vitest";
import { factsWith, install, present, root, rootOwned, scanned, venv, venvPaths } from "../../facts/example-facts.ts";
import type { Facts, InstallFact, PathFact } from "../../facts/facts.ts";
import { examine } from "../examine.ts";
import { problem } from "./problem.ts";

const prefix = "/home/me/project/.venv";
const site = `${prefix}/lib/python3.11/site-packages`;
const project = present("/home/me/project");
const withVenv = (paths: readonly PathFact[], words: Partial<InstallFact> = {}, scans: Facts["scans"] = []): Facts =>
  factsWith({ installs: [venv(words), install({ chosen: false })], paths: [project, ...venvPaths({}, words.prefix ?? prefix), ...paths], scans });

describe("venv-not-writable finds", () => {
  it("nothing on a healthy machine, nor in a healthy environment", () => {
    expect(problem.detect(factsWith())).toEqual([]);
    expect(problem.detect(withVenv([]))).toEqual([]);
  });

  it("an environment that is wholly root's", () => {
    const { found } = examine(problem, withVenv(venvPaths(rootOwned)));
    expect(found).toMatchObject({ severity: "error", subject: prefix, params: { path: prefix, by: prefix, owner: "root", mode: "0755", count: "4" } });
  });

  it("one package that sudo pip put into it", () => {
    const part = present(`${site}/six`, rootOwned);
    const { found } = examine(problem, withVenv([part], {}, [scanned([part], { root: site, purpose: "target" })]));
    expect(found).toMatchObject({ subject: prefix, params: { by: part.path } });
  });

  it("one of one's own that lost its bits", () => {
    expect(examine(problem, withVenv(venvPaths({ mode: 0o555, write: "EACCES" }))).found.params["because"]).toBe("it is your own, but its mode 0555 takes writing from you too");
  });

  it("the project's, and the chosen one below the home, but no environment that is merely there", () => {
    const ill = venvPaths(rootOwned);
    expect(problem.detect(withVenv(ill, { found: ["project venv"], chosen: false }))).toHaveLength(1);
    expect(problem.detect(withVenv(ill, { found: ["PATH"], chosen: true }))).toHaveLength(1);
    expect(problem.detect(withVenv(ill, { found: ["pyenv"], chosen: false }))).toEqual([]);
  });

  it("nothing in a service's environment whose project one happens to stand in", () => {
    const theirs = "/srv/app/.venv";
    const words = { prefix: theirs, found: ["project venv"], chosen: false } satisfies Partial<InstallFact>;
    expect(problem.detect(withVenv([present("/srv/app", { uid: 1001 }), ...venvPaths({ uid: 1001 }, theirs)], words))).toEqual([]);
    expect(problem.detect(withVenv([present("/srv/app", { uid: 1001 }), ...venvPaths({ uid: 1001 }, theirs)], { ...words, found: ["active venv"] }))).toHaveLength(1);
  });

  it("nothing for root", () => {
    expect(problem.detect({ ...withVenv(venvPaths(rootOwned)), user: root() })).toEqual([]);
  });
});

describe("the cures", () => {
  it("give the environment back, or make a new one in its place with the same Python", () => {
    const { ids, cure } = examine(problem, withVenv(venvPaths(rootOwned)));
    expect(ids).toEqual(["give-back", "new-venv"]);
    expect(cure("give-back")).toMatchObject({ needs: "root", probes: [prefix], steps: [{ kind: "chown", root: prefix, select: "tree", to: { uid: 1000 } }] });
    expect(cure("new-venv")).toMatchObject({
      needs: "user", probes: [site],
      steps: [{ kind: "rename", from: prefix, aside: true }, { kind: "run", argv: ["/usr/bin/python3", "-I", "-m", "venv", prefix], makes: prefix, network: false }],
    });
  });

  it("make it as it was: with the system's packages when it had them, and only with the same version", () => {
    expect(examine(problem, withVenv(venvPaths(rootOwned), { systemSite: true })).cure("new-venv").steps).toMatchObject([{}, { argv: ["/usr/bin/python3", "-I", "-m", "venv", "--system-site-packages", prefix] }]);
    expect(examine(problem, withVenv(venvPaths(rootOwned), { version: "3.12" })).ids).toEqual(["give-back"]);
  });

  it("reopen what is the user's own", () => {
    const { ids, cure } = examine(problem, withVenv([present(`${prefix}/bin`, { mode: 0o555, write: "EACCES" })]));
    expect(ids).toEqual(["restore-mode"]);
    expect(cure("restore-mode").steps).toMatchObject([{ kind: "chmod", root: `${prefix}/bin`, select: "tree" }]);
  });

  it("reopen it too where another part is given back", () => {
    const { cure } = examine(problem, withVenv([present(`${prefix}/bin`, { mode: 0o555, write: "EACCES" }), present(site, rootOwned)]));
    expect(cure("give-back").steps.map((step) => step.kind)).toEqual(["chown", "chmod"]);
  });

  it("serve an environment outside the home that stands in a directory of the user's own", () => {
    const mine = "/mnt/work/env";
    const facts = withVenv([present("/mnt", rootOwned), present("/mnt/work"), ...venvPaths(rootOwned, mine)], { prefix: mine });
    expect(examine(problem, facts).ids).toEqual(["give-back", "new-venv"]);
  });

  it("neither give away nor displace what is in somebody else's directory", () => {
    const theirs = "/srv/app/.venv";
    const shared = present("/srv/app", { uid: 1001, mode: 0o777 });
    expect(examine(problem, withVenv([shared, ...venvPaths({ uid: 1001 }, theirs)], { prefix: theirs })).ids).toEqual([]);
  });
});
