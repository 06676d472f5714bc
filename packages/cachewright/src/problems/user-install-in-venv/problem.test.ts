import { describe, expect, it } from "vitest";
import { absent, factsWith, install, pipUse, present, rootOwned, setting, venv, venvPaths } from "../../facts/example-facts.ts";
import type { Facts, InstallFact, PipUseFact } from "../../facts/facts.ts";
import { examine } from "../examine.ts";
import { problem } from "./problem.ts";

const file = "/home/me/.config/pip/pip.conf";
const prefix = "/home/me/project/.venv";
const own = `${prefix}/pip.conf`;
const yes = setting("user", "true");
const variable = setting("user", "1", { section: ":env:", level: "env-var", from: { env: "PIP_USER" } });

function inVenv(use: Partial<PipUseFact> = {}, words: Partial<InstallFact> = {}, change: Parameters<typeof factsWith>[0] = {}): Facts {
  const active = venv(words);
  return factsWith({
    installs: [active], paths: [...venvPaths(), absent(own), present(file, { type: "file" })],
    pip: { configs: [], uses: [pipUse({ python: active.python, reads: ["/etc/pip.conf", file, own], userSetting: yes, ...use })] }, ...change,
  });
}

describe("user-install-in-venv finds", () => {
  it("nothing on a healthy machine, nor in an environment without the setting", () => {
    expect(problem.detect(factsWith())).toEqual([]);
    expect(problem.detect(inVenv({ userSetting: null }))).toEqual([]);
    expect(problem.detect(inVenv({ userSetting: setting("user", "no") }))).toEqual([]);
  });

  it("user = true in an active environment, with file and line", () => {
    const { found } = examine(problem, inVenv());
    expect(found).toMatchObject({ severity: "error", subject: `${file}:2`, params: { place: `${file}:2`, key: "user", value: "true", path: prefix, pip: "24.3.1", variant: "refused" } });
    expect(found.evidence.map((one) => one.from.path)).toEqual([file, `${prefix}/pyvenv.cfg`]);
  });

  it("PIP_USER=1", () => {
    expect(examine(problem, inVenv({ userSetting: variable })).found).toMatchObject({ subject: "PIP_USER", params: { place: "PIP_USER" } });
  });

  it("packages that stray with pips before 20.0", () => {
    expect(examine(problem, inVenv({ pip: "9.0.3" })).found.params["variant"]).toBe("strays");
    expect(examine(problem, inVenv({ pip: "20.0" })).found.params["variant"]).toBe("refused");
  });

  it("nothing in an environment that sees the user site, in one of pipx, or in one nobody works in", () => {
    expect(problem.detect(inVenv({}, { systemSite: true }))).toEqual([]);
    expect(problem.detect(inVenv({}, { kind: "pipx", found: ["pipx"], chosen: false }))).toEqual([]);
    expect(problem.detect(inVenv({}, { found: ["system"], chosen: false }))).toEqual([]);
  });

  it("a user site that is switched off, from pip 25.3", () => {
    const off = (pip: string, words: Partial<InstallFact> = {}): Facts =>
      factsWith({ installs: [install({ userSite: null, ...words })], env: { PYTHONNOUSERSITE: "1" }, pip: { configs: [], uses: [pipUse({ pip, userSetting: yes })] }, paths: [present(file, { type: "file" })] });
    const { found, ids } = examine(problem, off("25.3"));
    expect(found).toMatchObject({ params: { variant: "off" }, evidence: [{}, { from: { env: "PYTHONNOUSERSITE" } }] });
    expect(ids).toEqual(["edit-out", "see-user-site", "once"]);
    expect(problem.detect(off("25.2"))).toEqual([]);
    expect(problem.detect(off("25.3", { externallyManaged: "/usr/lib/python3.11/EXTERNALLY-MANAGED" }))).toEqual([]);
  });

  it("one setting once, though several environments meet it", () => {
    const other = venv({ prefix: "/home/me/other/.venv", found: ["project venv"], chosen: false });
    const facts = inVenv();
    const uses = [...facts.pip.uses, pipUse({ python: other.python, userSetting: yes })];
    expect(problem.detect({ ...facts, installs: [...facts.installs, other], pip: { configs: [], uses } })).toHaveLength(1);
  });
});

describe("the cures", () => {
  it("take the line out, or overrule it in the environment's own file", () => {
    const { ids, cure } = examine(problem, inVenv());
    expect(ids).toEqual(["edit-out", "for-this-environment", "once"]);
    expect(cure("edit-out").steps).toMatchObject([{ kind: "change-config", path: file, change: { do: "remove", section: "global", key: "user", line: 2 } }]);
    expect(cure("for-this-environment").steps).toMatchObject([{ kind: "change-config", path: own, change: { do: "set", section: "global", key: "user", value: "no" } }]);
    expect(cure("once").shown).toEqual([`PIP_USER=no ${prefix}/bin/python -m pip install PACKAGE`]);
  });

  it("write into the section the setting is in: a stronger one would win otherwise", () => {
    const inInstall = setting("user", "yes", { section: "install", from: { path: "/etc/pip.conf", line: 4 }, level: "global" });
    const { ids, cure } = examine(problem, inVenv({ userSetting: inInstall }, {}, { paths: [...venvPaths(), absent(own), present("/etc/pip.conf", { type: "file", ...rootOwned })] }));
    expect(ids).toEqual(["edit-out", "for-this-environment", "once"]);
    expect(cure("edit-out")).toMatchObject({ needs: "root", steps: [], shown: ["# edit /etc/pip.conf:4"] });
    expect(cure("for-this-environment").steps).toMatchObject([{ change: { section: "install" } }]);
  });

  it("no file of the environment against a variable, against itself, or where it cannot be written", () => {
    expect(examine(problem, inVenv({ userSetting: variable })).ids).toEqual(["unset-variable", "once"]);
    const inOwn = setting("user", "yes", { level: "site", from: { path: own, line: 2 } });
    expect(examine(problem, inVenv({ userSetting: inOwn }, {}, { paths: [...venvPaths(), present(own, { type: "file" })] })).ids).toEqual(["edit-out", "once"]);
    expect(examine(problem, inVenv({}, {}, { paths: [...venvPaths(rootOwned), absent(own), present(file, { type: "file" })] })).ids).toEqual(["edit-out", "once"]);
  });
});
