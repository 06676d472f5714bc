import type { Facts, InstallFact, SettingFact } from "../../facts/facts.ts";
import { pipNames } from "../look-up.ts";
import type { Finding, Problem, Remedy } from "../problem.ts";
import { askForEdit, placeOf, removeSetting, settingEvidence, unsetVariable } from "../settings-words.ts";
import { makeVenv, projectVenv, useVenv } from "../venv-cures.ts";

interface Override {
  readonly setting: SettingFact;
  readonly install: InstallFact;
  readonly pips: string;
}

/** Without a Python that is somebody else's to manage the setting overrides nothing. */
function overrides(facts: Facts): Override[] {
  const found = new Map<string, Override>();
  for (const install of facts.installs) {
    const uses = facts.pip.uses.filter((use) => use.python === install.python);
    const setting = uses.find((use) => use.breakSystemPackages !== null)?.breakSystemPackages ?? undefined;
    if (install.externallyManaged === null || setting === undefined || found.has(placeOf(setting))) continue;
    found.set(placeOf(setting), { setting, install, pips: pipNames(uses) });
  }
  return [...found.values()];
}

/** An image or a job that is thrown away has no system to keep: there it is set on purpose, as GitHub's runners do. */
function isThrownAway(facts: Facts): boolean {
  return facts.machine.container.ok || /^(?:1|true)$/i.test(facts.env["CI"] ?? "");
}

function detect(facts: Facts): Finding[] {
  if (isThrownAway(facts)) return [];
  return overrides(facts).map(({ setting, install, pips }): Finding => ({
    problem: "system-override-set", severity: "warning", subject: placeOf(setting),
    evidence: [settingEvidence(setting), { says: "and this says that the Python is another package manager's", from: { path: install.externallyManaged ?? "" } }],
    params: { place: placeOf(setting), value: setting.value, python: install.python, pip: pips, marker: install.externallyManaged ?? "" },
  }));
}

function remedies(found: Finding, facts: Facts): Remedy[] {
  const override = overrides(facts).find(({ setting }) => placeOf(setting) === found.subject);
  if (override === undefined) return [];
  const { setting, install } = override;
  const steps = removeSetting(facts, setting, "pip asks again before it touches the system's packages");
  const edit: Remedy = steps.length > 0 ? { id: "edit-out", needs: "user", steps } : askForEdit("edit-out", setting);
  const venv = projectVenv(facts);
  return [
    setting.from.env === undefined ? edit : unsetVariable(setting.from.env),
    // Beside it, not instead of it: an environment alone leaves the setting in force.
    ...(venv === undefined ? makeVenv(facts, install).map((cure) => ({ ...cure, steps: [], shown: [`${install.python} -m venv ${cure.params?.["path"] ?? ".venv"}`] })) : [useVenv(venv)]),
    { id: "keep-it", needs: "user", steps: [], shown: [`cachewright doctor --ignore system-override-set --why "REASON"`] },
  ];
}

export const problem: Problem = { id: "system-override-set", severity: "warning", tools: ["pip"], when: "always", detect, remedies };
