import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { machineWith } from "./example-machine.ts";
import { startLooks } from "./looks.ts";
import { projectFacts } from "./project.ts";

let cwd = "";
beforeEach(() => {
  cwd = realpathSync(mkdtempSync(join(tmpdir(), "cachewright-project-")));
});
afterEach(() => rmSync(cwd, { recursive: true }));

const touch = (...names: readonly string[]): void => names.forEach((name) => writeFileSync(join(cwd, name), ""));
const facts = (): ReturnType<typeof projectFacts> => projectFacts(startLooks(machineWith({ cwd })));

describe("projectFacts", () => {
  it("says nothing of a directory that is no project", () => {
    mkdirSync(join(cwd, "build"));
    touch("poetry.lock");
    expect(facts()).toBeUndefined();
  });

  it("names the files that tools write anew, and no others", () => {
    touch("pyproject.toml", "poetry.lock", "requirements-dev.txt", "requirements.in", "pylock.toml", "README.md", "setup.py", "notes.txt");
    expect(facts()?.files.map((path) => path.slice(cwd.length + 1)).sort()).toEqual(["poetry.lock", "pylock.toml", "pyproject.toml", "requirements-dev.txt", "requirements.in"]);
  });

  it("names what builds leave, in src too; a file of that name is none", () => {
    touch("setup.py", "old.egg-info");
    for (const name of ["build", ".eggs", "demo.egg-info", "src", "src/demo.egg-info", "docs"]) mkdirSync(join(cwd, name));
    expect(facts()?.built.map((path) => path.slice(cwd.length + 1)).sort()).toEqual([".eggs", "build", "demo.egg-info", "src/demo.egg-info"]);
  });

  it("asks access of each, so that a problem can tell from the facts alone", () => {
    touch("pyproject.toml");
    mkdirSync(join(cwd, "build"));
    const looks = startLooks(machineWith({ cwd }));
    const project = projectFacts(looks);
    for (const path of [...(project?.built ?? []), ...(project?.files ?? []), cwd]) expect(looks.paths.get(path)?.access?.write).toBe("ok");
  });
});
