import { describe, expect, it } from "vitest";
import { factsWith, install, venv, venvPaths } from "../../facts/example-facts.ts";
import type { Facts, PackagesFact } from "../../facts/facts.ts";
import { examine } from "../examine.ts";
import { problem } from "./problem.ts";

const directory = "/usr/lib/python3/dist-packages";
const debians = { path: `${directory}/pip-24.0.dist-info`, name: "pip", version: "24.0", installer: "debian" };
const distutils = { path: `${directory}/six-1.16.0.egg-info`, name: "six", version: "1.16.0", installer: null };
const withForeign = (foreign: PackagesFact["foreign"], change: Parameters<typeof factsWith>[0] = {}): Facts =>
  factsWith({ packages: [{ directory, python: "/usr/bin/python3", looked: 1, complete: true, leftovers: [], unfinished: [], closed: [], closedCount: 0, foreign }], ...change });

describe("os-package-cannot-uninstall finds", () => {
  it("nothing unless somebody asked, for every Linux has such packages", () => {
    expect(problem.when).toBe("asked");
    expect(problem.detect(withForeign(undefined))).toEqual([]);
    expect(problem.detect(withForeign([]))).toEqual([]);
  });

  it("one finding for a directory, with whose packages they are", () => {
    const { found } = examine(problem, withForeign([debians, distutils]));
    expect(found).toMatchObject({ severity: "error", subject: directory, params: { package: "pip 24.0", installer: "debian", count: "2" } });
    expect(found.evidence.map(({ says }) => says)).toEqual(["installed by debian, without the RECORD that pip would remove by", "installed by distutils: one file, and no list of what belongs to it"]);
  });
});

describe("the cures", () => {
  it("make an environment, or use the project's; then say what --ignore-installed does", () => {
    expect(examine(problem, withForeign([debians])).ids).toEqual(["make-venv", "ignore-installed"]);
    const installs = [install(), venv({ found: ["project venv"], chosen: false })];
    expect(examine(problem, withForeign([debians], { installs, paths: venvPaths() })).ids).toEqual(["use-venv", "ignore-installed"]);
    expect(examine(problem, withForeign([distutils])).cure("ignore-installed")).toMatchObject({ steps: [], shown: ["/usr/bin/python3 -m pip install --ignore-installed --no-deps six"] });
  });
});
