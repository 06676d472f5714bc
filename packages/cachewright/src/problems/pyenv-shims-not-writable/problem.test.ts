import { describe, expect, it } from "vitest";
import { absent, factsWith, present, rootOwned } from "../../facts/example-facts.ts";
import { examine } from "../examine.ts";
import { pyenvFact, pyenvRoot, withPyenv } from "../ill-pipx.ts";
import { problem } from "./problem.ts";

const shims = `${pyenvRoot}/shims`;
const versions = `${pyenvRoot}/versions`;
const shared = (change: Parameters<typeof factsWith>[0] = {}) =>
  factsWith({ tools: [pyenvFact("2.8.1", "/opt/pyenv", { env: "PYENV_ROOT" })], env: { PYENV_ROOT: "/opt/pyenv" }, paths: ["/opt", "/opt/pyenv", "/opt/pyenv/shims", "/opt/pyenv/versions"].map((path) => present(path, rootOwned)), ...change });

describe("pyenv-shims-not-writable finds", () => {
  it("nothing in a pyenv of one's own, in one that is yet to be made, and in an administrator's for everybody", () => {
    expect(problem.detect(withPyenv())).toEqual([]);
    expect(problem.detect(withPyenv({ paths: [absent(shims), absent(versions)] }))).toEqual([]);
    expect(problem.detect(shared())).toEqual([]);
  });

  it("nothing in single shims or Pythons of root's in directories of one's own", () => {
    const shim = present(`${shims}/black`, { type: "file", ...rootOwned });
    expect(problem.detect(withPyenv({ paths: [shim], scans: [{ root: shims, purpose: "target", looked: 3, complete: true, denied: [shim], deniedCount: 1, openToAll: [], openCount: 0 }] }))).toEqual([]);
  });

  it("shims of root's, shims that cannot be made, and versions by themselves", () => {
    expect(examine(problem, withPyenv({ paths: [present(shims, rootOwned)] })).found).toMatchObject({ subject: shims, params: { variant: "shims", owner: "root" } });
    expect(examine(problem, withPyenv({ paths: [present(pyenvRoot, rootOwned), absent(shims)] })).found).toMatchObject({ subject: pyenvRoot, params: { variant: "shims" } });
    expect(examine(problem, withPyenv({ paths: [present(versions, rootOwned)] })).found).toMatchObject({ subject: versions, params: { variant: "versions" } });
  });

  it("a whole pyenv of root's in one's home once", () => {
    const { found, ids, cure } = examine(problem, withPyenv({ paths: [pyenvRoot, shims, versions].map((path) => present(path, rootOwned)) }));
    expect(found.evidence.map(({ from }) => from.path)).toEqual(expect.arrayContaining([shims, versions]));
    expect(ids).toEqual(["give-back"]);
    expect(cure("give-back").steps).toMatchObject([{ kind: "chown", root: pyenvRoot, select: "tree" }]);
  });

  it("one's own pyenv elsewhere, named by PYENV_ROOT", () => {
    const paths = [present("/opt", rootOwned), present("/opt/pyenv"), present("/opt/pyenv/versions"), present("/opt/pyenv/shims", rootOwned)];
    expect(examine(problem, shared({ paths })).found).toMatchObject({ subject: "/opt/pyenv/shims" });
  });
});

describe("the cures", () => {
  it("let pyenv make its shims again beside the old ones", () => {
    const { ids, cure } = examine(problem, withPyenv({ paths: [present(shims, rootOwned)] }));
    expect(ids).toEqual(["set-aside", "give-back"]);
    expect(cure("set-aside").steps).toMatchObject([{ kind: "rename", from: shims }, { kind: "run", argv: [`${pyenvRoot}/bin/pyenv`, "rehash"], makes: shims, env: { PYENV_ROOT: pyenvRoot }, network: false }]);
  });

  it("reopen one's own, and never move Pythons away", () => {
    expect(examine(problem, withPyenv({ paths: [present(shims, { mode: 0o500, write: "EACCES" })] })).ids).toEqual(["restore-mode"]);
    expect(examine(problem, withPyenv({ paths: [present(versions, rootOwned)] })).ids).toEqual(["give-back"]);
  });
});
