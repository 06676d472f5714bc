import { describe, expect, it } from "vitest";
import { factsWith, present, rootOwned, venv, venvPaths } from "../../facts/example-facts.ts";
import type { Facts, PackagesFact } from "../../facts/facts.ts";
import { examine } from "../examine.ts";
import { problem } from "./problem.ts";

const site = "/home/me/project/.venv/lib/python3.11/site-packages";
const leftover = (name: string, words: Partial<PackagesFact["leftovers"][number]> = {}): PackagesFact["leftovers"][number] => ({ path: `${site}/${name}`, beside: `${site}/tabulate-0.9.0.dist-info`, ...words });
const withLeftovers = (leftovers: PackagesFact["leftovers"], owner = {}): Facts => factsWith({
  installs: [venv()], paths: [...venvPaths(owner), ...leftovers.map(({ path }) => present(path, owner))],
  packages: [{ directory: site, python: "/home/me/project/.venv/bin/python", looked: 2, complete: true, leftovers, unfinished: [], closed: [], closedCount: 0 }],
});

describe("invalid-distribution-leftover finds", () => {
  it("nothing where nothing is left, or nobody looked", () => {
    expect(problem.detect(withLeftovers([]))).toEqual([]);
    expect(problem.detect(factsWith())).toEqual([]);
  });

  it("one finding for a directory, however many are left there", () => {
    const { found } = examine(problem, withLeftovers([leftover("~abulate-0.9.0.dist-info"), leftover("~abulate")]));
    expect(found).toMatchObject({ severity: "note", subject: site, params: { variant: "rubbish", name: "~abulate-0.9.0.dist-info", count: "2" } });
    expect(found.evidence).toHaveLength(2);
  });

  it("a package of which nothing else is left, before any rubbish", () => {
    const { found } = examine(problem, withLeftovers([leftover("~umpy"), leftover("~abulate-0.9.0.dist-info", { beside: null, name: "tabulate", version: "0.9.0" })]));
    expect(found.params).toMatchObject({ variant: "lost", package: "tabulate 0.9.0" });
    expect(found.evidence[0]?.says).toBe("left of tabulate 0.9.0, which is not there any more");
  });
});

describe("the cures", () => {
  it("set each leftover aside, beside itself", () => {
    const { ids, cure } = examine(problem, withLeftovers([leftover("~abulate-0.9.0.dist-info"), leftover("~abulate")]));
    expect(ids).toEqual(["set-aside"]);
    expect(cure("set-aside").steps).toMatchObject([{ kind: "rename", from: `${site}/~abulate-0.9.0.dist-info`, aside: true }, { kind: "rename", from: `${site}/~abulate` }]);
  });

  it("show the command where the directory is somebody else's", () => {
    const { ids, cure } = examine(problem, withLeftovers([leftover("~abulate")], rootOwned));
    expect(ids).toEqual(["as-its-owner"]);
    expect(cure("as-its-owner").shown).toEqual([expect.stringMatching(/^mv -n \S+\/~abulate \S+\/~abulate\.cachewright-\d{8}-\d{6}$/)]);
  });

  it("leave alone what is all there is of a package, and say how to get it back", () => {
    const lost = leftover("~abulate-0.9.0.dist-info", { beside: null, name: "tabulate", version: "0.9.0" });
    expect(examine(problem, withLeftovers([lost])).cures).toEqual([{ id: "install-again", needs: "user", steps: [], shown: ["/home/me/project/.venv/bin/python -m pip install tabulate==0.9.0"] }]);
    expect(examine(problem, withLeftovers([{ path: lost.path, beside: null }])).ids).toEqual([]);
  });
});
