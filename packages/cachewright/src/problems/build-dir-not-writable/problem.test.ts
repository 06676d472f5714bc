import { describe, expect, it } from "vitest";
import { factsWith, present, root, rootOwned } from "../../facts/example-facts.ts";
import type { Facts, PathFact } from "../../facts/facts.ts";
import { examine } from "../examine.ts";
import { problem } from "./problem.ts";

const project = "/home/me/src/demo";
const built = (parts: readonly PathFact[], top = present(project)): Facts =>
  factsWith({ cwd: project, project: { directory: project, built: parts.map(({ path }) => path), files: [] }, paths: [top, ...parts] });
const foreign = (name: string): PathFact => present(`${project}/${name}`, rootOwned);

describe("build-dir-not-writable finds", () => {
  it("nothing outside of a project, nor in one that is in order", () => {
    expect(problem.detect(factsWith())).toEqual([]);
    expect(problem.detect(built([present(`${project}/build`), present(`${project}/demo.egg-info`)]))).toEqual([]);
  });

  it("what a build as root left, as one finding", () => {
    const { found } = examine(problem, built([foreign("build"), foreign("demo.egg-info")]));
    expect(found).toMatchObject({ severity: "error", subject: `${project}/build`, params: { project, owner: "root", count: "2", because: "it belongs to root, and mode 0755 lets others only read and enter" } });
    expect(found.evidence).toHaveLength(2);
  });

  it("a part deep in a build/ of one's own, and topmost parts only", () => {
    expect(examine(problem, built([present(`${project}/build`), foreign("build/lib"), foreign("build/lib/demo")])).found).toMatchObject({ subject: `${project}/build/lib`, params: { count: "1" } });
  });

  it("nothing in somebody else's project, nor for root", () => {
    expect(problem.detect(built([foreign("build")], present(project, rootOwned)))).toEqual([]);
    expect(problem.detect({ ...built([foreign("build")]), user: root() })).toEqual([]);
  });
});

describe("the cures", () => {
  it("give back, or set the whole of each built part aside with a fresh one in its place", () => {
    const { ids, cure } = examine(problem, built([present(`${project}/build`), foreign("build/lib"), foreign("demo.egg-info")]));
    expect(ids).toEqual(["give-back", "set-aside"]);
    expect(cure("give-back").steps).toMatchObject([{ kind: "chown", root: `${project}/build/lib`, select: "tree" }, { root: `${project}/demo.egg-info` }]);
    expect(cure("set-aside").steps).toMatchObject([{ kind: "rename", from: `${project}/build` }, { kind: "make-dir", path: `${project}/build` }, { from: `${project}/demo.egg-info` }, { kind: "make-dir" }]);
  });

  it("reopen a directory of one's own", () => {
    expect(examine(problem, built([present(`${project}/build`, { mode: 0o555, write: "EACCES" })])).ids).toEqual(["restore-mode", "set-aside"]);
  });
});
