/** `cache-dir-misread` of poetry, pdm, pipenv, hatch and virtualenv: a cache in a place nobody meant. */
import type { Facts, ToolFact } from "../facts/facts.ts";
import { meant, misreading, type Misreading } from "./misreading.ts";
import type { Finding, Remedy } from "./problem.ts";
import { askForEdit, placeOf, unsetVariable } from "./settings-words.ts";
import { toolNames } from "./tool-places.ts";
import { changeToolSetting, removeToolSetting, type ToolSetting } from "./tool-settings.ts";

/** The setting that moves a tool's cache. */
const cacheKeys: Readonly<Partial<Record<ToolFact["tool"], string>>> = { poetry: "cache-dir", pdm: "cache_dir", pipenv: "PIPENV_CACHE_DIR", hatch: "dirs.cache", virtualenv: "app_data" };

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
    const key = tools.includes(fact.tool) ? cacheKeys[fact.tool] : undefined;
    const setting = fact.settings.find((one) => one.key === key);
    const place = fact.places.find((one) => one.kind === "cache" && one.key === key);
    if (setting === undefined || setting.value === null || setting.error !== undefined || place === undefined || (setting.from.env === undefined && setting.from.path === undefined)) continue;
    // XDG's variables move the default of every program.
    if (setting.from.env?.startsWith("XDG_") === true) continue;
    const how = taken(facts, setting.value, place.path);
    if (how === undefined) continue;
    const subject = placeOf(setting);
    const known = found.get(subject) ?? { setting, how, becomes: place.root, root: place.root, uses: [] };
    known.uses.push(fact);
    found.set(subject, known);
  }
  return [...found.values()];
}

/** `cache-dir-misread` of these tools. */
export function misreadToolCaches(facts: Facts, tools: readonly ToolFact["tool"][]): Finding[] {
  return misreadDirs(facts, tools).map(({ setting, how, becomes, root, uses }): Finding => {
    const place = placeOf(setting);
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

export function misreadToolRemedies(facts: Facts, found: Finding, tools: readonly ToolFact["tool"][]): Remedy[] {
  const { variable = "", key = "", meant: value = "" } = found.params;
  if (variable !== "") return [unsetVariable(variable)];
  const one = misreadDirs(facts, tools).find(({ setting }) => placeOf(setting) === found.subject);
  const [use] = one?.uses ?? [];
  if (one === undefined || use === undefined) return [];
  const { from } = one.setting;
  const params = { value, place: found.subject };
  const right = value === "" ? [] : changeToolSetting(facts, { use, from, key, why: `an absolute path means the same everywhere: ${value}` }, value);
  const without = removeToolSetting(facts, { use, from, key, why: "the tool goes back to its usual cache" });
  if (without.length === 0) return [{ ...askForEdit("correct-value", one.setting), params: { ...params, file: from.path ?? "" } }];
  return [...(right.length > 0 ? [{ id: "correct-value", needs: "user" as const, params, steps: right }] : []), { id: "drop-setting", needs: "user", params, steps: without }];
}
