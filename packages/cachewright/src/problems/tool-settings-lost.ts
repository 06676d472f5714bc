/** Settings of the tools that have no fact of their own which count for nothing: passed over with their table, or beaten. */
import type { Facts } from "../facts/facts.ts";
import type { Evidence, Finding, Remedy } from "./problem.ts";
import { askForEdit, placeOf, unsetVariable } from "./settings-words.ts";
import { baseParams, filesOf, inUse, ownKey, sourceIn, toolsWithSettings } from "./tool-configs.ts";
import { removeToolSetting, settingsBySource, toolSettingEvidence, type SetSomewhere, type ToolSetting } from "./tool-settings.ts";

/** What says nothing since the whole table is passed over. */
export function ignoredToolTables(facts: Facts): Finding[] {
  return filesOf(facts, ({ state, ignored, key }) => state === "ignored" && ignored === "malformed" && key !== undefined).map((file): Finding => {
    const { config, uses } = file;
    const key = config.key?.at(-1) ?? "";
    const table = `[tool.${uses[0]?.tool ?? ""}]`;
    return {
      problem: "config-key-ignored", severity: "warning", subject: placeOf({ from: sourceIn(config) }), evidence: [{ says: `${key} in ${table}`, from: sourceIn(config) }],
      params: { ...baseParams(file, sourceIn(config)), place: placeOf({ from: sourceIn(config) }), key, section: table, right: "", variant: "table" },
    };
  });
}

export function ignoredTableRemedies(found: Finding, facts: Facts): Remedy[] {
  const { path = "" } = found.params;
  const file = filesOf(facts, (config) => config.path === path && config.ignored === "malformed")[0];
  const use = file?.uses[0];
  if (file === undefined || use === undefined || file.config.key === undefined) return [];
  const steps = removeToolSetting(facts, { use, from: { path }, key: ownKey(use, file.config.key).join("."), why: "without it the rest of the table counts" });
  return [steps.length > 0 ? { id: "drop-key", needs: "user", params: { file: path }, steps } : { ...askForEdit("drop-key", { from: sourceIn(file.config) }), params: { file: path } }];
}

/** Keys of which one value is meant for all that a person does. A project that has an index of its own is as it should be. */
const personal = /^(?:cache-dir|no-cache|link-mode)$/;

function shadowed(facts: Facts): (SetSomewhere & { readonly beaten: Pick<ToolSetting, "value" | "from" | "key"> })[] {
  const own = new Set(inUse(facts).flatMap(({ configs }) => configs.filter(({ scope }) => scope === "user").map(({ path }) => path)));
  return toolsWithSettings.flatMap((tool) => settingsBySource(facts, { tool, isWanted: ({ key, error }) => personal.test(key) && error === undefined })).flatMap((one) => {
    const { setting } = one;
    return setting.shadows.filter(({ from, value }) => from.path !== undefined && own.has(from.path) && value !== setting.value).map(({ from, value }) => ({ ...one, beaten: { key: setting.key, from, value } }));
  });
}

export function shadowedToolSettings(facts: Facts): Finding[] {
  // A job's variables stand for what the machine's files say.
  if ((facts.env["CI"] ?? "") !== "") return [];
  return shadowed(facts).map(({ setting, uses, beaten }): Finding => {
    const evidence: Evidence[] = [toolSettingEvidence(beaten), toolSettingEvidence(setting)].map(({ says, from }, i) => ({ says: i === 1 ? `${says} (this one counts)` : says, from }));
    return {
      problem: "config-shadowed", severity: "note", subject: placeOf(beaten), evidence,
      params: { ...baseParams({ uses }, beaten.from), place: placeOf(beaten), key: setting.key, value: beaten.value ?? "", winner: placeOf(setting), other: setting.value ?? "", variable: setting.from.env ?? "", variant: setting.from.env === undefined ? "stronger-file" : "variable" },
    };
  });
}

export function shadowedToolRemedies(found: Finding, facts: Facts): Remedy[] {
  const one = shadowed(facts).find(({ beaten }) => placeOf(beaten) === found.subject);
  const use = one?.uses[0];
  if (one === undefined || use === undefined) return [];
  const cure = (id: string, { from, key }: Pick<ToolSetting, "from" | "key">, why: string): Remedy => {
    const steps = removeToolSetting(facts, { use, from, key, why });
    return steps.length > 0 ? { id, needs: "user", steps, params: { place: placeOf({ from }) } } : { ...askForEdit(id, { from }), params: { place: placeOf({ from }) } };
  };
  return [
    cure("remove-weaker", one.beaten, "it counts for nothing where it stands"),
    one.setting.from.env === undefined ? cure("remove-stronger", one.setting, "with it gone, the other value counts") : unsetVariable(one.setting.from.env),
  ];
}
