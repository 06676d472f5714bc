import { describe, expect, it } from "vitest";
import { condaRoot, condarc, environment, pkgs, withConda } from "../../facts/example-conda.ts";
import { present } from "../../facts/example-facts.ts";
import type { CondaFact, Facts, Source } from "../../facts/facts.ts";
import { examine } from "../examine.ts";
import { problem } from "./problem.ts";

const work = `${condaRoot}/envs/work`;
const link = `${work}/lib/libz.so`;
const source = `${pkgs}/zlib-1.3.1-h5eee18b_0`;
const ill = (mode: NonNullable<CondaFact["links"]>["mode"] = "hard", from: Source = { call: "default" }): Facts =>
  withConda({ environments: [environment(work)], links: { mode, from, soft: [{ prefix: work, link, package: source }], refused: [] } }, [{ ...present(link, { type: "link" }), linkTo: `${source}/lib/libz.so` }]);

describe("conda-softlinked-env finds", () => {
  it("nothing in environments with files of their own, even where links are asked for", () => {
    expect(problem.detect(withConda())).toEqual([]);
    expect(problem.detect(withConda({ links: { mode: "soft", from: { path: condarc, line: 1 }, soft: [], refused: [] } }))).toEqual([]);
  });

  it("the environment, with a link and where it leads", () => {
    const { found } = examine(problem, ill());
    expect(found).toMatchObject({ severity: "warning", subject: work, params: { cache: pkgs, link } });
    expect(found.evidence).toMatchObject([{ says: `it is a link to ${source}/lib/libz.so`, from: { path: link } }]);
  });

  it("the setting that asks for it, while it is in force", () => {
    expect(examine(problem, ill("soft", { path: condarc, line: 3 })).found.evidence[1]).toMatchObject({ from: { path: condarc, line: 3 } });
  });
});

describe("the cures", () => {
  it("are only shown: what may be cleaned, and how the environment is made again", () => {
    const { ids, cure } = examine(problem, ill());
    expect(ids.map((id) => [id, cure(id).steps])).toEqual([["clone", []], ["clean-the-rest", []]]);
    expect(cure("clone").shown?.[0]).toBe(`conda create --prefix ${work}-whole --clone ${work} --offline`);
  });

  it("switch the setting off first, wherever it stands", () => {
    expect(examine(problem, ill("soft", { path: condarc, line: 1 })).cure("clone").shown?.[0]).toBe("conda config --set always_softlink false");
    expect(examine(problem, ill("soft", { env: "CONDA_ALWAYS_SOFTLINK" })).cure("clone").shown?.[0]).toBe("unset CONDA_ALWAYS_SOFTLINK");
  });
});
