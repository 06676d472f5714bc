import { describe, expect, it } from "vitest";
import { factsWith, link, pipUse, present, rootOwned, setting } from "../../facts/example-facts.ts";
import type { Facts, PathFact } from "../../facts/facts.ts";
import { diagnose } from "../diagnose.ts";
import { examine } from "../examine.ts";
import { problem } from "./problem.ts";

const file = "/home/me/.config/pip/pip.conf";
const cwd = "/home/me/project";

function withValue(value: string, { paths = [], cacheDir = `${cwd}/${value}` }: { paths?: readonly PathFact[]; cacheDir?: string } = {}): Facts {
  const uses = [pipUse({ cacheFrom: setting("cache-dir", value), cacheDir, cacheReal: cacheDir })];
  return factsWith({ cwd, pip: { configs: [], uses }, paths: [present(cwd), present(file, { type: "file" }), ...paths] });
}

describe("cache-dir-misread finds", () => {
  it("nothing on a healthy machine, nor in an absolute path or one below ~", () => {
    expect(problem.detect(factsWith())).toEqual([]);
    for (const value of ["/srv/pip", "~", "~/c"]) expect(problem.detect(withValue(value, { cacheDir: "/srv/pip" }))).toEqual([]);
  });

  it.each([
    ["false", "false"], ["off", "false"], ["None", "false"], ['"~/c"', "quoted"], ["'/srv/c'", "quoted"], ["$HOME/c", "variable"], ["${HOME}/c", "variable"],
    ["/home/$USER/c", "variable"], ["%HOME%/c", "variable"], ["~nobodyhere/c", "tilde"], ["c", "relative"], ["./c", "relative"],
  ])("%s as %s", (value, variant) => {
    const { found } = examine(problem, withValue(value));
    expect(found).toMatchObject({ severity: "warning", subject: `${file}:2`, params: { place: `${file}:2`, key: "cache-dir", value, variant, becomes: `${cwd}/${value}`, pip: "pip 24.3.1" } });
    expect(found.evidence[1]).toMatchObject({ says: `started here, pip would keep its cache in ${cwd}/${value}` });
  });

  it("a path of Windows on other systems, without a guess at what was meant; not on Windows", () => {
    const { found, ids } = examine(problem, withValue("C:\\pip"));
    expect([found.params["variant"], ids]).toEqual(["relative", ["drop-setting"]]);
    expect(problem.detect({ ...withValue("C:\\pip"), machine: { ...factsWith().machine, platform: "win32" } })).toEqual([]);
  });

  it("nothing in ~name when there is an account of that name: pip goes to its home", () => {
    expect(problem.detect(withValue("~postgres/c", { cacheDir: "/var/lib/postgresql/c" }))).toEqual([]);
  });

  it("a relative XDG_CACHE_HOME, which has to be corrected where it is set", () => {
    const cacheFrom = setting("XDG_CACHE_HOME", "rel", { section: ":env:", level: "env-var", from: { env: "XDG_CACHE_HOME" } });
    const { found, ids, cure } = examine(problem, factsWith({ pip: { configs: [], uses: [pipUse({ cacheFrom, cacheDir: "/home/me/rel/pip", cacheReal: "/home/me/rel/pip" })] } }));
    expect(found).toMatchObject({ subject: "XDG_CACHE_HOME", params: { key: "XDG_CACHE_HOME", variant: "relative" } });
    expect(ids).toEqual(["unset-variable"]);
    expect(cure("unset-variable").shown).toEqual(["unset XDG_CACHE_HOME"]);
  });

  it("what is wrong with the directory nobody wanted: that pip may not make it, or that others may write it", async () => {
    const facts = withValue("false", { paths: [present(cwd, rootOwned)] });
    const { findings } = await diagnose(facts);
    expect(findings.map(({ finding, folded }) => [finding.problem, folded.map((one) => one.problem)])).toEqual([["cache-dir-misread", ["cache-not-owned"]]]);
  });

  it("one setting once, for all the pips it misleads", () => {
    const facts = withValue("c");
    const uses = [...facts.pip.uses, ...facts.pip.uses.map((use) => ({ ...use, python: "/opt/python", pip: "9.0.3" }))];
    expect(examine(problem, { ...facts, pip: { configs: [], uses } }).found.params["pip"]).toBe("pip 24.3.1, 9.0.3");
  });
});

describe("the cures", () => {
  it.each([
    ['"~/c"', "~/c"], ["'/srv/c'", "/srv/c"], ["$HOME/c", "/home/me/c"], ["${HOME}/c", "/home/me/c"], ['"$HOME/c"', "/home/me/c"], ["c", "/home/me/c"],
  ])("write for %s what was meant: %s", (value, meant) => {
    const { ids, cure } = examine(problem, withValue(value));
    expect(ids).toEqual(["correct-value", "drop-setting"]);
    expect(cure("correct-value").steps).toMatchObject([{ kind: "change-config", path: file, change: { do: "set", section: "global", key: "cache-dir", value: meant } }]);
  });

  it("guess nothing of a variable that is not set, nor of an account", () => {
    expect(examine(problem, withValue("$NOWHERE/c")).ids).toEqual(["drop-setting"]);
    expect(examine(problem, withValue("~nobodyhere/c")).ids).toEqual(["drop-setting"]);
  });

  it("for a false value: the line goes, or the cache is switched off properly", () => {
    const { ids, cure } = examine(problem, withValue("false"));
    expect(ids).toEqual(["drop-setting", "turn-off-properly"]);
    expect(cure("turn-off-properly").steps).toMatchObject([{ change: { do: "set", key: "no-cache-dir", value: "true" } }, { change: { do: "remove", key: "cache-dir", line: 2 } }]);
    expect(examine(problem, withValue("true")).ids).toEqual(["drop-setting"]);
  });

  it("set a stray directory aside that looks like a pip cache", () => {
    const stray = [present(`${cwd}/false`), present(`${cwd}/false/http-v2`)];
    const { found, cure } = examine(problem, withValue("false", { paths: stray }));
    expect(found.params["stray"]).toBe(`${cwd}/false`);
    expect(cure("drop-setting").steps).toMatchObject([{ kind: "change-config" }, { kind: "rename", from: `${cwd}/false`, aside: true }]);
    expect(examine(problem, withValue("false", { paths: [present(`${cwd}/false`)] })).cure("drop-setting").steps).toHaveLength(1);
  });

  it("leave a stray directory alone that cannot be renamed, and what a link leads to", () => {
    const stray = [present(`${cwd}/c`), present(`${cwd}/c/wheels`)];
    expect(examine(problem, withValue("c", { paths: [...stray, present(cwd, { mode: 0o555, write: "EACCES" })] })).cure("drop-setting").steps).toHaveLength(1);
    const facts = withValue("c", { paths: [link(`${cwd}/c`, "/srv/shared"), present("/srv/shared"), present("/srv/shared/wheels")] });
    const uses = facts.pip.uses.map((use) => ({ ...use, cacheReal: "/srv/shared" }));
    expect(examine(problem, { ...facts, pip: { configs: [], uses } }).found.params["stray"]).toBe("");
  });

  it("show the edit of a file that is not the user's", () => {
    const cacheFrom = setting("cache-dir", "false", { level: "global", from: { path: "/etc/pip.conf", line: 3 } });
    const facts = factsWith({ cwd, pip: { configs: [], uses: [pipUse({ cacheFrom, cacheDir: `${cwd}/false`, cacheReal: `${cwd}/false` })] }, paths: [present("/etc/pip.conf", { type: "file", ...rootOwned })] });
    expect(examine(problem, facts).cures).toMatchObject([{ id: "correct-value", needs: "root", steps: [], shown: ["# edit /etc/pip.conf:3"] }]);
  });
});
