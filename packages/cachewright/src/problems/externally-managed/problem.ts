import type { Facts } from "../../facts/facts.ts";
import { pipAtLeast } from "../../tools/pip/version.ts";
import { chosenInstall, falseWords, pathFact } from "../look-up.ts";
import type { Finding, Problem, Remedy } from "../problem.ts";
import { makeVenv, projectVenv, usePipx, useVenv } from "../venv-cures.ts";

/** PEP 668, pip from 23.0: a marker beside the standard library, unless a setting overrides it. */
function detect(facts: Facts): Finding[] {
  const install = chosenInstall(facts);
  const marker = install?.externallyManaged ?? null;
  if (install === undefined || marker === null) return [];
  const use = facts.pip.uses.find((candidate) => candidate.python === install.python);
  if (use !== undefined && !pipAtLeast(use.pip, "23.0")) return [];
  const override = use?.breakSystemPackages;
  if (override && !falseWords.test(override.value)) return [];
  return [{
    problem: "externally-managed", severity: "error", subject: marker,
    evidence: [{ says: "the distribution keeps this Python for itself", from: { path: marker }, path: pathFact(facts, marker) }],
    params: { path: marker, python: install.python, pip: use?.pip ?? "" },
  }];
}

function remedies(_found: Finding, facts: Facts): Remedy[] {
  const install = chosenInstall(facts);
  if (install === undefined) return [];
  const venv = projectVenv(facts);
  const hasApt = pathFact(facts, "/usr/bin/apt-get").state === "present";
  return [
    ...(venv === undefined ? makeVenv(facts, install) : [useVenv(venv)]),
    usePipx(),
    ...(hasApt ? [{ id: "distribution-package", needs: "root", steps: [], shown: ["apt install python3-NAME"] } satisfies Remedy] : []),
    { id: "break-system-packages", needs: "user", steps: [], shown: [] },
  ];
}

export const problem: Problem = { id: "externally-managed", severity: "error", tools: ["pip"], when: "asked", detect, remedies };
