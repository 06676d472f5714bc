/** A settings file or variable that stops uv, poetry, pdm, pipenv, hatch or virtualenv, and what mends it. */
import type { Facts } from "../facts/facts.ts";
import { behindLinks, isInHome, selfActor } from "./look-up.ts";
import { restoreMode, setAside } from "./ownership-cures.ts";
import type { Finding, Remedy } from "./problem.ts";
import { mayEdit, placeOf, unsetVariable } from "./settings-words.ts";
import { baseParams, filesOf, inUse, isBroken, sourceIn, type ReadFile } from "./tool-configs.ts";
import { ownKey, removeToolSetting, settingsOf, type SetSomewhere } from "./tool-settings.ts";
import { toolWays } from "./tool-ways.ts";

/** A directory and the project in each other's way is for who stands there to know. */
function faultySettings(facts: Facts): SetSomewhere[] {
  const chosen = inUse(facts);
  return settingsOf(chosen, ({ error }, { tool }) => error !== undefined && toolWays[tool]?.ends(error) === true)
    .map((one) => ({ ...one, place: placeOf({ from: one.setting.errorFrom ?? one.setting.from }) }))
    .filter(({ setting: { from, errorFrom = from } }) => errorFrom.env !== undefined || errorFrom.path !== undefined);
}

function brokenFile(facts: Facts, { config, uses }: ReadFile): Finding {
  const { error = "it is not understood", scope, path } = config;
  return {
    problem: "config-breaks-tool", severity: "error", subject: path, evidence: [{ says: error, from: sourceIn(config), path: behindLinks(facts, path) }],
    params: { ...baseParams(uses, sourceIn(config)), kind: config.format, text: error, variant: scope === "project" ? "project" : "file" },
  };
}

function brokenSetting({ place, setting, uses }: SetSomewhere): Finding {
  const from = setting.errorFrom ?? setting.from;
  const text = setting.error ?? "";
  return {
    problem: "config-breaks-tool", severity: "error", subject: place, evidence: [{ says: text.includes(setting.key) ? text : `${setting.key}: ${text}`, from }],
    params: { ...baseParams(uses, from), kind: "value", text, variant: from.env === undefined ? "file" : "variable" },
  };
}

/** One file or variable is one finding, whatever the number of its faults and of the tools that read it. */
export function brokenToolConfigs(facts: Facts): Finding[] {
  const files = filesOf(facts, isBroken).map((file) => brokenFile(facts, file));
  const told = new Set(files.map(({ subject }) => subject));
  const settings = faultySettings(facts).filter(({ place, setting: { from, errorFrom = from } }) => !told.has(place) && !told.has(errorFrom.path ?? "")).map(brokenSetting);
  return [...files, ...new Map(settings.map((one) => [one.subject, one])).values()];
}

export function brokenToolRemedies(found: Finding, facts: Facts): Remedy[] {
  const { variable = "", file = "" } = found.params;
  if (variable !== "") return [unsetVariable(variable)];
  const broken = filesOf(facts, isBroken).find(({ config }) => config.path === found.subject);
  const seen = behindLinks(facts, file);
  const reopened = broken?.config.errno === undefined ? [] : restoreMode(facts, seen, { select: "top", probes: [] });
  if (reopened.length > 0) return reopened;
  const edits = broken === undefined || !mayEdit(facts, file) ? [] : editsOf(facts, broken);
  // Of a project's file more depends than one person's settings.
  const isOwn = broken?.config.scope === "user" && isInHome(facts, seen.path);
  const aside = isOwn ? setAside(facts, seen, []) : [];
  return edits.length > 0 ? [...edits, ...aside] : [...correctedBySomebody(found, facts, broken), ...aside];
}

/** The one key that is refused, else the one line that makes it no TOML. */
function editsOf(facts: Facts, { config, uses }: ReadFile): Remedy[] {
  const { path, key, cure, error = "" } = config;
  const [use] = uses;
  const dropped = use === undefined || key === undefined ? [] : removeToolSetting(facts, { use, from: { path }, key: ownKey(use, key).join("."), why: "this version does not take it" });
  if (dropped.length > 0) return [{ id: "drop-key", needs: "user", params: { file: path, key: key?.join(".") ?? "" }, steps: dropped }];
  if (cure === undefined) return [];
  const { old, text, line } = cure;
  return [{
    id: "correct-file", needs: "user", params: { file: path },
    steps: [{ kind: "change-config", why: error, actor: selfActor(facts), path, change: { do: "replace-line", line, old, text } }],
  }];
}

/** By the person, or by whose file it is. */
function correctedBySomebody({ params: { file = "", line = "", text = "" } }: Finding, facts: Facts, broken: ReadFile | undefined): Remedy[] {
  const cure = broken?.config.cure;
  const shown = [`# ${file}${line === "" ? "" : `:${line}`}: ${text}`, ...(cure === undefined ? [] : [`# ${file}:${cure.line}: ${cure.text.trim()}`])];
  return [mayEdit(facts, file) ? { id: "correct-by-hand", needs: "user", steps: [], params: { file }, shown } : { id: "give-file-to-admin", needs: "root", steps: [], params: { file }, shown }];
}
