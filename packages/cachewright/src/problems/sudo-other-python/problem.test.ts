import { describe, expect, it } from "vitest";
import { factsWith, install, root, venv } from "../../facts/example-facts.ts";
import type { Facts } from "../../facts/facts.ts";
import { examine } from "../examine.ts";
import { problem } from "./problem.ts";

const own = "/home/me/.pyenv/versions/3.12.4";
const pyenv: Facts["sudoPython"] = { python: `${own}/bin/python`, prefix: own, by: "pyenv" };
const underSudo = (change: Parameters<typeof factsWith>[0] = {}): Facts => factsWith({ user: root({ sudo: { uid: 1000, user: "me" } }), sudoPython: pyenv, ...change });

describe("sudo-other-python finds", () => {
  it("nothing on a healthy machine, nor under sudo where the account has no Python of its own", () => {
    expect(problem.detect(factsWith())).toEqual([]);
    const { sudoPython: _, ...without } = underSudo();
    expect(problem.detect(without)).toEqual([]);
  });

  it("the system's Python under sudo where the account's is pyenv's", () => {
    const { found } = examine(problem, underSudo());
    expect(found).toMatchObject({ severity: "warning", subject: "/usr/bin/python3", params: { python: "/usr/bin/python3", own: `${own}/bin/python`, user: "me", variant: "pyenv" } });
    expect(found.evidence.map((one) => one.from)).toEqual([{ env: "PATH" }, { path: `${own}/bin/python` }]);
  });

  it("the project's environment that sudo passes over", () => {
    const prefix = "/home/me/project/.venv";
    expect(examine(problem, underSudo({ sudoPython: { python: `${prefix}/bin/python`, prefix, by: "project venv" } })).found.params["variant"]).toBe("venv");
  });

  it("nothing where sudo uses the same one, also under another name", () => {
    expect(problem.detect(underSudo({ installs: [install({ python: `${own}/bin/python`, prefix: own })] }))).toEqual([]);
    expect(problem.detect(underSudo({ installs: [install({ python: "/usr/local/bin/python3", prefix: "/usr/local", realPython: `${own}/bin/python3.12` })] }))).toEqual([]);
    const active = venv();
    expect(problem.detect(underSudo({ installs: [active], sudoPython: { python: active.python, prefix: active.prefix, by: "project venv" } }))).toEqual([]);
  });
});

describe("the cures", () => {
  it("are shown: no sudo, or the path", () => {
    const { ids, cure } = examine(problem, underSudo());
    expect(ids).toEqual(["no-sudo", "run-with-path"]);
    expect(cure("no-sudo").shown).toEqual([`${own}/bin/python -m pip install PACKAGE`]);
    expect(cure("run-with-path").shown).toEqual([`sudo ${own}/bin/python PROGRAM.py`]);
  });
});
