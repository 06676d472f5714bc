/** From the name a person gives a setting to the tool's own: neutral names, own names, variables, and pip's `section.key`. */
import type { SettingKey, Tool } from "../tools/tool.ts";

export interface NamedKey {
  readonly key: SettingKey;
  /** Meant by a name that all tools share. */
  readonly isNeutral: boolean;
  /** pip: the section that was named. */
  readonly section?: string;
}

/** The settings of a tool that a name means. Several where one neutral name stands for several of its switches. */
export function keysNamed(tool: Tool, name: string): NamedKey[] {
  const own = tool.keys.find(({ key }) => key === name) ?? tool.keys.find(({ key }) => spelling(key) === spelling(name));
  // `cache` and `index` are neutral names first where a tool gives them to another of its own.
  const neutral = tool.keys.filter((key) => key.neutral === name);
  if (neutral.length > 0) return neutral.map((key) => ({ key, isNeutral: true }));
  if (own !== undefined) return [{ key: own, isNeutral: false }];
  const ofVariable = tool.keys.find(({ env = [] }) => env.includes(name));
  if (ofVariable !== undefined) return [{ key: ofVariable, isNeutral: false }];
  const [, section, rest] = tool.name === "pip" ? (/^([a-z]+)\.(.+)$/.exec(name) ?? []) : [];
  if (section === undefined || rest === undefined) return [];
  return keysNamed(tool, rest).filter(({ isNeutral, key }) => !isNeutral || key.key === rest).map(({ key }) => ({ key, isNeutral: false, section }));
}

function spelling(name: string): string {
  return name.toLowerCase().replaceAll("_", "-").replace(/^--/, "");
}

/** Every name that could have been meant, for "did you mean". */
export function allNames(tools: readonly Tool[]): string[] {
  return [...new Set(tools.flatMap(({ keys }) => keys.flatMap(({ key, neutral }) => (neutral === undefined ? [key] : [neutral, key]))))];
}
