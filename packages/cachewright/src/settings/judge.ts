/** What a change comes to, read as each version of the tool would read it: in force, beaten by something stronger, or not read at all. */
import type { Machine } from "../machine/machine.ts";
import type { ConfigFile, EffectiveSetting, SettingSource } from "../tools/tool.ts";
import type { Question } from "./questions.ts";
import type { KeyChange } from "./wish.ts";
import type { FileEdit } from "./targets.ts";

export interface Verdict {
  readonly tool: string;
  readonly version: string | null;
  readonly key: string;
  /** "unknown": this version does not know the setting. "unread": it does not read the file, or takes nothing from it. */
  readonly status: "in-force" | "beaten" | "unread" | "unknown";
  /** What beats it. */
  readonly by?: SettingSource;
  readonly before: EffectiveSetting | undefined;
  readonly after: EffectiveSetting | undefined;
  /** The tool's own complaint that was not there before. */
  readonly error?: string;
}

/** `question` is as things were, `machine` as they are to be, or have become. */
export function judge(question: Question, machine: Machine, edits: readonly FileEdit[]): Verdict[] {
  const { tool, asked, version } = question;
  const then = { ...asked, machine };
  const [before, after] = [tool.settings(asked), tool.settings(then)];
  const error = fileError(tool.configFiles(asked), tool.configFiles(then), edits);
  return edits.map(({ change, path, variable }) => {
    const { key } = change.key;
    const [was, is] = [before, after].map((all) => all.find((one) => one.key === key));
    const base = { tool: tool.name, version, key, before: was, after: is };
    if (is === undefined) return { ...base, status: "unknown" };
    const wrong = error ?? (is.error !== was?.error ? is.error : undefined);
    const mine = (source: SettingSource): boolean => source !== "default" && ("file" in source ? source.file === path : source.env === variable);
    return { ...base, ...standing(is, change, { mine, others: after.filter((one) => one.key !== key) }), ...(wrong === undefined ? {} : { error: wrong }) };
  });
}

type Standing = Pick<Verdict, "status" | "by">;

interface Sources {
  readonly mine: (source: SettingSource) => boolean;
  readonly others: readonly EffectiveSetting[];
}

/** A default may be made of something else: of another setting, of XDG_CACHE_HOME. */
function isDefault({ source }: EffectiveSetting, { key }: KeyChange, { others }: Sources): boolean {
  if (source === "default") return true;
  if ("env" in source) return key.env?.includes(source.env) !== true && !/_NO_/.test(source.env);
  return others.some((other) => other.source !== "default" && "file" in other.source && other.source.file === source.file && other.source.line === source.line);
}

function standing(setting: EffectiveSetting, change: KeyChange, sources: Sources): Standing {
  const { mine } = sources;
  const { source, items = [], shadows } = setting;
  const isUsed = mine(source) || items.some(mine);
  if (change.do === "unset") {
    return isDefault(setting, change, sources) ? { status: "in-force" } : { status: "beaten", by: source };
  }
  if (change.do === "remove") {
    const left = change.values.some((value) => isItem(setting, value));
    return left ? { status: "beaten", by: sourceOfItem(setting, change) } : { status: "in-force" };
  }
  const isThere = change.do === "add" ? change.values.every((value) => isItem(setting, value)) : isUsed || isEmptyList(setting, change);
  if (isThere) return { status: "in-force" };
  // What is left out of a list in favour of another's may be told as beaten or not at all.
  return shadows.some((one) => mine(one.source)) || source !== "default" ? { status: "beaten", by: source } : { status: "unread" };
}

function isEmptyList({ effective }: EffectiveSetting, { values }: KeyChange): boolean {
  return Array.isArray(values[0]) && values[0].length === 0 && (effective === null || (Array.isArray(effective) && effective.length === 0));
}

/** Tools expand paths: then only the end of it is as it was written. */
function isItem({ effective }: EffectiveSetting, value: unknown): boolean {
  const wanted = String(value).replace(/^(?:~|\$\w+|\$\{\w+\})/, "");
  return Array.isArray(effective) && (effective as readonly string[]).some((item) => item === value || (wanted !== value && item.endsWith(wanted)));
}

function sourceOfItem({ effective, items = [], source }: EffectiveSetting, { values }: KeyChange): SettingSource {
  const at = Array.isArray(effective) ? (effective as readonly string[]).findIndex((item) => values.includes(item)) : -1;
  return items[at] ?? source;
}

function fileError(before: readonly ConfigFile[], after: readonly ConfigFile[], edits: readonly FileEdit[]): string | undefined {
  for (const file of after) {
    if (!edits.some(({ path }) => path === file.path)) continue;
    const old = before.find(({ path }) => path === file.path);
    if (file.error !== undefined && file.error !== old?.error) return file.error;
    if (file.ignored === "malformed" && old?.ignored !== "malformed") return "it would pass the whole file over as broken";
  }
  return undefined;
}

/** Caches that the tool would leave: they are there, and no place of it any more. */
export function abandonedBy(question: Question, machine: Machine): string[] {
  const { tool, asked } = question;
  const caches = (of: Machine): string[] => tool.locate({ ...asked, machine: of }).filter(({ kind }) => kind === "cache").map(({ path }) => path);
  const now = caches(machine);
  // A cache that is switched off stays where it is, and is used again when it is on.
  if (now.length === 0) return [];
  const isPart = (path: string): boolean => now.some((other) => path === other || path.startsWith(`${other}/`) || other.startsWith(`${path}/`));
  return [...new Set(caches(asked.machine))].filter((path) => !isPart(path) && isFilled(asked.machine, path));
}

function isFilled(machine: Machine, path: string): boolean {
  const entries = machine.list(path);
  return entries.ok && entries.value.length > 0;
}
