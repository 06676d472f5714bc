import { describe, expect, it } from "vitest";
import { pkgs, withConda } from "../../facts/example-conda.ts";
import { rattlerPkgs, withRattler } from "../../facts/example-rattler.ts";
import { examine } from "../examine.ts";
import { problem } from "./problem.ts";

const path = `${pkgs}/cache/cf73e938.info.json`;
const holder = { pid: 4321, uid: 1000, command: "python -m conda install zlib", shared: false };

describe("conda-lock finds", () => {
  it("nothing where nobody holds a lock: that its file is there means nothing", () => {
    expect(problem.detect(withConda())).toEqual([]);
    expect(problem.detect(withConda({ locks: [{ path, holders: [] }] }))).toEqual([]);
  });

  it("who holds it", () => {
    const { found } = examine(problem, withConda({ locks: [{ path, holders: [holder] }] }));
    expect(found).toMatchObject({ subject: path, severity: "warning", params: { pid: "4321", command: holder.command } });
    expect(found.evidence.map(({ says }) => says)).toEqual(["process 4321 of me holds it: python -m conda install zlib"]);
  });
});

describe("conda-lock of rattler and pixi", () => {
  it("finds who holds the cache's lock, and says it once when two tools keep it there", () => {
    const lock = `${rattlerPkgs}/.cache.lock`;
    const facts = withRattler({ locks: [{ path: lock, holders: [holder] }] });
    expect(examine(problem, facts).found).toMatchObject({ subject: lock, params: { pid: "4321" } });
    expect(problem.detect({ ...facts, conda: withConda({ locks: [{ path: lock, holders: [holder] }] }).conda })).toHaveLength(1);
  });
});

describe("the cures", () => {
  it("wait, or show who it is; no lock file is ever deleted", () => {
    const { cures, ids } = examine(problem, withConda({ locks: [{ path, holders: [holder] }] }));
    expect(ids).toEqual(["wait", "end-holder"]);
    expect(cures.flatMap(({ steps }) => steps)).toEqual([]);
    expect(cures.flatMap(({ shown = [] }) => shown).join("\n")).not.toContain(path);
  });
});
