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

type Wanted = (setting: ToolSetting, use: ToolFact) => boolean;

/** Each place that says something about one of the keys once, with the versions for which it counts. */
export function settingsBySource(facts: Facts, { tool, isWanted }: { readonly tool: ToolFact["tool"]; readonly isWanted: Wanted }): SetSomewhere[] {
  return settingsOf((facts.tools ?? []).filter((use) => use.tool === tool), isWanted);
}

/** The same of some tools or versions. */
export function settingsOf(all: readonly ToolFact[], isWanted: Wanted): SetSomewhere[] {
  const found = new Map<string, { place: string; setting: ToolSetting; uses: ToolFact[] }>();
  for (const use of all) {
    for (const setting of use.settings.filter((one) => isWanted(one, use))) {
      const id = `${placeOf(setting)} ${use.tool} ${setting.key}`;
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

/** The key without the tool's table in a project's file, which is put before it again. */
export function ownKey({ tool }: ToolUse, key: readonly string[]): readonly string[] {
  return key[0] === "tool" && key[1] === tool ? key.slice(2) : key;
}

/** Where a key stands in a tool's file: in a project's file that is not the tool's alone, in the tool's table; virtualenv's have a section each. */
function pathOf({ tool }: ToolUse, file: string, key: string): string[] {
  return tool === "virtualenv" ? ["virtualenv", key] : [...(basename(file) === "pyproject.toml" ? ["tool", tool] : []), ...key.split(".")];
}

export interface WantedChange {
  readonly use: ToolUse;
  readonly from: Source;
  readonly key: string;
  readonly why: string;
}

type Edit = Extract<ConfigChange["change"], { do: "value" }>["edit"];

/** Nothing for a variable (pipenv knows nothing else), and for a file that is somebody else's to edit. */
function valueChange(facts: Facts, { use: { tool }, from: { path }, why }: WantedChange, edit: Edit): ProposedStep[] {
  if (!mayEdit(facts, path) || tool === "pipenv") return [];
  return [{ kind: "change-config", why, actor: selfActor(facts), path, change: { do: "value", format: tool === "virtualenv" ? "ini" : "toml", edit } }];
}

export function changeToolSetting(facts: Facts, wanted: WantedChange, value: string | boolean): ProposedStep[] {
  const { use, from, key } = wanted;
  return valueChange(facts, wanted, { do: "set", path: pathOf(use, from.path ?? "", key), value });
}

export function removeToolSetting(facts: Facts, wanted: WantedChange): ProposedStep[] {
  const { use, from, key } = wanted;
  return valueChange(facts, wanted, { do: "unset", path: pathOf(use, from.path ?? "", key) });
}
