import type { Facts, PipUseFact, SettingFact } from "../../facts/facts.ts";
import { optionName } from "../../configs/ini.ts";
import { meantVariable } from "../../tools/pip/stray-settings.ts";
import { falseWords, pipNames, selfActor } from "../look-up.ts";
import type { Finding, Problem, Remedy } from "../problem.ts";
import { condaStrayCures, condaStrays } from "./conda.ts";
import { askForEdit, mayEdit, placeOf, settingEvidence, shellWord } from "../settings-words.ts";
import { isOfTools } from "../tool-configs.ts";
import { strayToolRemedies, strayToolSettings } from "../tool-stray-settings.ts";

interface Stray {
  readonly setting: SettingFact;
  readonly meant: { readonly section: string; readonly key: string };
  /** As a person would write it: `cache-dir in [global]`, or a variable's name. */
  readonly right: string;
  readonly uses: readonly PipUseFact[];
}

/** pip 9 takes variables in any case. */
function takesAnyCase(use: PipUseFact): boolean {
  return Number.parseInt(use.pip, 10) < 10;
}

function strayVariables(facts: Facts): Stray[] {
  return Object.entries(facts.env).flatMap(([env, value]): Stray[] => {
    const right = value === "" ? undefined : meantVariable(env);
    const uses = facts.pip.uses.filter((use) => right !== env.toUpperCase() || !takesAnyCase(use));
    if (right === undefined || uses.length === 0) return [];
    const setting: SettingFact = { key: optionName(env.slice(4).toLowerCase()), value, section: ":env:", level: "env-var", from: { env } };
    return [{ setting, meant: { section: ":env:", key: optionName(right.slice(4).toLowerCase()) }, right, uses }];
  });
}

function strayLines(facts: Facts): Stray[] {
  return facts.pip.configs.flatMap((config) => (config.strays ?? []).flatMap(({ section, key, value, line, meant }): Stray[] => {
    const uses = facts.pip.uses.filter((use) => use.reads.includes(config.path));
    if (uses.length === 0 || value === "") return [];
    return [{ setting: { key, value, section, level: config.level, from: { path: config.path, line } }, meant, right: `${meant.key} in [${meant.section}]`, uses }];
  }));
}

/** The same said rightly somewhere else, or a wish that is fulfilled anyway (`no-cache = false`): nothing is lost. */
function isHarmless(facts: Facts, { meant, setting }: Stray): boolean {
  if (meant.key === "no-cache-dir" && falseWords.test(setting.value)) return true;
  const variable = facts.env[`PIP_${meant.key.replaceAll("-", "_").toUpperCase()}`];
  const said = facts.pip.configs.flatMap((config) => config.settings.filter((other) => other.key === meant.key && !isStrayPlace(config.strays, other.from.line)).map((other) => other.value));
  return [...said, ...(variable === undefined ? [] : [variable])].some((value) => value === setting.value || meant.key === "no-cache-dir");
}

function isStrayPlace(strays: Facts["pip"]["configs"][number]["strays"], line: number | undefined): boolean {
  return (strays ?? []).some((stray) => stray.line === line);
}

function strays(facts: Facts): Stray[] {
  return [...strayLines(facts), ...strayVariables(facts)].filter((stray) => !isHarmless(facts, stray));
}

function variantOf({ setting, meant }: Stray): string {
  if (setting.from.env !== undefined) return "variable";
  return setting.key === meant.key ? "section" : "key";
}

function ofPip(facts: Facts): Finding[] {
  return strays(facts).map((stray) => {
    const { setting, right, uses } = stray;
    return {
      problem: "config-key-ignored", severity: "warning", subject: placeOf(setting),
      evidence: [settingEvidence(setting)],
      params: {
        place: placeOf(setting), path: setting.from.path ?? "", file: setting.from.path ?? "", line: String(setting.from.line ?? ""), key: setting.key,
        section: setting.section, variable: setting.from.env ?? "", right, pip: pipNames(uses), variant: variantOf(stray),
      },
    };
  });
}

function remedies(found: Finding, facts: Facts): Remedy[] {
  if (isOfTools(found)) return strayToolRemedies(found, facts);
  return condaStrayCures(found, facts) ?? pipRemedies(found, facts);
}

function pipRemedies(found: Finding, facts: Facts): Remedy[] {
  const stray = strays(facts).find(({ setting }) => placeOf(setting) === found.subject);
  if (stray === undefined) return [];
  const { setting, meant, right } = stray;
  const { env, path, line } = setting.from;
  const params = { right, place: found.subject };
  if (env !== undefined) return [{ id: "right-variable", needs: "user", steps: [], params, shown: [`unset ${env}`, `export ${right}=${shellWord(setting.value)}`] }];
  // A value that was redacted cannot be written again, and one of several lines is best moved by hand.
  if (!mayEdit(facts, path) || line === undefined || /\n|\*\*\*/.test(setting.value)) return [{ ...askForEdit("right-name", setting), params: { ...params, file: path ?? "" } }];
  const actor = selfActor(facts);
  return [{
    id: "right-name", needs: "user", params,
    steps: [
      { kind: "change-config", why: "pip does not know it by this name", actor, path, change: { do: "remove", section: setting.section, key: setting.key, line } },
      { kind: "change-config", why: "the same value where pip reads it", actor, path, change: { do: "set", section: meant.section, key: meant.key, value: setting.value } },
    ],
  }];
}

function detect(facts: Facts): Finding[] {
  return [...ofPip(facts), ...condaStrays(facts), ...strayToolSettings(facts).map(({ finding }) => finding)];
}

export const problem: Problem = { id: "config-key-ignored", severity: "warning", tools: ["pip", "conda", "uv", "poetry", "pdm", "pipenv", "hatch"], when: "always", detect, remedies };
