/**
 * The order in which a pip applies its settings, the last one winning: section by section (`global`, the command, the
 * variables), within a section file by file. Sources: pip 9.0.3 baseparser.py; 10.0 … 26.3 configuration.py
 * (`_load_file`, `_dictionary`) and cli/parser.py (`_get_ordered_configuration_items`).
 */
import type { IniEntry, IniFile } from "../../configs/ini.ts";
import { optionName } from "../../configs/ini.ts";
import { redact } from "../../machine/redact.ts";
import type { PipConfigLevel } from "./locations.ts";
import { pipAtLeast } from "./version.ts";

/** One setting as it stands in a file or variable. */
export interface PipSetting {
  /** pip's own long option name: "cache-dir". */
  readonly key: string;
  /** Secrets taken out. */
  readonly value: string;
  /** The section it stands in ("DEFAULT" and, above any header, "" count as others), or ":env:". */
  readonly section: string;
  readonly level: PipConfigLevel | "env-var";
  readonly from: { readonly path: string; readonly line: number } | { readonly env: string };
}

/** A setting where it counts. */
export interface PipItem {
  readonly option: string;
  readonly value: string;
  /** The section that pip takes it for. */
  readonly section: string;
  readonly setting: PipSetting;
}

export interface PipReadFile {
  readonly path: string;
  readonly level: PipConfigLevel;
  /** null when there is nothing to read: absent, unreadable (pip says nothing then), no file. */
  readonly ini: IniFile | null;
}

export interface PipOrder {
  /** In reading order, as `pipConfigFiles` gives them. */
  readonly files: readonly PipReadFile[];
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly platform: string;
  readonly version: string;
  /** Python's version: Python 2 reads values in its own way. */
  readonly python: string;
  readonly command: string;
}

/** Later items beat earlier ones. Empty values are gone. */
export function orderedItems(order: PipOrder): PipItem[] {
  const sections = [...new Set(["global", order.command, ":env:"])];
  if (!pipAtLeast(order.version, "10.0.0b1")) return inPip9(order, sections);
  const files = order.files.map((file) => ({ path: file.path, items: itemsOf([file], order) }));
  const layers = [...files, { path: ":env:", items: environment(order) }];
  if (!pipAtLeast(order.version, "25.2")) return bySection(layers.flatMap(({ items }) => items), sections);
  // From 25.2 a file's place is where its path comes first, and a path counts once.
  const once = layers.filter((layer, i) => layers.findIndex(({ path }) => path === layer.path) === i).flatMap(({ items }) => items);
  if (pipAtLeast(order.version, "26.0")) return bySection(once, sections);
  // 25.2 and 25.3 drop empty values before they can cancel a weaker file's, and keep what stronger files beat.
  return sections.flatMap((section) => once.filter((item) => item.section === section && item.value !== ""));
}

/**
 * For each option every source that sets it, the weakest first; the last one counts. Nothing where an empty value takes
 * part: what it cancels depends on the version.
 */
export function settingChains(order: PipOrder, options: readonly string[]): (readonly [option: string, chain: PipSetting[]])[] {
  const layers = [...order.files.flatMap((file) => itemsOf([file], order)), ...environment(order)];
  const sections = [...new Set(["global", order.command, ":env:"])];
  if (layers.length === 0) return options.map((option) => [option, []]);
  return options.map((option) => {
    const chain = sections.flatMap((section) => layers.filter((item) => item.section === section && item.option === option));
    return [option, chain.some(({ value }) => value === "") ? [] : chain.map(({ setting }) => setting)];
  });
}

/** Of equal keys in a section the last value stays, in the place of the first. */
function bySection(items: readonly PipItem[], sections: readonly string[]): PipItem[] {
  const kept = new Map<string, PipItem>();
  for (const item of items) kept.set(`${item.section}\n${item.option}`, item);
  return sections.flatMap((section) => [...kept.values()].filter((item) => item.section === section && item.value !== ""));
}

/** pip 9 has one parser for all files and one table for all sections; an empty variable cancels what files say. */
function inPip9(order: PipOrder, sections: readonly string[]): PipItem[] {
  const kept = new Map<string, PipItem>();
  const items = [...itemsOf(order.files, order), ...environment(order)];
  for (const section of sections) {
    for (const item of items) if (item.section === section) kept.set(item.option, item);
  }
  return [...kept.values()].filter(({ value }) => value !== "");
}

interface Place { readonly file: PipReadFile; readonly entry: IniEntry }

/** RawConfigParser.items() of every section: what [DEFAULT] says comes first and is part of each. */
function itemsOf(files: readonly PipReadFile[], order: PipOrder): PipItem[] {
  const defaults = new Map<string, Place>();
  const own = new Map<string, Map<string, Place>>();
  const isNew = pipAtLeast(order.version, "26.3");
  for (const file of files) {
    for (const { name } of file.ini?.sections ?? []) if (name !== "DEFAULT" && !own.has(name)) own.set(name, new Map());
    for (const entry of file.ini?.entries ?? []) {
      const table = entry.section === "DEFAULT" ? defaults : sectionOf(own, entry.section || "global");
      table.set(isNew ? entry.option : entry.name, { file, entry });
    }
  }
  return [...own].flatMap(([section, table]) => {
    const named = new Map(defaults);
    for (const [name, place] of table) named.set(name, place);
    const options = new Map<string, PipItem>();
    for (const place of named.values()) options.set(place.entry.option, item(place, section, order.python));
    return [...options.values()];
  });
}

function sectionOf(own: Map<string, Map<string, Place>>, name: string): Map<string, Place> {
  const table = own.get(name) ?? new Map<string, Place>();
  own.set(name, table);
  return table;
}

function item({ file, entry }: Place, section: string, python: string): PipItem {
  const value = pipAtLeast(python, "3") ? entry.value : pythonTwoValue(entry.value);
  return { option: entry.option, value, section, setting: fileSetting(file, entry, value) };
}

function fileSetting(file: PipReadFile, entry: IniEntry, value: string): PipSetting {
  return { key: entry.option, value: redact(value), section: entry.section, level: file.level, from: { path: file.path, line: entry.line } };
}

/** Python 2 ends a first line at " ;", takes `""` for nothing and skips empty lines (ConfigParser.py). */
function pythonTwoValue(value: string): string {
  const [first = "", ...rest] = value.split("\n");
  const comment = first.indexOf(";");
  const kept = comment > 0 && /\s/.test(first[comment - 1] ?? "") ? first.slice(0, comment).trimEnd() : first;
  return [kept === '""' ? "" : kept, ...rest.filter((line) => line !== "")].join("\n");
}

/** `PIP_CACHE_DIR` is `cache-dir`. The prefix is upper case, except for pip 9 and on Windows, where all names are. */
function environment(order: PipOrder): PipItem[] {
  const isAnyCase = order.platform === "win32" || !pipAtLeast(order.version, "10.0.0b1");
  const items = new Map<string, PipItem>();
  for (const [variable, value] of Object.entries(order.env)) {
    const name = variable.slice(4).toLowerCase();
    if (value === undefined || !(isAnyCase ? /^pip_/i : /^PIP_/).test(variable)) continue;
    if (pipAtLeast(order.version, "10.0.0b1") && (name === "version" || name === "help")) continue;
    const option = optionName(name);
    const setting: PipSetting = { key: option, value: redact(value), section: ":env:", level: "env-var", from: { env: variable } };
    items.set(option, { option, value, section: ":env:", setting });
  }
  return [...items.values()];
}
