import { dirname, join } from "node:path";
import type { Facts, InstallFact, PathFact } from "../../facts/facts.ts";
import { isUnusable, whyUnusable } from "../access-model.ts";
import { accountName, asideName, canSetAside, isAtOrBelow, isInHome, octal, pathFact, scanOf, selfActor, userName } from "../look-up.ts";
import { giveBack, giveBackOrReopen, restoreMode } from "../ownership-cures.ts";
import type { Finding, Problem, Remedy } from "../problem.ts";
import { someOf } from "../some-of.ts";
import { canMakeVenv } from "../venv-cures.ts";

/**
 * Environments a person works in here: active, asked for, or the chosen one when it is below the home. One that lies
 * in somebody else's project on purpose is none of theirs.
 */
function workingVenvs(facts: Facts): InstallFact[] {
  return facts.installs.filter((install) => install.kind === "venv" && (
    install.found.some((how) => how === "active venv" || how === "asked")
    || ((install.chosen || install.found.includes("project venv")) && isUsersPlace(facts, install.prefix))));
}

function isUsersPlace(facts: Facts, prefix: string): boolean {
  return isInHome(facts, prefix) || pathFact(facts, dirname(prefix)).uid === facts.user.euid;
}

function deniedParts(facts: Facts, venv: InstallFact): PathFact[] {
  const places = [venv.prefix, venv.scripts, join(venv.prefix, "lib"), venv.purelib].map((path) => pathFact(facts, path));
  const denied = places.filter(isUnusable);
  const scanned = (scanOf(facts, venv.purelib)?.denied ?? []).filter((part) => !denied.some((known) => known.path === part.path));
  return [...denied, ...scanned];
}

function detect(facts: Facts): Finding[] {
  if (facts.user.euid === 0) return [];
  return workingVenvs(facts).flatMap((venv): Finding[] => {
    const denied = deniedParts(facts, venv);
    const first = denied[0];
    if (first === undefined) return [];
    const because = (part: PathFact): string => whyUnusable(facts, part)?.because ?? "it may not be entered";
    return [{
      problem: "venv-not-writable", severity: "error", subject: venv.prefix,
      evidence: someOf(denied, { call: "access" }, because),
      params: {
        path: venv.prefix, by: first.path, python: venv.python, user: userName(facts), owner: accountName(facts, first.uid), mode: octal(first.mode),
        count: String(denied.length), because: because(first),
      },
    }];
  });
}

/** The same Python makes it anew; what else the environment was made with stays so. */
function newVenv(facts: Facts, venv: InstallFact): Remedy[] {
  const base = facts.installs.find((install) => install.kind !== "venv" && install.kind !== "pipx" && install.basePrefix === venv.basePrefix && install.version === venv.version && canMakeVenv(facts, install));
  if (base === undefined || !isUsersPlace(facts, venv.prefix) || !canSetAside(facts, pathFact(facts, venv.prefix))) return [];
  const aside = asideName(facts, venv.prefix);
  const actor = selfActor(facts);
  const argv = [base.python, "-I", "-m", "venv", ...(venv.systemSite === true ? ["--system-site-packages"] : []), venv.prefix];
  return [{
    id: "new-venv", needs: "user", params: { path: venv.prefix, aside, python: base.python }, probes: [venv.purelib],
    steps: [
      { kind: "rename", why: "the old environment, kept for its list of packages", actor, from: venv.prefix, to: aside, aside: true },
      { kind: "run", why: "a fresh environment in the same place; pip comes with Python", actor, argv, makes: venv.prefix, network: false },
    ],
  }];
}

/** A wholly foreign environment is given back as one; else each ill part, and what is closed is reopened. */
function remedies(found: Finding, facts: Facts): Remedy[] {
  const venv = workingVenvs(facts).find((install) => install.prefix === found.subject);
  if (venv === undefined) return [];
  const denied = deniedParts(facts, venv);
  const tops = denied.filter((part) => !denied.some((other) => other !== part && isAtOrBelow(part.path, other.path)));
  const probes = tops.map((part) => part.path);
  if (tops.every((part) => part.uid === facts.user.euid)) return giveBackOrReopen(facts, tops, (part) => ({ select: "tree", recognised: true, probes: [part.path] }));
  const closed = tops.filter((part) => part.uid === facts.user.euid).flatMap((part) => restoreMode(facts, part, { select: "tree", probes }));
  const given = giveBack(facts, venv.prefix, { probes, recognised: true }).map((cure) => ({ ...cure, steps: [...cure.steps, ...closed.flatMap((other) => other.steps)] }));
  return [...given, ...newVenv(facts, venv)];
}

export const problem: Problem = { id: "venv-not-writable", severity: "error", tools: ["pip"], when: "always", detect, remedies };
