/** Settings of the tools that have no fact of their own which count for nothing, since something stronger says otherwise. */
import type { Facts, ToolFact } from "../facts/facts.ts";
import type { Evidence, Finding, Remedy } from "./problem.ts";
import { askForEdit, placeOf, unsetVariable } from "./settings-words.ts";
import { baseParams, inUse } from "./tool-configs.ts";
import { removeToolSetting, settingsOf, toolSettingEvidence, type SetSomewhere, type ToolSetting } from "./tool-settings.ts";
import { toolWays } from "./tool-ways.ts";

interface Shadowed extends SetSomewhere {
  readonly beaten: Pick<ToolSetting, "value" | "from" | "key">;
}

/** What of a person's own file is beaten by the setting in force, as far as it is meant for all they do. */
function beatenBy({ key, value, from, shadows }: ToolSetting, { tool, configs }: ToolFact): Shadowed["beaten"][] {
  const ways = toolWays[tool];
  if (from.env === undefined && ways?.mindsFiles !== true) return [];
  const own = new Set(configs.filter(({ scope }) => scope === "user").map(({ path }) => path));
  return shadows.filter((shadow) => own.has(shadow.from.path ?? "") && shadow.value !== value && ways?.wroteItself?.(shadow.value ?? "") !== true).map((shadow) => ({ key, value: shadow.value, from: shadow.from }));
}

function shadowed(facts: Facts): Shadowed[] {
  const all = settingsOf(inUse(facts), (setting, use) => setting.error === undefined && toolWays[use.tool]?.isPersonal(setting, use) === true)
    .flatMap((one) => one.uses.slice(0, 1).flatMap((use) => beatenBy(one.setting, use)).map((beaten) => ({ ...one, beaten })));
  return [...new Map(all.map((one) => [placeOf(one.beaten), one])).values()];
}

export function shadowedToolSettings(facts: Facts): Finding[] {
  // A job's variables stand for what the machine's files say.
  if ((facts.env["CI"] ?? "") !== "") return [];
  return shadowed(facts).map(({ setting, uses, beaten }): Finding => {
    const evidence: Evidence[] = [toolSettingEvidence(beaten), toolSettingEvidence(setting)].map(({ says, from }, i) => ({ says: i === 1 ? `${says} (this one counts)` : says, from }));
    return {
      problem: "config-shadowed", severity: "note", subject: placeOf(beaten), evidence,
      params: {
        ...baseParams(uses, beaten.from), place: placeOf(beaten), key: setting.key, value: beaten.value ?? "", winner: placeOf(setting), other: setting.value ?? "", section: "",
        variable: setting.from.env ?? "", variant: setting.from.env === undefined ? "stronger-file" : "variable",
      },
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
