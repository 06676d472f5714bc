import { join } from "node:path";
import { pipAtLeast } from "../../tools/pip/version.ts";
import type { Facts, InstallFact, PipUseFact, SettingFact } from "../../facts/facts.ts";
import { falseWords, nearestPresent, pathFact, selfActor } from "../look-up.ts";
import type { Evidence, Finding, Problem, Remedy } from "../problem.ts";
import { askForEdit, mayEdit, placeOf, removeSetting, settingEvidence, unsetVariable } from "../settings-words.ts";

interface Clash {
  readonly install: InstallFact;
  readonly use: PipUseFact;
  readonly setting: SettingFact;
  readonly variant: "refused" | "strays" | "off";
}

/** Environments a person works in here. Those that pipx made are none: pipx sets the matter straight itself. */
function isInUse(install: InstallFact): boolean {
  return install.chosen || install.found.some((how) => how === "active venv" || how === "project venv" || how === "asked");
}

/**
 * `decide_user_install` (commands/install.py): an environment that does not see the user site refuses `--user` from 20.0
 * (before, packages went there unseen), a Python whose user site is switched off from 25.3.
 */
function clashOf(facts: Facts, use: PipUseFact): Clash | undefined {
  const { userSetting: setting } = use;
  const install = facts.installs.find((one) => one.python === use.python);
  if (setting === null || falseWords.test(setting.value) || install === undefined || !isInUse(install)) return undefined;
  if (install.kind === "venv") {
    if (install.systemSite === true) return undefined;
    return { install, use, setting, variant: pipAtLeast(use.pip, "20.0") ? "refused" : "strays" };
  }
  const isOff = install.userSite === null && (facts.env["PYTHONNOUSERSITE"] ?? "") !== "";
  // A marker of PEP 668 stops pip before it looks where to install.
  return isOff && install.externallyManaged === null && pipAtLeast(use.pip, "25.3") ? { install, use, setting, variant: "off" } : undefined;
}

function clashes(facts: Facts): Clash[] {
  const bySetting = new Map<string, Clash>();
  for (const use of facts.pip.uses) {
    const clash = clashOf(facts, use);
    if (clash !== undefined && !bySetting.has(placeOf(clash.setting))) bySetting.set(placeOf(clash.setting), clash);
  }
  return [...bySetting.values()];
}

function whyUnseen({ install, variant }: Clash): Evidence {
  if (variant === "off") return { says: "PYTHONNOUSERSITE switches your own package directory off", from: { env: "PYTHONNOUSERSITE" } };
  return { says: "this environment does not see your own package directory (include-system-site-packages is not true)", from: { path: join(install.prefix, "pyvenv.cfg") } };
}

function detect(facts: Facts): Finding[] {
  return clashes(facts).map((clash): Finding => {
    const { install, use, setting, variant } = clash;
    return {
      problem: "user-install-in-venv", severity: "error", subject: placeOf(setting),
      evidence: [settingEvidence(setting), whyUnseen(clash)],
      params: { place: placeOf(setting), key: setting.key, value: setting.value, path: install.prefix, python: install.python, pip: use.pip, variant },
    };
  });
}

/** A file of the environment is read after the user's; in the same section its value wins (configuration.py). */
function forThisVenv(facts: Facts, { install, use, setting }: Clash): Remedy[] {
  const file = join(install.prefix, "pip.conf");
  const { path } = setting.from;
  if (install.kind !== "venv" || path === undefined || path === file || !use.reads.includes(file) || use.reads.indexOf(path) > use.reads.indexOf(file)) return [];
  const seen = pathFact(facts, file);
  const mayWrite = seen.state === "present" ? mayEdit(facts, file) : nearestPresent(facts, install.prefix).access?.write === "ok";
  if (!mayWrite) return [];
  return [{
    id: "for-this-environment", needs: "user", params: { file }, probes: [install.prefix],
    steps: [{ kind: "change-config", why: "this environment installs into itself", actor: selfActor(facts), path: file, change: { do: "set", section: setting.section, key: setting.key, value: "no" } }],
  }];
}

function remedies(found: Finding, facts: Facts): Remedy[] {
  const clash = clashes(facts).find(({ setting }) => placeOf(setting) === found.subject);
  if (clash === undefined) return [];
  const { setting, install, variant } = clash;
  const once: Remedy = { id: "once", needs: "user", steps: [], shown: [`PIP_USER=no ${install.python} -m pip install PACKAGE`] };
  const steps = removeSetting(facts, setting, "with the line gone, pip installs where the Python that runs it looks");
  const edit = setting.from.env !== undefined ? unsetVariable(setting.from.env) : steps.length > 0 ? { id: "edit-out", needs: "user", steps } satisfies Remedy : askForEdit("edit-out", setting);
  const seeAgain: readonly Remedy[] = variant === "off" ? [{ id: "see-user-site", needs: "user", steps: [], shown: ["unset PYTHONNOUSERSITE"] }] : [];
  return [edit, ...forThisVenv(facts, clash), ...seeAgain, once];
}

export const problem: Problem = { id: "user-install-in-venv", severity: "error", tools: ["pip"], when: "always", detect, remedies };
