import { describe, expect, it } from "vitest";
import { pkgs, withConda } from "../../facts/example-conda.ts";
import { present, rootOwned } from "../../facts/example-facts.ts";
import type { CondaFact, Facts } from "../../facts/facts.ts";
import { examine } from "../examine.ts";
import { problem } from "./problem.ts";

type Tree = NonNullable<CondaFact["foreign"]>[number];
const channel = "https/conda.anaconda.org/conda-forge";
const file = `${pkgs}/${channel}/linux-64/zlib-1.3.1-h5eee18b_0/lib/libz.so`;
const ill = (words: Partial<Tree> = {}, ...paths: ReturnType<typeof present>[]): Facts => withConda({ foreign: [{
  pkgsDir: pkgs, channels: [channel], packages: 3, archives: 2, bytes: 300e6, used: 1, unused: [file], unusedBytes: 200e6, complete: true, busy: false, ...words,
}] }, paths);

describe("conda-foreign-layout finds", () => {
  it("nothing while nobody has looked, and nothing without such a tree", () => {
    expect(problem.detect(withConda())).toEqual([]);
    expect(problem.detect(withConda({ foreign: [] }))).toEqual([]);
  });

  it("how much there is, and how much of it nothing uses", () => {
    const { found } = examine(problem, ill());
    expect(found).toMatchObject({ subject: pkgs, severity: "note", params: { packages: "3", archives: "2", used: "1" } });
    expect(found.evidence.map(({ from }) => from.path)).toEqual([`${pkgs}/${channel}`]);
  });

  it("nothing where all of it is in use", () => {
    expect(problem.detect(ill({ unused: [], unusedBytes: 0, used: 3, asked: true }))).toEqual([]);
  });

  it("a small one only for who asks by name", () => {
    expect(problem.detect(ill({ unusedBytes: 5e6 }))).toEqual([]);
    expect(problem.detect(ill({ unusedBytes: 5e6, asked: true }))).toHaveLength(1);
  });
});

describe("the cures", () => {
  it("remove the files that nothing uses, as the user", () => {
    const { ids, cure } = examine(problem, ill());
    expect(ids).toEqual(["remove-unused", "mamba-clean"]);
    expect(cure("remove-unused").steps).toMatchObject([{ kind: "remove", actor: "user", within: pkgs, paths: [file] }]);
  });

  it("remove nothing while a program works there, in somebody else's directory, or of more than can be told", () => {
    expect(examine(problem, ill({ busy: true })).ids).toEqual(["mamba-clean"]);
    expect(examine(problem, ill({}, present(pkgs, rootOwned))).ids).toEqual(["mamba-clean"]);
    expect(examine(problem, ill({ complete: false })).ids).toEqual(["mamba-clean"]);
  });
});
