import { describe, expect, it } from "vitest";
import { factsWith, link, present, root, rootOwned } from "../../facts/example-facts.ts";
import { toolFact } from "../../facts/example-tools.ts";
import type { Facts, PathFact } from "../../facts/facts.ts";
import { examine } from "../examine.ts";
import { problem } from "./problem.ts";

const project = "/home/me/src/demo";
const files = (given: readonly PathFact[], top = present(project)): Facts =>
  factsWith({ cwd: project, project: { directory: project, built: [], files: given.map(({ path }) => path) }, paths: [top, ...given] });
const foreign = present(`${project}/poetry.lock`, { type: "file", ...rootOwned });
const readOnly = present(`${project}/requirements.txt`, { type: "file", mode: 0o444, write: "EACCES" });

describe("project-file-not-writable finds", () => {
  it.each<[string, string, string[], boolean]>([
    ["Pipfile.lock", "pipenv", ["2023.12.1"], false], ["pdm.lock", "pdm", ["2.29.3"], false], ["pdm.lock", "pdm", ["2.29.3", "2.12.4"], true], ["pdm.lock", "pdm", [], true],
  ])("in %s, which %s %s may put a new file in the place of: %s", (...[name, tool, versions, isFound]) => {
    const facts = (words: Parameters<typeof present>[1]): Facts =>
      ({ ...files([present(`${project}/${name}`, { type: "file", ...rootOwned, ...words })]), tools: versions.map((version) => toolFact(tool as "pdm" | "pipenv", { version })) });
    expect(problem.detect(facts({})).length > 0).toBe(isFound);
    expect(problem.detect(facts({ mode: 0o600, read: "EACCES" }))).toHaveLength(1);
  });

  it("nothing outside of a project, nor in one that is in order", () => {
    expect(problem.detect(factsWith())).toEqual([]);
    expect(problem.detect(files([present(`${project}/pyproject.toml`, { type: "file" }), link(`${project}/uv.lock`, "../uv.lock")]))).toEqual([]);
  });

  it("a foreign file, an error; one's own that is read-only, a note", () => {
    expect(examine(problem, files([readOnly, foreign])).found).toMatchObject({ severity: "error", subject: foreign.path, params: { variant: "foreign", owner: "root", count: "2" } });
    expect(examine(problem, files([readOnly])).found).toMatchObject({ severity: "note", subject: readOnly.path, params: { variant: "own", mode: "0444" } });
  });

  it("nothing in somebody else's project, nor for root", () => {
    expect(problem.detect(files([foreign], present(project, rootOwned)))).toEqual([]);
    expect(problem.detect({ ...files([foreign]), user: root() })).toEqual([]);
  });
});

describe("the cures", () => {
  it("give back what is foreign, and nothing else in the project", () => {
    expect(examine(problem, files([foreign])).cures).toMatchObject([{ id: "give-back", needs: "root", probes: [project], steps: [{ kind: "chown", root: foreign.path, select: "top" }] }]);
  });

  it("make one's own writable again", () => {
    expect(examine(problem, files([readOnly])).cures).toMatchObject([{ id: "restore-mode", needs: "user", steps: [{ kind: "chmod", root: readOnly.path, files: { add: 0o600 } }] }]);
  });
});
