/** A TOML file with its parts by the key path they stand at. */
import { parse, TomlDate, TomlError } from "smol-toml";
import type { ConfigPath, Data } from "./config-data.ts";
import type { Refusal } from "./refusal.ts";
import { lineStart, placeOf, readSource, type SourceText } from "./source-text.ts";
import { readToml, type TomlBracket, type TomlHeader, type TomlInlinePair, type TomlItem, type TomlNode, type TomlPair } from "./toml-syntax.ts";

export interface TomlSection {
  /** Places in arrays of tables stand in it as numbers. */
  readonly path: ConfigPath;
  /** null for the part above the first header. */
  readonly header: TomlHeader | null;
  readonly pairs: TomlPair[];
}

export interface TomlDocument {
  readonly source: SourceText;
  readonly data: Data;
  readonly sections: readonly TomlSection[];
}

export function readTomlDocument(bytes: Uint8Array): TomlDocument | Refusal {
  const source = readSource(bytes);
  if ("refused" in source) return source;
  const data = parseToml(source.text);
  if (isRefused(data)) return data;
  return { source, data, sections: sectionsOf(source.text) };
}

function isRefused(data: Data | Refusal): data is Refusal {
  return typeof data === "object" && data !== null && "refused" in data;
}

export function parseToml(text: string): Data | Refusal {
  let value: unknown;
  try {
    value = parse(text, { integersAsBigInt: true });
  } catch (error) {
    if (error instanceof RangeError) return { refused: "too-deep" };
    if (!(error instanceof TomlError)) throw error;
    const detail = error.message.split("\n")[0]?.replace(/^Invalid TOML document: /, "") ?? "";
    const start = Math.min(startOfLine(text, error.line), text.length);
    return { refused: "syntax", ...placeOf(text, Math.min(start + error.column - 1, text.length)), detail };
  }
  const data = dataOfToml(value, 0);
  return data ?? { refused: "too-deep" };
}

function startOfLine(text: string, line: number): number {
  let start = 0;
  for (let number = 1; number < line; number++) start = text.indexOf("\n", start) + 1;
  return start;
}

/** Deeper than any settings are, and far from where a stack ends. */
const deepest = 200;

function dataOfToml(value: unknown, depth: number): Data | undefined {
  if (value instanceof TomlDate) return { opaque: value.toISOString() };
  if (typeof value !== "object" || value === null) return value as Data;
  if (depth > deepest) return undefined;
  const inside = Object.entries(value).map(([key, item]) => [key, dataOfToml(item, depth + 1)] as const);
  const known = inside.flatMap(([key, data]): [string, Data][] => (data === undefined ? [] : [[key, data]]));
  if (known.length < inside.length) return undefined;
  return Array.isArray(value) ? known.map(([, data]) => data) : new Map(known);
}

function sectionsOf(text: string): TomlSection[] {
  let open: TomlSection = { path: [], header: null, pairs: [] };
  const sections = [open];
  const counts = new Map<string, number>();
  for (const statement of readToml(text)) {
    if (statement.kind === "pair") {
      open.pairs.push(statement);
      continue;
    }
    open = { path: resolve(statement, counts), header: statement, pairs: [] };
    sections.push(open);
  }
  return sections;
}

/** A header's names with the numbers of the array elements it speaks of: the last ones so far. */
function resolve({ keys, isArray }: TomlHeader, counts: Map<string, number>): ConfigPath {
  const path: (string | number)[] = [];
  for (const [i, { name }] of keys.entries()) {
    path.push(name);
    const id = JSON.stringify(path);
    const isElement = isArray && i === keys.length - 1;
    if (isElement) counts.set(id, (counts.get(id) ?? 0) + 1);
    const count = counts.get(id);
    if (count !== undefined) path.push(count - 1);
  }
  return path;
}

/** Where a path's value stands: in one place, spread over statements, or nowhere. */
export type TomlFound =
  | { readonly kind: "value"; readonly node: TomlNode; readonly place: TomlPlace }
  | { readonly kind: "spread"; readonly sections: readonly TomlSection[]; readonly pairs: readonly TomlPair[] }
  /** `inside` is the inline table that would have to hold `rest`. */
  | { readonly kind: "absent"; readonly inside?: TomlBracket; readonly rest: ConfigPath }
  /** Something that holds no keys is in the way. */
  | { readonly kind: "blocked"; readonly index: number; readonly why: "not-a-table" | "not-a-list" | "no-such-item" };

export type TomlPlace = { readonly pair: TomlPair } | { readonly holder: TomlBracket; readonly item: TomlItem | TomlInlinePair };

export function findInToml({ sections }: TomlDocument, path: ConfigPath): TomlFound {
  for (const section of sections) {
    for (const pair of section.pairs) {
      const full = fullPath(section, pair);
      if (isPrefix(full, path)) return descend({ node: pair.value, place: { pair } }, path.slice(full.length));
    }
  }
  const below = sections.filter((section) => section.header !== null && isPrefix(path, section.path));
  const pairs = sections.flatMap((section) => (below.includes(section) ? [] : section.pairs.filter((pair) => isPrefix(path, fullPath(section, pair)))));
  return below.length + pairs.length > 0 ? { kind: "spread", sections: below, pairs } : blockedByArray(sections, path);
}

/** An array of tables has numbered elements, no keys. */
function blockedByArray(sections: readonly TomlSection[], path: ConfigPath): TomlFound {
  for (const { path: full, header } of sections) {
    const at = full.findIndex((step, i) => typeof step === "number" && typeof path[i] !== "number" && isPrefix(full.slice(0, i), path) && i < path.length);
    if (at > 0 && header !== null) return { kind: "blocked", index: header.start, why: "not-a-table" };
  }
  return { kind: "absent", rest: path };
}

export function fullPath(section: TomlSection, pair: TomlPair): ConfigPath {
  return [...section.path, ...pair.keys.map(({ name }) => name)];
}

export function isPrefix(prefix: ConfigPath, path: ConfigPath): boolean {
  return prefix.length <= path.length && prefix.every((step, i) => step === path[i]);
}

function descend(here: { node: TomlNode; place: TomlPlace }, rest: ConfigPath): TomlFound {
  const { node } = here;
  const [step] = rest;
  if (step === undefined) return { kind: "value", ...here };
  if (typeof step === "number") {
    if (node.kind !== "array") return { kind: "blocked", index: node.start, why: "not-a-list" };
    const item = node.items[step];
    if (item === undefined) return { kind: "blocked", index: node.start, why: "no-such-item" };
    return descend({ node: item.value, place: { holder: node, item } }, rest.slice(1));
  }
  if (node.kind !== "table") return { kind: "blocked", index: node.start, why: "not-a-table" };
  for (const item of node.items) {
    const names = item.keys.map(({ name }) => name);
    if (isPrefix(names, rest)) return descend({ node: item.value, place: { holder: node, item } }, rest.slice(names.length));
  }
  return { kind: "absent", inside: node, rest };
}

/** Where a pair's or header's line begins. */
export function lineOf({ source }: TomlDocument, statement: TomlPair | TomlHeader): number {
  return lineStart(source.text, statement.start);
}
