/** What the comparison of one tool with its adapter needs: machines that try it, and how both answers are told alike. */
import type { SettingGroup } from "../../src/settings/rows.ts";
import type { Asked, ToolName } from "../../src/tools/tool.ts";
import type { Random } from "./random.ts";
import type { RandomMachine } from "./random-machine.ts";

/** By name; paths whole. Null: the tool did not get that far. */
export type Said = Readonly<Record<string, unknown>>;

export interface Subject {
  readonly tool: ToolName;
  machine(random: Random): RandomMachine;
  /** The adapter's answer by the names of the tool's. Only names in both are compared. */
  ours(group: SettingGroup, asked: Asked): Said;
  /** Errors after which the tool lives on. */
  readonly harmless?: RegExp;
  /** Keys that the command which is asked has no use for: what is wrong with them ends others. */
  readonly aside?: RegExp;
  /** What the tool ends with for other reasons than its settings. */
  readonly beyond?: RegExp;
  /** Names of paths that are compared whole and without "..": the tool prints them so, or as they are written. */
  readonly paths?: readonly string[];
}

export function settingsOf(group: SettingGroup): Record<string, unknown> {
  return Object.fromEntries(group.rows.filter(({ command }) => command === undefined).map(({ key, effective }) => [key, effective]));
}
