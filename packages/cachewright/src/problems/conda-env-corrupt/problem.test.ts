import { describe, expect, it } from "vitest";
import { condaRoot, environment, withConda } from "../../facts/example-conda.ts";
import { present, rootOwned } from "../../facts/example-facts.ts";
import { pixiEnv, pixiEnvironment, withRattler } from "../../facts/example-rattler.ts";
import type { Facts } from "../../facts/facts.ts";
import { examine } from "../examine.ts";
import { problem } from "./problem.ts";

const work = `${condaRoot}/envs/work`;
const record = `${work}/conda-meta/zlib-1.3.1-h5eee18b_0.json`;
const ill = (...paths: ReturnType<typeof present>[]): Facts =>
  withConda({ environments: [environment(work, { brokenRecords: [record] })] }, [present(work), present(`${work}/conda-meta`), present(record, { type: "file" }), ...paths]);

describe("conda-env-corrupt finds", () => {
  it("nothing while nobody has looked, and nothing where all records are whole", () => {
    expect(problem.detect(withConda())).toEqual([]);
    expect(problem.detect(withConda({ environments: [environment(work, { brokenRecords: [] })] }))).toEqual([]);
  });

  it("each damaged record", () => {
    expect(examine(problem, ill()).found).toMatchObject({ subject: record, severity: "error", params: { prefix: work } });
  });
});

describe("the cures", () => {
  it("move the record aside, then install the very same build again", () => {
    const { ids, cure } = examine(problem, ill());
    expect(ids).toEqual(["set-aside", "reinstall"]);
    expect(cure("set-aside").steps).toMatchObject([{ kind: "rename", from: record, aside: true }]);
    expect(cure("reinstall").shown).toEqual([`conda install --prefix ${work} zlib=1.3.1=h5eee18b_0`]);
  });

  it("have pixi install the package again in a workspace; other programs of rattler's do it when they are run again", () => {
    const own = `${pixiEnv}/conda-meta/zlib-1.3.1-h5eee18b_0.json`;
    const facts = (by: "pixi" | "rattler"): Facts => withRattler({ environments: [pixiEnvironment({ by, brokenRecords: [own] })] }, [present(own, { type: "file" })]);
    const { ids, cure } = examine(problem, facts("pixi"));
    expect(ids).toEqual(["set-aside", "reinstall"]);
    expect(cure("reinstall").shown).toEqual(["cd /home/me/work", "pixi reinstall --environment default zlib"]);
    expect(examine(problem, facts("rattler")).ids).toEqual(["set-aside"]);
  });

  it("change nothing in somebody else's environment", () => {
    const theirs = "/opt/conda/conda-meta/zlib-1.3.1-0.json";
    const facts = withConda({ environments: [environment("/opt/conda", { brokenRecords: [theirs] })] }, [present("/opt/conda/conda-meta", rootOwned), present(theirs, { type: "file", ...rootOwned })]);
    expect(examine(problem, facts).ids).toEqual(["reinstall"]);
  });
});
