import { describe, expect, it } from "vitest";
import { pkgs, withConda } from "../../facts/example-conda.ts";
import { present, rootOwned } from "../../facts/example-facts.ts";
import { rattlerPkgs, withRattler } from "../../facts/example-rattler.ts";
import type { CondaFact, Facts } from "../../facts/facts.ts";
import { examine } from "../examine.ts";
import { problem } from "./problem.ts";

const zlib = `${pkgs}/zlib-1.3.1-h5eee18b_0`;
const ill = (words: Partial<NonNullable<CondaFact["damaged"]>[number]> = {}, ...paths: ReturnType<typeof present>[]): Facts =>
  withConda({ damaged: [{ cache: pkgs, package: zlib, kind: "package", says: "lib/libz.so is not there", paths: [`${zlib}/info/index.json`, `${zlib}/info/paths.json`], ...words }] }, [present(zlib), ...paths]);

describe("conda-package-corrupt finds", () => {
  it("nothing while nobody has looked, and nothing where all is sound", () => {
    expect(problem.detect(withConda())).toEqual([]);
    expect(problem.detect(withConda({ damaged: [] }))).toEqual([]);
  });

  it("the package, and what of it is not as its manifest says", () => {
    expect(examine(problem, ill()).found).toMatchObject({ subject: zlib, severity: "error", params: { name: "zlib-1.3.1-h5eee18b_0", says: "lib/libz.so is not there", variant: "" } });
  });

  it("a package in the cache of rattler and pixi", () => {
    const package_ = `${rattlerPkgs}/zlib-1.3.1-h5eee18b_0`;
    const facts = withRattler({ damaged: [{ cache: rattlerPkgs, package: package_, kind: "package", says: "lib/libz.so is not there", paths: [`${package_}/info/index.json`] }] });
    const { found, ids, cure } = examine(problem, facts);
    expect(found).toMatchObject({ subject: package_, params: { variant: "rattler" } });
    expect(ids).toEqual(["remove-package"]);
    expect(cure("remove-package").steps).toMatchObject([{ kind: "remove", within: rattlerPkgs }]);
  });

  it("an archive for itself", () => {
    expect(examine(problem, ill({ package: `${zlib}.conda`, kind: "archive", says: "it is empty", paths: [`${zlib}.conda`] })).found.params["variant"]).toBe("archive");
  });
});

describe("the cures", () => {
  it("remove just the files of that package, as the user", () => {
    const { ids, cure } = examine(problem, ill());
    expect(ids).toEqual(["remove-package"]);
    expect(cure("remove-package").steps).toMatchObject([{ kind: "remove", actor: "user", within: pkgs, paths: [`${zlib}/info/index.json`, `${zlib}/info/paths.json`] }]);
  });

  it("leave somebody else's cache alone, and a package too large to be told file by file", () => {
    expect(examine(problem, ill({}, present(pkgs, rootOwned))).ids).toEqual(["ask-owner"]);
    expect(examine(problem, ill({ paths: [] })).ids).toEqual(["ask-owner"]);
  });
});
