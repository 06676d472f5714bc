import { describe, expect, it } from "vitest";
import { condaRoot, condarc, environment, ownPkgs, pkgs, pkgsDir, withConda } from "../../facts/example-conda.ts";
import { mount, present, rootOwned } from "../../facts/example-facts.ts";
import type { CondaFact, Facts, PathFact } from "../../facts/facts.ts";
import { examine } from "../examine.ts";
import { problem } from "./problem.ts";

const data = "/data/envs";
const work = `${data}/work`;
const elsewhere = (path: string, words: Parameters<typeof present>[1] = {}): PathFact => ({ ...present(path, words), dev: "66:1" });
const ill = (words: Partial<CondaFact> = {}, paths: readonly PathFact[] = [], change: Parameters<typeof withConda>[2] = {}): Facts =>
  withConda({ environments: [environment(condaRoot), environment(work)], ...words }, [elsewhere(data), elsewhere(work), ...paths], change);

describe("conda-cache-other-device finds", () => {
  it("nothing where cache and environments are together, or only base is there", () => {
    expect(problem.detect(withConda())).toEqual([]);
    expect(problem.detect(withConda({ environments: [environment(work)] }, [present(work)]))).toEqual([]);
  });

  it("an environment of one's own on another device", () => {
    expect(examine(problem, ill()).found).toMatchObject({ severity: "note", subject: pkgs, params: { prefix: work, count: "1", variant: "" } });
  });

  it("an environment below another mount of the same file system, too", () => {
    const facts = withConda({ environments: [environment(work)] }, [present(data), present(work)], { mounts: { ok: true, value: [mount("/"), mount("/data")], from: { call: "mounts" } } });
    expect(examine(problem, facts).found.subject).toBe(pkgs);
  });

  it("nothing where one of the caches is beside the environment, and nothing where there is no cache yet", () => {
    expect(problem.detect(ill({ pkgsDirs: [pkgsDir(pkgs), pkgsDir("/data/pkgs")] }, [elsewhere("/data/pkgs")]))).toEqual([]);
    expect(problem.detect(ill({ pkgsDirs: [pkgsDir(ownPkgs, { status: "unknown", exists: false })] }))).toEqual([]);
  });

  it("nothing in an environment that was made somewhere by its path", () => {
    expect(problem.detect(ill({ environments: [environment(work, { name: null, found: ["environments.txt"] })] }))).toEqual([]);
  });

  it("nothing in somebody else's environments, where copies are asked for, and while an image is built", () => {
    expect(problem.detect(ill({}, [{ ...elsewhere(work), ...rootOwned, uid: 0 }]))).toEqual([]);
    expect(problem.detect(ill({ links: { mode: "copy", from: { env: "CONDA_ALWAYS_COPY" }, soft: [], refused: [] } }))).toEqual([]);
    expect(problem.detect(ill({}, [], { imageBuild: { tool: "docker build" } as unknown as NonNullable<Facts["imageBuild"]> }))).toEqual([]);
  });
});

describe("the cures", () => {
  it("put a cache beside the environments, alone in the list", () => {
    expect(examine(problem, ill()).cure("cache-beside").steps).toMatchObject([{ path: condarc, change: { do: "add-item", key: "pkgs_dirs", value: `${data}/.conda-pkgs`, at: "start" } }]);
    const written = (path: string): Partial<CondaFact> => ({ configs: [{ path: condarc, scope: "user", state: "read" }], written: [{ value: pkgs, from: { path, line: 2 }, kind: "list" }] });
    expect(examine(problem, ill(written(condarc), [present(condarc, { type: "file" })])).cure("cache-beside").steps).toMatchObject([{ change: { do: "set-list", key: "pkgs_dirs", values: [`${data}/.conda-pkgs`] } }]);
    expect(examine(problem, ill(written("/etc/conda/.condarc"), [present(condarc, { type: "file" })])).ids).not.toContain("cache-beside");
  });

  it("put new environments beside the cache", () => {
    expect(examine(problem, ill()).cure("envs-beside")).toMatchObject({ wayAround: true, steps: [{ change: { key: "envs_dirs", value: `${condaRoot}/conda-envs`, at: "start" } }] });
  });

  it("show the variable where a variable says it, and edit no file that cannot be edited", () => {
    const { cure } = examine(problem, ill({ pkgsDirs: [pkgsDir(pkgs, { from: { env: "CONDA_PKGS_DIRS" } })] }));
    expect(cure("cache-beside")).toMatchObject({ steps: [], shown: [`export CONDA_PKGS_DIRS=${data}/.conda-pkgs`] });
    expect(examine(problem, ill({ configs: [{ path: condarc, scope: "user", state: "unread" }] })).ids).toEqual(["copy-on-purpose"]);
  });
});
