/** What is in force, for every version that is asked about: one row for each setting. */
import type { EffectiveSetting, ToolName } from "../tools/tool.ts";
import type { Question } from "./questions.ts";

export interface SettingRow extends EffectiveSetting {
  readonly tool: ToolName;
  readonly version: string | null;
  /** Where it differs from the tool's main command. */
  readonly command?: string;
}

/** Installs for which everything is the same are one group. */
export interface SettingGroup {
  readonly tool: ToolName;
  readonly version: string | null;
  readonly state: Question["state"];
  /** The programs of the installs, the chosen one first. */
  readonly programs: readonly string[];
  readonly isChosen: boolean;
  /** What every command of the tool's ends with: a file it cannot read. */
  readonly fault: string | undefined;
  readonly rows: readonly SettingRow[];
}

export type KeyFilter = (tool: ToolName, key: string) => boolean;

export function settingGroups(questions: readonly Question[], isWanted: KeyFilter): SettingGroup[] {
  const groups = new Map<string, SettingGroup>();
  for (const question of questions) {
    const { tool, version, state, asked: { install } } = question;
    const rows = rowsOf(question, isWanted);
    const programs = state === "installed" && install !== undefined ? [install.program] : [];
    const fault = faultOf(question);
    const id = JSON.stringify([tool.name, version, state, fault, rows]);
    const known = groups.get(id);
    groups.set(id, {
      tool: tool.name, version, state, fault, rows, programs: [...(known?.programs ?? []), ...programs],
      isChosen: known?.isChosen === true || (state === "installed" && install?.chosen === true),
    });
  }
  return [...groups.values()];
}

function faultOf({ tool, asked }: Question): string | undefined {
  const file = tool.configFiles(asked).find(({ error }) => error !== undefined);
  return file === undefined ? undefined : `${file.path}${file.line === undefined ? "" : `:${file.line}`}: ${file.error ?? ""}`;
}

function rowsOf({ tool, version, asked }: Question, isWanted: KeyFilter): SettingRow[] {
  const wanted = (setting: EffectiveSetting): boolean => isWanted(tool.name, setting.key);
  const main = tool.settings(asked).filter(wanted);
  const rows = main.map((setting): SettingRow => ({ tool: tool.name, version, ...setting }));
  for (const command of tool.otherCommands?.(asked) ?? []) {
    for (const setting of tool.settings({ ...asked, command }).filter(wanted)) {
      const usual = main.find(({ key }) => key === setting.key);
      const isSame = JSON.stringify([usual?.effective, usual?.source, usual?.error]) === JSON.stringify([setting.effective, setting.source, setting.error]);
      if (!isSame) rows.push({ tool: tool.name, version, command, ...setting });
    }
  }
  return rows;
}

export interface SettingChange {
  readonly from: SettingRow | undefined;
  readonly to: SettingRow | undefined;
}

/** What is otherwise with the other version; a setting that one of them does not know is missing there. */
export function changesBetween(from: SettingGroup, to: SettingGroup): SettingChange[] {
  const idOf = ({ key, command }: SettingRow): string => JSON.stringify([key, command]);
  const ids = new Set([...from.rows, ...to.rows].map(idOf));
  return [...ids].flatMap((id) => {
    const change = { from: from.rows.find((row) => idOf(row) === id), to: to.rows.find((row) => idOf(row) === id) };
    return isOtherwise(change) ? [change] : [];
  });
}

function isOtherwise({ from, to }: SettingChange): boolean {
  if (from === undefined || to === undefined) return true;
  const said = ({ effective, source, error }: SettingRow): string => JSON.stringify([effective, source, error]);
  return said(from) !== said(to);
}
