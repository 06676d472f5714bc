import type { Facts, InstallFact, PipUseFact } from "../../facts/facts.ts";
import { pipAtLeast } from "../../tools/pip/version.ts";
import { chosenInstall } from "../look-up.ts";
import type { Finding, Problem, Remedy } from "../problem.ts";
import { makeVenv, projectVenv, useVenv } from "../venv-cures.ts";

/** `--root-user-action=ignore`, from a variable or a file, from 22.1. */
function isMuted(facts: Facts, use: PipUseFact): boolean {
  if (!pipAtLeast(use.pip, "22.1")) return false;
  if (facts.env["PIP_ROOT_USER_ACTION"] !== undefined && facts.env["PIP_ROOT_USER_ACTION"] !== "") return facts.env["PIP_ROOT_USER_ACTION"] === "ignore";
  const settings = facts.pip.configs.filter((file) => use.reads.includes(file.path)).flatMap((file) => file.settings);
  const inForce = ["install", "global"].flatMap((section) => settings.filter((one) => one.key === "root-user-action" && one.section === section).at(-1) ?? [])[0];
  return inForce?.value === "ignore";
}

/** `warn_if_run_as_root` (utils/misc.py), from 21.1: root, outside a virtual environment, after an install that worked. */
function warned(facts: Facts): { install: InstallFact; use: PipUseFact } | undefined {
  const install = chosenInstall(facts);
  if (facts.user.euid !== 0 || install === undefined || install.kind === "venv" || install.kind === "pipx") return undefined;
  const use = facts.pip.uses.find((candidate) => candidate.python === install.python);
  if (use === undefined || !pipAtLeast(use.pip, "21.1") || isMuted(facts, use)) return undefined;
  const stopped = install.externallyManaged !== null && use.breakSystemPackages === null && pipAtLeast(use.pip, "23.0");
  return stopped ? undefined : { install, use };
}

function detect(facts: Facts): Finding[] {
  const seen = warned(facts);
  if (seen === undefined) return [];
  const { container } = facts.machine;
  return [{
    problem: "root-user-warning", severity: "note", subject: seen.install.python,
    evidence: [
      { says: "the process is root's, and this Python is in no virtual environment", from: { path: seen.install.python } },
      ...(container.ok ? [{ says: `this is a container (${container.value})`, from: container.from }] : []),
    ],
    params: { python: seen.install.python, path: seen.install.purelib, pip: seen.use.pip, variant: container.ok ? "container" : "machine" },
  }];
}

function remedies(_found: Finding, facts: Facts): Remedy[] {
  const seen = warned(facts);
  if (seen === undefined) return [];
  const { install, use } = seen;
  const venv = projectVenv(facts);
  const way = venv === undefined ? makeVenv(facts, install) : [useVenv(venv)];
  const mute: readonly Remedy[] = pipAtLeast(use.pip, "22.1") ? [{ id: "mute", needs: "user", steps: [], shown: [facts.machine.container.ok ? "ENV PIP_ROOT_USER_ACTION=ignore" : "export PIP_ROOT_USER_ACTION=ignore"] }] : [];
  return facts.machine.container.ok ? [...mute, ...way] : [...way, ...mute];
}

export const problem: Problem = { id: "root-user-warning", severity: "note", tools: ["pip"], when: "asked", detect, remedies };
