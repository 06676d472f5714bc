import type { Facts } from "../../facts/facts.ts";
import { chosenInstall } from "../look-up.ts";
import { notOnPath, pathLineCures } from "../path-line-cures.ts";
import type { Finding, Problem, Remedy } from "../problem.ts";
import { makeVenv, projectVenv, useVenv } from "../venv-cures.ts";

function remedies(found: Finding, facts: Facts): Remedy[] {
  const install = chosenInstall(facts);
  if (facts.programs === undefined || install === undefined) return [];
  const venv = projectVenv(facts);
  return [...pathLineCures(found, facts), ...(venv === undefined ? makeVenv(facts, install).map((cure) => ({ ...cure, steps: [], shown: [`${install.python} -m venv ${cure.params?.["path"] ?? ".venv"}`] })) : [useVenv(venv)])];
}

export const problem: Problem = { id: "scripts-not-on-path", severity: "note", tools: ["pip"], when: "asked", detect: (facts) => notOnPath(facts, "scripts-not-on-path"), remedies };
