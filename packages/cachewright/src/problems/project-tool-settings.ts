/** What was set for poetry, pdm, pipenv, hatch and their like: a cache in a place nobody meant, values that lose, names nobody reads. */
import type { Facts, Source, ToolFact } from "../facts/facts.ts";
import { variableMeant } from "../tools/known-keys.ts";
import { selfActor } from "./look-up.ts";
import { meant, misreading, type Misreading } from "./misreading.ts";
import type { Finding, ProposedStep, Remedy } from "./problem.ts";
import { mayEdit, shellWord, unsetVariable } from "./settings-words.ts";
import { toolNames } from "./tool-places.ts";

type ToolSetting = ToolFact["settings"][number];

/** The setting that moves a tool's cache, and its variable. */
export const cacheSettings: Readonly<Partial<Record<ToolFact["tool"], { readonly key: string; readonly variable: string }>>> = {
  poetry: { key: "cache-dir", variable: "POETRY_CACHE_DIR" },
  pdm: { key: "cache_dir", variable: "PDM_CACHE_DIR" },
  pipenv: { key: "PIPENV_CACHE_DIR", variable: "PIPENV_CACHE_DIR" },
  hatch: { key: "dirs.cache", variable: "HATCH_CACHE_DIR" },
  virtualenv: { key: "app_data", variable: "VIRTUALENV_OVERRIDE_APP_DATA" },
};

/** `~/.config/pdm/config.toml:3` or `PDM_CACHE_DIR`. */
export function placeOfSource({ env, path, line }: Source): string {
  return env ?? (line === undefined ? (path ?? "?") : `${path}:${line}`);
}

/** One edit of a settings file by the setting's own name, and nothing where it is not the user's to edit. */
function settingEdit(facts: Facts, path: string | undefined, { key, value, why }: { readonly key: string; readonly value?: string; readonly why: string }): ProposedStep[] {
  if (!mayEdit(facts, path)) return [];
  if (path.endsWith("/virtualenv.ini")) {
    const at = ["virtualenv", key];
    return [{ kind: "change-config", why, actor: selfActor(facts), path, change: { do: "value", format: "ini", edit: value === undefined ? { do: "unset", path: at } : { do: "set", path: at, value } } }];
  }
  if (!path.endsWith(".toml")) return [];
  const at = key.split(".");
  const plain = value === "true" || value === "false" ? value === "true" : value;
  return [{ kind: "change-config", why, actor: selfActor(facts), path, change: { do: "value", format: "toml", edit: plain === undefined ? { do: "unset", path: at } : { do: "set", path: at, value: plain } } }];
}

interface MisreadDir {
  readonly setting: ToolSetting;
  readonly how: Misreading;
  readonly becomes: string;
  readonly root: string;
  readonly uses: ToolFact[];
}

/** How the tool took the value: it may expand what another takes literally. */
function taken(facts: Facts, value: string, becomes: string): Misreading | undefined {
  if (value.startsWith("~")) return /(?:^|\/)~/.test(becomes) ? "tilde" : undefined;
  const how = misreading(value, facts.machine.platform);
  return how === undefined || /[$%]/.test(value) && !/[$%]/.test(becomes) ? undefined : how;
}

function misreadDirs(facts: Facts, tools: readonly ToolFact["tool"][]): MisreadDir[] {
  const found = new Map<string, MisreadDir>();
  for (const fact of facts.tools ?? []) {
    const key = tools.includes(fact.tool) ? cacheSettings[fact.tool]?.key : undefined;
    const setting = fact.settings.find((one) => one.key === key);
    const place = fact.places.find((one) => one.kind === "cache" && one.key === key);
    if (setting === undefined || setting.value === null || setting.error !== undefined || place === undefined || (setting.from.env === undefined && setting.from.path === undefined)) continue;
    // XDG's variables move the default of every program.
    if (setting.from.env?.startsWith("XDG_") === true) continue;
    const how = taken(facts, setting.value, place.path);
    if (how === undefined) continue;
    const subject = placeOfSource(setting.from);
    const known = found.get(subject) ?? { setting, how, becomes: place.root, root: place.root, uses: [] };
    known.uses.push(fact);
    found.set(subject, known);
  }
  return [...found.values()];
}

/** `cache-dir-misread` of these tools. */
export function misreadToolCaches(facts: Facts, tools: readonly ToolFact["tool"][]): Finding[] {
  return misreadDirs(facts, tools).map(({ setting, how, becomes, root, uses }): Finding => {
    const place = placeOfSource(setting.from);
    const value = setting.value === "" ? '""' : (setting.value ?? "");
    return {
      problem: "cache-dir-misread", severity: "warning", subject: place,
      evidence: [{ says: `${setting.key} = ${value}`, from: setting.from }, { says: `started here, ${toolNames(uses)} would keep its cache in ${becomes}`, from: { path: becomes } }],
      params: {
        place, value, key: setting.key, pip: toolNames(uses), path: setting.from.path ?? "", file: setting.from.path ?? "", line: String(setting.from.line ?? ""), variable: setting.from.env ?? "",
        becomes, variant: how, meant: meant(facts, setting.value ?? "", how) ?? "", stray: "", tools: "yes",
      },
      explains: [{ problem: "cache-world-writable", subject: root }, { blockedBelow: root }],
    };
  });
}

export function misreadToolRemedies(facts: Facts, found: Finding): Remedy[] {
  const { variable = "", path = "", key = "", meant: value = "" } = found.params;
  if (variable !== "") return [unsetVariable(variable)];
  const params = { value, place: found.subject };
  const right = value === "" ? [] : settingEdit(facts, path, { key, value, why: `an absolute path means the same everywhere: ${value}` });
  const without = settingEdit(facts, path, { key, why: "the tool goes back to its usual cache" });
  if (without.length === 0) return [{ id: "correct-value", needs: "root", steps: [], params: { ...params, file: path }, shown: [`# edit ${found.subject}`] }];
  return [...(right.length > 0 ? [{ id: "correct-value", needs: "user" as const, params, steps: right }] : []), { id: "drop-setting", needs: "user", params, steps: without }];
}

/** What the person wrote into a file of their own, beaten by a variable. That a project's file beats one's own is how it is meant. */
export function shadowedProjectSettings(facts: Facts, tools: readonly ToolFact["tool"][]): Finding[] {
  const found = new Map<string, Finding>();
  for (const fact of facts.tools ?? []) {
    if (!tools.includes(fact.tool)) continue;
    const own = fact.configs.filter(({ scope }) => scope === "user").map(({ path }) => path);
    for (const { key, value, from, shadows } of fact.settings.filter((setting) => isPlace(setting, fact))) {
      const beaten = shadows.find((shadow) => own.includes(shadow.from.path ?? "") && shadow.value !== value);
      if (beaten === undefined || from.env === undefined || wroteItself(fact, beaten.value)) continue;
      const place = placeOfSource(beaten.from);
      found.set(place, {
        problem: "config-shadowed", severity: "note", subject: place,
        evidence: [{ says: `${key} = ${beaten.value ?? ""}`, from: beaten.from }, { says: `${from.env}=${value ?? ""} (this one counts)`, from }],
        params: {
          place, key, value: beaten.value ?? "", path: beaten.from.path ?? "", winner: from.env, other: value ?? "", section: "", pip: toolNames([fact]), variable: from.env, variant: "variable", tools: "yes",
        },
      });
    }
  }
  return [...found.values()];
}

/** hatch puts the places of its first run into its file: nobody's wish. */
function wroteItself({ tool }: ToolFact, value: string | null): boolean {
  return tool === "hatch" && /[/\\]hatch(?:[/\\]Cache)?$/.test(value ?? "");
}

/** Switches are turned by variables for one run on purpose; a place that moves leaves things behind. */
function isPlace({ key }: ToolSetting, fact: ToolFact): boolean {
  return fact.places.some((place) => place.key === key);
}

export function shadowedProjectRemedies(facts: Facts, found: Finding): Remedy[] {
  const { key = "", path = "", variable = "" } = found.params;
  const params = { place: found.subject };
  const steps = settingEdit(facts, path, { key, why: "it counts for nothing where it stands" });
  const weaker: Remedy = steps.length > 0 ? { id: "remove-weaker", needs: "user", steps, params } : { id: "remove-weaker", needs: "root", steps: [], params, shown: [`# edit ${found.subject}`] };
  return [weaker, unsetVariable(variable)];
}

/** Variables that have to do with places and caches. */
const variables: Readonly<Partial<Record<ToolFact["tool"], readonly string[]>>> = {
  poetry: ["POETRY_CACHE_DIR", "POETRY_DATA_DIR", "POETRY_VIRTUALENVS_PATH", "POETRY_VIRTUALENVS_IN_PROJECT", "POETRY_VIRTUALENVS_CREATE"],
  pdm: ["PDM_CACHE_DIR", "PDM_LOG_DIR", "PDM_VENV_IN_PROJECT", "PDM_NO_CACHE"],
  pipenv: ["PIPENV_CACHE_DIR", "PIPENV_VENV_IN_PROJECT", "PIPENV_CUSTOM_VENV_NAME"],
  hatch: ["HATCH_CACHE_DIR", "HATCH_DATA_DIR"],
};

interface Stray {
  readonly finding: Finding;
  readonly cure: Remedy;
}

function strayVariables(facts: Facts, fact: ToolFact): Stray[] {
  return Object.entries(facts.env).flatMap(([name, value]): Stray[] => {
    const right = value === "" ? undefined : variableMeant(name, variables[fact.tool] ?? []);
    if (right === undefined || facts.env[right] === value) return [];
    const finding: Finding = {
      problem: "config-key-ignored", severity: "warning", subject: name, evidence: [{ says: `${name}=${value}`, from: { env: name } }],
      params: { place: name, path: "", file: "", line: "", key: name, section: "", variable: name, right, pip: toolNames([fact]), variant: "variable", tools: "yes" },
    };
    return [{ finding, cure: { id: "right-variable", needs: "user", steps: [], params: { right, place: name }, shown: [`unset ${name}`, `export ${right}=${shellWord(value)}`] } }];
  });
}

function strayLines(facts: Facts, fact: ToolFact): Stray[] {
  return fact.configs.flatMap(({ path, strays = [] }) => strays.flatMap(({ key, value, line, meant: right, old, text }): Stray[] => {
    // Said rightly as well: nothing is lost.
    if (fact.settings.some((setting) => setting.key === right && setting.value === value)) return [];
    const place = `${path}:${line}`;
    const finding: Finding = {
      problem: "config-key-ignored", severity: "warning", subject: place, evidence: [{ says: `${key} = ${value}`, from: { path, line } }],
      params: { place, path, file: path, line: String(line), key, section: "", variable: "", right, pip: toolNames([fact]), variant: "key", tools: "yes" },
    };
    const renamed: ProposedStep[] = mayEdit(facts, path) && text !== old ? [{ kind: "change-config", why: `${fact.tool} knows it as ${right}`, actor: selfActor(facts), path, change: { do: "replace-line", line, old, text } }] : [];
    const moved = [...settingEdit(facts, path, { key, why: `${fact.tool} does not know it by this name` }), ...settingEdit(facts, path, { key: right, value, why: "the same value where it is read" })];
    const steps = renamed.length > 0 ? renamed : moved;
    const params = { right, place, file: path };
    return [{ finding, cure: steps.length > 0 ? { id: "right-name", needs: "user", steps, params } : { id: "right-name", needs: "root", steps: [], params, shown: [`# edit ${place}`] } }];
  }));
}

/** `config-key-ignored` of these tools, each name once. */
export function strayProjectSettings(facts: Facts, tools: readonly ToolFact["tool"][]): Stray[] {
  const all = (facts.tools ?? []).filter(({ tool }) => tools.includes(tool)).flatMap((fact) => [...strayLines(facts, fact), ...strayVariables(facts, fact)]);
  return [...new Map(all.map((stray) => [stray.finding.subject, stray])).values()];
}
