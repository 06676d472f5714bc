import { describe, expect, it } from "vitest";
import { condarc, denied, environment, pkgsDir, withConda } from "../../facts/example-conda.ts";
import { present, root, rootOwned } from "../../facts/example-facts.ts";
import type { CondaFact, Facts, PathFact } from "../../facts/facts.ts";
import { diagnose } from "../diagnose.ts";
import { examine } from "../examine.ts";
import { problem } from "./problem.ts";

type EnvsDir = CondaFact["envsDirs"][number];
const own = "/home/me/.conda/envs";
const magic = `${own}/.conda_envs_dir_test`;
const dir = (path: string, words: Partial<EnvsDir> = {}): EnvsDir => ({ path, from: { call: "default" }, status: "unknown", because: { path, errno: "EACCES" }, exists: true, ...words });
const shared = dir("/opt/conda/envs");
const closedShared = present("/opt/conda/envs", rootOwned);
const ill = (words: Partial<CondaFact> = {}, paths: readonly PathFact[] = [present(own, rootOwned)]): Facts => withConda({ envsDirs: [dir(own), shared], ...words }, [closedShared, ...paths]);

describe("conda-no-writable-envs-dir finds", () => {
  it("nothing with a healthy one, and nothing in facts that do not say", () => {
    expect(problem.detect(withConda())).toEqual([]);
    expect(problem.detect(withConda({ envsDirs: [] }))).toEqual([]);
  });

  it("nothing while one place will do: written already, or still to be made", () => {
    expect(problem.detect(ill({ envsDirs: [shared, dir(own, { status: "writable", because: null })] }))).toEqual([]);
    expect(problem.detect(ill({ envsDirs: [shared, dir(own, { because: null, exists: false })] }))).toEqual([]);
  });

  it("the defaults alone, where conda asks before it has read the settings", () => {
    const named = dir("/data/envs", { from: { path: condarc, line: 2 }, status: "writable", because: null });
    expect(examine(problem, ill({ envsDirs: [named, shared, dir(own)] })).found.params["count"]).toBe("2");
    expect(problem.detect(ill({ version: "23.1.0", envsDirs: [named, shared, dir(own)] }))).toEqual([]);
    expect(examine(problem, ill({ envsDirs: [named, shared, dir(own, { from: { path: condarc, line: 3 } })] })).found.subject).toBe(own);
    expect(problem.detect(ill({ envsDirs: [named, shared, dir(own, { from: { path: condarc, line: 3 }, status: "writable", because: null })] }))).toEqual([]);
  });

  it("every place with its own reason, and names the user's", () => {
    const { found } = examine(problem, ill({ envsDirs: [shared, dir(own)] }));
    expect(found).toMatchObject({ severity: "error", subject: own, params: { count: "2", because: "it belongs to root, and mode 0755 lets others only read and enter" } });
    expect(found.evidence.map(({ from }) => from.path)).toEqual(["/opt/conda/envs", own]);
  });

  it("the environments in a foreign directory as one thing with it", async () => {
    const work = `${own}/work`;
    const { findings } = await diagnose(ill({ environments: [environment(work, { denied: [work], deniedCount: 1 })] }, [present(own, rootOwned), present(work, rootOwned)]), { tool: "conda" });
    expect(findings.map(({ finding, folded }) => [finding.problem, folded.map((one) => one.problem)])).toEqual([["conda-no-writable-envs-dir", ["conda-env-not-writable"]]]);
  });

  it("nothing of its own where a foreign ~/.conda closes the package cache, too", async () => {
    const conda = "/home/me/.conda";
    const because = { path: conda, errno: "EACCES" };
    const facts = withConda({ pkgsDirs: [denied("/opt/conda/pkgs"), pkgsDir(`${conda}/pkgs`, { status: "unknown", exists: false, because })], envsDirs: [dir(own, { because, exists: false }), shared] }, [closedShared, present(conda, rootOwned)]);
    const { findings } = await diagnose(facts, { tool: "conda" });
    expect(findings.map(({ finding, folded }) => [finding.problem, folded.map((one) => one.problem)])).toEqual([["conda-no-writable-pkgs-dir", ["conda-no-writable-envs-dir"]]]);
  });
});

describe("the cures", () => {
  it("give the directory back with what is in it, or use another place; environments are never moved", () => {
    const { ids, cure } = examine(problem, ill());
    expect(ids).toEqual(["give-back", "by-path"]);
    expect(cure("give-back").steps).toMatchObject([{ kind: "chown", root: own, select: "tree", actor: "root" }]);
  });

  it("name another place, where conda reads the list before it looks a name up", () => {
    const { ids, cure } = examine(problem, ill({ version: "23.1.0" }));
    expect(ids).toEqual(["give-back", "own-envs-dir", "by-path"]);
    expect(cure("own-envs-dir").steps).toMatchObject([{ path: condarc, change: { do: "add-item", key: "envs_dirs", value: "/home/me/conda-envs", at: "start" } }]);
  });

  it("give back the top alone of what holds more than environments", () => {
    const conda = "/home/me/.conda";
    const facts = ill({ envsDirs: [dir(own, { because: { path: conda, errno: "EACCES" }, exists: false })] }, [present(conda, rootOwned)]);
    expect(examine(problem, facts).cure("give-back").steps).toMatchObject([{ root: conda, select: "top" }]);
  });

  it("move the file aside that conda asks, where that alone is foreign", () => {
    const facts = ill({ envsDirs: [dir(own, { status: "read-only", because: { path: magic, errno: "EACCES" } })] }, [present(own), present(magic, { type: "file", ...rootOwned })]);
    const { ids, cure } = examine(problem, facts);
    expect(ids).toEqual(["set-aside", "give-back", "by-path"]);
    expect(cure("set-aside").steps).toMatchObject([{ kind: "rename", from: magic, aside: true }, { kind: "edit-config", path: magic }]);
  });

  it("reopen what is one's own, and give nothing back as root", () => {
    expect(examine(problem, ill({}, [present(own, { mode: 0o555, write: "EACCES" })])).ids).toEqual(["restore-mode", "by-path"]);
    expect(examine(problem, { ...ill(), user: root() }).ids).not.toContain("give-back");
  });

  it("leave a settings file alone that cannot be edited", () => {
    expect(examine(problem, ill({ version: "23.1.0", configs: [{ path: condarc, scope: "user", state: "breaks" }] })).ids).toEqual(["give-back", "by-path"]);
  });
});
