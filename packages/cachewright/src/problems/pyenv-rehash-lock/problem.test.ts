import { describe, expect, it } from "vitest";
import { present, rootOwned } from "../../facts/example-facts.ts";
import { examine } from "../examine.ts";
import { leftLock, pyenvFact, pyenvRoot, withPyenv } from "../ill-pipx.ts";
import { problem } from "./problem.ts";

const lock = `${pyenvRoot}/shims/.pyenv-shim`;
const shims = `${pyenvRoot}/shims`;

describe("pyenv-rehash-lock finds", () => {
  it("nothing without the file, nor while a rehash may be running", () => {
    expect(problem.detect(withPyenv())).toEqual([]);
    expect(problem.detect(leftLock(withPyenv(), 119))).toEqual([]);
  });

  it("nothing where pyenv removes it itself, where nobody knows the version, or where the shims are refused anyway", () => {
    for (const version of ["2.6.32", "2.8.1", null]) expect(problem.detect(leftLock(withPyenv({ tools: [pyenvFact(version)] }), 3600))).toEqual([]);
    expect(problem.detect(leftLock(withPyenv({ paths: [present(shims, rootOwned)] }), 3600))).toEqual([]);
  });

  it("a file that is older than pyenv's own limit", () => {
    expect(examine(problem, leftLock(withPyenv(), 3 * 3600)).found).toMatchObject({ subject: lock, severity: "error", params: { age: "3 hours", version: "2.6.30" } });
    expect(problem.detect(leftLock(withPyenv(), 121))).toHaveLength(1);
  });
});

describe("the cures", () => {
  it("set it aside, root's too, and name the pyenv that needs none", () => {
    for (const words of [{}, rootOwned]) {
      const { ids, cure } = examine(problem, leftLock(withPyenv(), 3600, words));
      expect(ids).toEqual(["set-aside", "upgrade"]);
      expect(cure("set-aside").steps).toMatchObject([{ kind: "rename", from: lock, aside: true }]);
    }
  });

  it("show how to remove what another account's sticky directory keeps", () => {
    const { ids, cure } = examine(problem, leftLock(withPyenv({ paths: [present(shims, { ...rootOwned, mode: 0o1777 })] }), 3600, rootOwned));
    expect(ids).toEqual(["remove", "upgrade"]);
    expect(cure("remove").shown).toEqual([`rm -f ${lock}`]);
  });
});
