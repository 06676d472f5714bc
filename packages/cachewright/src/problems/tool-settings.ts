/** Settings of uv, pipx, poetry, pdm, pipenv, hatch, virtualenv and pyenv as findings speak of them, and the edits that change them. */
import { basename } from "node:path";
import type { Facts, Source, ToolFact } from "../facts/facts.ts";
import { selfActor } from "./look-up.ts";
import type { ConfigChange, Evidence, ProposedStep } from "./problem.ts";
import { mayEdit, placeOf } from "./settings-words.ts";
import { toolNames } from "./tool-places.ts";

export type ToolSetting = ToolFact["settings"][number];
export type ToolConfig = ToolFact["configs"][number];
type ToolUse = Pick<ToolFact, "tool" | "version">;

export interface SetSomewhere {
  /** The file and line, or the variable. */
  readonly place: string;
  readonly setting: ToolSetting;
  readonly uses: readonly ToolFact[];
}

/** Each place that says something about one of the keys once, with the versions for which it counts. */
export function settingsBySource(facts: Facts, { tool, isWanted }: { readonly tool: ToolFact["tool"]; readonly isWanted: (setting: ToolSetting) => boolean }): SetSomewhere[] {
  const found = new Map<string, { place: string; setting: ToolSetting; uses: ToolFact[] }>();
  for (const use of facts.tools ?? []) {
    if (use.tool !== tool) continue;
    for (const setting of use.settings.filter(isWanted)) {
      const id = `${placeOf(setting)} ${setting.key}`;
      const known = found.get(id) ?? { place: placeOf(setting), setting, uses: [] };
      known.uses.push(use);
      found.set(id, known);
    }
  }
  return [...found.values()];
}

/** "uv 0.4.30, 0.13.9" */
export function namesOf(uses: readonly ToolUse[]): string {
  return toolNames(uses);
}

export function toolSettingEvidence({ key, value, from }: Pick<ToolSetting, "key" | "value" | "from">): Evidence {
  return { says: from.env === undefined ? `${key} = ${value ?? ""}` : `${from.env}=${value ?? ""}`, from };
}

/** Where a key stands in a tool's file: in a project's file that is not the tool's alone, in the tool's table. */
function pathOf({ tool }: ToolUse, file: string, key: string): string[] {
  return [...(basename(file) === "pyproject.toml" ? ["tool", tool] : []), ...key.split(".")];
}

function valueChange(facts: Facts, { path, why, edit }: { readonly path: string; readonly why: string; readonly edit: Extract<ConfigChange["change"], { do: "value" }>["edit"] }): ProposedStep[] {
  return [{ kind: "change-config", why, actor: selfActor(facts), path, change: { do: "value", format: "toml", edit } }];
}

export interface WantedChange {
  readonly use: ToolUse;
  readonly from: Source;
  readonly key: string;
  readonly why: string;
}

/** Nothing for a variable, and for a file that is somebody else's to edit. */
export function changeToolSetting(facts: Facts, { use, from, key, why }: WantedChange, value: string | boolean): ProposedStep[] {
  const { path } = from;
  return mayEdit(facts, path) ? valueChange(facts, { path, why, edit: { do: "set", path: pathOf(use, path, key), value } }) : [];
}

export function removeToolSetting(facts: Facts, { use, from, key, why }: WantedChange): ProposedStep[] {
  const { path } = from;
  return mayEdit(facts, path) ? valueChange(facts, { path, why, edit: { do: "unset", path: pathOf(use, path, key) } }) : [];
}
