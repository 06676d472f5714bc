/** What each source says about one setting, the weakest source first (conda common/configuration.py `get_all_matches`). */
import { redact } from "../../machine/redact.ts";
import type { SettingSource, SettingValue } from "../tool.ts";
import type { Condarc, CondarcNode } from "./condarc-parts.ts";
import type { CondaPlace } from "./home.ts";
import type { CondaKey } from "./keys.ts";
import type { CondaItem, CondaMapItem } from "./merge.ts";
import { pythonText } from "./python-text.ts";
import type { Scalar } from "./values.ts";

/** A file on the search path with what is in it; null when conda reads nothing there. */
export interface CondarcRead {
  readonly path: string;
  readonly condarc: Condarc | null;
}

export interface CondaMatch {
  readonly isFinal: boolean;
  readonly source: SettingSource;
  /** For `shadows`: as it stands there. */
  readonly value: SettingValue;
  readonly said:
    | { readonly kind: "scalar"; readonly value: Scalar; readonly isFloat?: true }
    | { readonly kind: "list"; readonly items: readonly CondaItem[]; readonly isNested?: true }
    | { readonly kind: "map"; readonly items: readonly CondaMapItem[] };
}

export interface CondaMatches {
  readonly matches: readonly CondaMatch[];
  /** conda's words about a source with several names for one setting. */
  readonly errors: readonly string[];
}

interface Said { readonly name: string; readonly match: CondaMatch }

/** Of several names in one source the setting's own counts, else none; conda complains in any case. */
function oneOf(said: readonly Said[], key: CondaKey, where: string): CondaMatches {
  if (said.length < 2) return { matches: said.map(({ match }) => match), errors: [] };
  const names = said.map(({ name }) => name).toSorted();
  const text = `MultipleKeysError: Multiple aliased keys in file ${where}:\n${names.map((name) => `  - ${name}`).join("\n")}\nMust declare only one. Prefer '${key.internal}'`;
  return { matches: said.filter(({ name }) => name === key.internal).map(({ match }) => match), errors: [text] };
}

export function condaMatches(key: CondaKey, files: readonly CondarcRead[], place: CondaPlace): CondaMatches {
  const names = [key.key, ...key.aliases];
  const each = files.map(({ path, condarc }) => {
    const said = (condarc?.entries ?? []).filter((entry) => names.includes(entry.key)).map((entry): Said => {
      const source = { file: path, line: entry.line };
      return { name: entry.key, match: { isFinal: entry.flag === "final", source, value: shown(entry.node), said: saidIn(key, entry.node, path) } };
    });
    return oneOf(said, key, path);
  });
  const all = [...each, oneOf(variables(key, place), key, "envvars")];
  const isCollection = key.type === "list" || key.type === "map";
  return {
    // "pkgs_dirs:" with nothing behind it is no list; of single values it is one, and stands for none.
    matches: all.flatMap(({ matches }) => matches).filter(({ said }) => !isCollection || said.kind !== "scalar" || said.value !== null),
    errors: all.flatMap(({ errors }) => errors),
  };
}

function shown(node: CondarcNode): SettingValue {
  if (node.kind === "list") return node.items.map((item) => redact(textOf(item.node)));
  if (node.kind === "map") return node.entries.map((entry) => redact(`${entry.key}: ${textOf(entry.node)}`));
  return typeof node.value === "string" ? redact(node.value) : node.value;
}

function textOf(node: CondarcNode): string {
  if (node.kind === "scalar") return pythonText(node.value);
  return node.kind === "list" ? `[${node.items.map((item) => textOf(item.node)).join(", ")}]` : `{${node.entries.map((entry) => `${entry.key}: ${textOf(entry.node)}`).join(", ")}}`;
}

function saidIn(key: CondaKey, node: CondarcNode, file: string): CondaMatch["said"] {
  if (node.kind === "scalar") return { kind: "scalar", value: node.value, ...(node.isFloat === true ? { isFloat: true } : {}) };
  if (node.kind === "list") {
    const items = node.items.map((item): CondaItem => ({ value: textOf(item.node), flag: item.flag, source: { file, line: item.line } }));
    return { kind: "list", items, ...(node.items.some((item) => item.node.kind !== "scalar") ? { isNested: true } : {}) };
  }
  // Nothing is taken out of an empty map, and so it does for an empty list.
  if (key.type === "list" && node.entries.length === 0) return { kind: "list", items: [] };
  return { kind: "map", items: node.entries.map((entry) => ({ name: entry.key, value: textOf(entry.node), flag: entry.flag, source: { file, line: entry.line } })) };
}

/**
 * `CONDA_PKGS_DIRS` is `pkgs_dirs`: the prefix in capitals, the rest in any case. A list's items are parted, stripped and
 * dropped when empty; "!important" makes a value final.
 */
function variables(key: CondaKey, place: CondaPlace): Said[] {
  const names = [key.key, ...key.aliases];
  const prefix = place.platform === "win32" ? /^CONDA_/i : /^CONDA_/;
  const said = new Map<string, Said>();
  for (const [variable, value] of Object.entries(place.env)) {
    const name = variable.slice(6).toLowerCase();
    if (value === undefined || !prefix.test(variable) || !names.includes(name)) continue;
    const source = { env: variable };
    const isFinal = value.includes("!important");
    said.set(name, { name, match: { isFinal, source, value: redact(value), said: saidBy(key, place, { value, source }) } });
  }
  return [...said.values()];
}

function saidBy(key: CondaKey, place: CondaPlace, { value, source }: { readonly value: string; readonly source: SettingSource }): CondaMatch["said"] {
  if (key.type !== "list") return { kind: "scalar", value: (value.split("!important")[0] ?? "").trim() };
  const delimiter = key.delimiter === "path" ? (place.platform === "win32" ? ";" : ":") : ",";
  const items = value.split(delimiter).map((item) => item.trim()).filter((item) => item !== "");
  return { kind: "list", items: items.map((item) => ({ value: item, flag: null, source })) };
}
