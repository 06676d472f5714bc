import { join } from "node:path";
import type { Facts, InstallFact, PathFact } from "../../facts/facts.ts";
import { whyRefused } from "../access-model.ts";
import { accountName, asideName, canSetAside, homeOf, isAtOrBelow, isBelow, octal, pathFact, scanOf, selfActor, userName } from "../look-up.ts";
import { giveBack, restoreMode } from "../ownership-cures.ts";
import type { Finding, Problem, Remedy } from "../problem.ts";
import { canMakeVenv } from "../venv-cures.ts";

/** Environments a person works in here: active, of the project, or the chosen one when it is below the home. */
function workingVenvs(facts: Facts): InstallFact[] {
  const home = homeOf(facts);
  return facts.installs.filter((install) => install.kind === "venv" && (
    install.found.some((how) => how === "active venv" || how === "project venv" || how === "asked")
    || (install.chosen && home !== undefined && isBelow(install.prefix, home))));
}

function deniedParts(facts: Facts, venv: InstallFact): PathFact[] {
  const places = [venv.prefix, venv.scripts, join(venv.prefix, "lib"), venv.purelib].map((path) => pathFact(facts, path));
  const denied = places.filter((path) => path.state === "present" && path.access !== undefined && (path.access.write !== "ok" || path.access.search !== "ok"));
  const scanned = (scanOf(facts, venv.purelib)?.denied ?? []).filter((part) => !denied.some((known) => known.path === part.path));
  return [...denied, ...scanned];
}

function detect(facts: Facts): Finding[] {
  if (facts.user.euid === 0) return [];
  return workingVenvs(facts).flatMap((venv): Finding[] => {
    const denied = deniedParts(facts, venv);
    const first = denied[0];
    if (first === undefined) return [];
    return [{
      problem: "venv-not-writable", severity: "error", subject: venv.prefix,
      evidence: denied.slice(0, 10).map((part) => ({ says: whyRefused(facts, part)?.because ?? "may not be entered", from: { path: part.path, call: "access" }, path: part })),
      params: {
        path: venv.prefix, by: first.path, python: venv.python, user: userName(facts), owner: accountName(facts, first.uid), mode: octal(first.mode),
        count: String(denied.length), because: whyRefused(facts, first)?.because ?? "it may not be entered",
      },
    }];
  });
}

function newVenv(facts: Facts, venv: InstallFact): Remedy[] {
  const base = facts.installs.find((install) => install.kind !== "venv" && install.kind !== "pipx" && install.basePrefix === venv.basePrefix && canMakeVenv(facts, install));
  if (base === undefined || !canSetAside(facts, pathFact(facts, venv.prefix))) return [];
  const aside = asideName(facts, venv.prefix);
  const actor = selfActor(facts);
  return [{
    id: "new-venv", needs: "user", params: { path: venv.prefix, aside, python: base.python }, probes: [venv.purelib],
    steps: [
      { kind: "rename", why: "the old environment, kept for its list of packages", actor, from: venv.prefix, to: aside, aside: true },
      { kind: "run", why: "a fresh environment in the same place; pip comes with Python", actor, argv: [base.python, "-m", "venv", venv.prefix], makes: venv.prefix, network: false },
    ],
  }];
}

function remedies(found: Finding, facts: Facts): Remedy[] {
  const venv = workingVenvs(facts).find((install) => install.prefix === found.subject);
  if (venv === undefined) return [];
  const denied = deniedParts(facts, venv);
  const tops = denied.filter((part) => !denied.some((other) => other !== part && isAtOrBelow(part.path, other.path)));
  const probes = tops.map((part) => part.path);
  if (tops.every((part) => part.uid === facts.user.euid)) {
    const cures = tops.flatMap((part) => restoreMode(facts, part, { select: "tree", probes }));
    const first = cures[0];
    return first === undefined ? [] : [{ ...first, params: { path: venv.prefix }, steps: cures.flatMap((cure) => cure.steps) }];
  }
  return [...giveBack(facts, venv.prefix, probes), ...newVenv(facts, venv)];
}

export const problem: Problem = { id: "venv-not-writable", severity: "error", tools: ["pip"], when: "always", detect, remedies };
