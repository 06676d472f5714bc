import { describe, expect, it } from "vitest";
import { condaRoot, environment, withConda } from "../../facts/example-conda.ts";
import { present, rootOwned } from "../../facts/example-facts.ts";
import { pixiEnv, pixiEnvironment, withRattler } from "../../facts/example-rattler.ts";
import { examine } from "../examine.ts";
import { problem } from "./problem.ts";

const work = `${condaRoot}/envs/work`;
const ill = (denied: readonly string[], words: Parameters<typeof present>[1] = rootOwned): ReturnType<typeof withConda> =>
  withConda({ environments: [environment(work, { denied: [...denied], deniedCount: denied.length })] }, [present(work), ...denied.map((path) => present(path, words))]);

describe("conda-env-not-writable finds", () => {
  it("nothing on a healthy machine", () => {
    expect(problem.detect(withConda())).toEqual([]);
  });

  it("an environment whose history is refused, as a whole", () => {
    const { found } = examine(problem, ill([work, `${work}/conda-meta`]));
    expect(found).toMatchObject({ subject: work, severity: "error", params: { variant: "", owner: "root", name: "work" } });
  });

  it("parts that a `sudo conda install` left in one's own", () => {
    const { found } = examine(problem, ill([`${work}/lib/zlib`]));
    expect(found).toMatchObject({ subject: work, params: { variant: "part", part: `${work}/lib/zlib` } });
  });

  it("an administrator's conda only when somebody asks, and as a note", () => {
    const theirs = (asked?: true): ReturnType<typeof withConda> =>
      withConda({ environments: [environment("/opt/conda", { denied: ["/opt/conda"], deniedCount: 1, ...(asked && { asked }) })] }, [present("/opt/conda", rootOwned)]);
    expect(problem.detect(theirs())).toEqual([]);
    expect(examine(problem, theirs(true))).toMatchObject({ found: { severity: "note" }, ids: ["clone"] });
  });
});

describe("conda-env-not-writable in an environment of pixi's", () => {
  const record = `${pixiEnv}/conda-meta/zlib-1.3.1-h5eee18b_0.json`;
  const closed = (words: Parameters<typeof pixiEnvironment>[0] = {}): ReturnType<typeof withRattler> =>
    withRattler({ environments: [pixiEnvironment({ denied: [record], deniedCount: 1, ...words })] }, [present(record, { type: "file", mode: 0o600, read: "EACCES", ...rootOwned })]);

  it("finds a record that root made and nobody else may read", () => {
    const { found } = examine(problem, closed({ by: "pixi" }));
    expect(found).toMatchObject({ subject: pixiEnv, severity: "error", params: { variant: "part", part: record, owner: "root" } });
  });

  it("gives back records last: by them root knows what else it installed", () => {
    const share = `${pixiEnv}/share/zlib`;
    const facts = withRattler({ environments: [pixiEnvironment({ denied: [record, share], deniedCount: 2 })] }, [present(record, { type: "file", mode: 0o600, read: "EACCES", ...rootOwned }), present(share, rootOwned)]);
    expect(examine(problem, facts).cure("give-back").steps.map((step) => ("root" in step ? step.root : ""))).toEqual([share, record]);
  });

  it("lets pixi make it again from its lock file; for other programs of rattler's there is no such command", () => {
    const { ids, cure } = examine(problem, closed({ by: "pixi" }));
    expect(ids).toEqual(["give-back", "install-again"]);
    expect(cure("install-again").shown).toEqual([`mv ${pixiEnv} ${pixiEnv}.old`, "cd /home/me/work", "pixi install --environment default"]);
    expect(examine(problem, closed({ by: "rattler" })).ids).toEqual(["give-back"]);
  });
});

describe("the cures", () => {
  it("give back the topmost parts, each with what is below it", () => {
    const { ids, cure } = examine(problem, ill([`${work}/lib/zlib`, `${work}/lib/zlib/inner`, `${work}/share/doc`]));
    expect(ids).toEqual(["give-back", "clone"]);
    expect(cure("give-back").steps).toMatchObject([{ kind: "chown", root: `${work}/lib/zlib`, select: "tree" }, { kind: "chown", root: `${work}/share/doc` }]);
  });

  it("reopen one's own directories", () => {
    expect(examine(problem, ill([`${work}/lib`], { mode: 0o555, write: "EACCES" })).ids).toEqual(["restore-mode", "clone"]);
  });

  it("give back nothing while more is foreign than the facts list", () => {
    const facts = withConda({ environments: [environment(work, { denied: [`${work}/lib/zlib`], deniedCount: 60 })] }, [present(work), present(`${work}/lib/zlib`, rootOwned)]);
    expect(examine(problem, facts).ids).toEqual(["clone"]);
  });
});
