import type { Facts, PackagesFact } from "../../facts/facts.ts";
import { chosenInstall, pathFact } from "../look-up.ts";
import type { Finding, Problem, Remedy } from "../problem.ts";
import { shellWord } from "../settings-words.ts";
import { makeVenv, projectVenv, useVenv } from "../venv-cures.ts";

type Foreign = NonNullable<PackagesFact["foreign"]>[number];

function saysOf({ installer, path }: Foreign): string {
  if (path.endsWith(".egg-info")) return "installed by distutils: one file, and no list of what belongs to it";
  return `installed by ${installer ?? "another program"}, without the RECORD that pip would remove by`;
}

/** One finding for one directory: whose packages they are is one state of the machine. */
function detect(facts: Facts): Finding[] {
  return (facts.packages ?? []).flatMap(({ directory, python, foreign = [] }): Finding[] => {
    const [first] = foreign;
    if (first === undefined) return [];
    return [{
      problem: "os-package-cannot-uninstall", severity: "error", subject: directory,
      evidence: foreign.slice(0, 10).map((one) => ({ says: saysOf(one), from: { path: one.path }, path: pathFact(facts, one.path) })),
      params: { path: directory, python, package: `${first.name} ${first.version}`.trim(), name: first.name, count: String(foreign.length), installer: first.installer ?? "distutils" },
    }];
  });
}

function remedies(found: Finding, facts: Facts): Remedy[] {
  const install = facts.installs.find(({ python }) => python === found.params["python"]) ?? chosenInstall(facts);
  if (install === undefined) return [];
  const venv = projectVenv(facts);
  const { name = "NAME" } = found.params;
  return [
    ...(venv === undefined ? makeVenv(facts, install) : [useVenv(venv)]),
    { id: "ignore-installed", needs: "user", steps: [], shown: [`${shellWord(install.python)} -m pip install --ignore-installed --no-deps ${shellWord(name)}`] },
  ];
}

export const problem: Problem = { id: "os-package-cannot-uninstall", severity: "error", tools: ["pip"], when: "asked", detect, remedies };
