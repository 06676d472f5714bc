import { dirname, join } from "node:path";
import type { Facts, InstallFact } from "../../facts/facts.ts";
import { pipAtLeast } from "../../tools/pip/version.ts";
import { isUnusable, whyRefused } from "../access-model.ts";
import { accountName, chosenInstall, nearestPresent, pathFact } from "../look-up.ts";
import type { Finding, Problem, Remedy } from "../problem.ts";
import { makeVenv, projectVenv, useVenv } from "../venv-cures.ts";

/** pip from 20.0 goes to the user site by itself (`decide_user_install`), unless a setting decides. */
function fallsBack(facts: Facts, install: InstallFact): boolean {
  const use = facts.pip.uses.find((candidate) => candidate.python === install.python);
  if (use !== undefined && (!pipAtLeast(use.pip, "20.0") || use.userSetting !== null)) return false;
  const stopped = install.externallyManaged !== null && (use === undefined || (use.breakSystemPackages === null && pipAtLeast(use.pip, "23.0")));
  const { userSite } = install;
  return userSite !== null && !stopped && !isUnusable(nearestPresent(facts, userSite));
}

function detect(facts: Facts): Finding[] {
  const install = chosenInstall(facts);
  if (install === undefined || install.userSite === null || install.kind === "venv" || install.kind === "pipx" || facts.user.euid === 0 || !fallsBack(facts, install)) return [];
  const top = nearestPresent(facts, install.purelib);
  const refused = top.access === undefined ? undefined : whyRefused(facts, top);
  if (refused === undefined) return [];
  const others = facts.installs.filter((other) => other !== install && other.userSite === install.userSite).map((other) => other.python);
  return [{
    problem: "user-fallback-note", severity: "note", subject: install.purelib,
    evidence: [
      { says: refused.because, from: { path: top.path, call: "access" }, path: top },
      { says: `packages go here instead${others.length === 0 ? "" : `, and ${others.join(", ")} sees them too`}`, from: { path: install.userSite }, path: pathFact(facts, install.userSite) },
    ],
    params: { path: install.purelib, python: install.python, version: install.version, target: install.userSite, owner: accountName(facts, top.uid), because: refused.because },
  }];
}

function remedies(_found: Finding, facts: Facts): Remedy[] {
  const install = chosenInstall(facts);
  if (install === undefined || install.userSite === null) return [];
  const venv = projectVenv(facts);
  return [
    ...(venv === undefined ? makeVenv(facts, install) : [useVenv(venv)]),
    { id: "leave-it", needs: "user", steps: [], params: { scripts: join(dirname(dirname(dirname(install.userSite))), "bin") }, shown: [`${install.python} -m pip list --user`] },
  ];
}

export const problem: Problem = { id: "user-fallback-note", severity: "note", tools: ["pip"], when: "asked", detect, remedies };
