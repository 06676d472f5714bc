/** Changes to the parts of a YAML file: lines of block collections, items in brackets. */
import { isMap, isScalar, isSeq, type ParsedNode } from "yaml";
import { addToBrackets, removeFromBrackets, type BracketList } from "./bracket-list.ts";
import type { ConfigPath, ConfigValue } from "./config-data.ts";
import { eolAt, indentAt, lineEnd, lineStart, nextLine, type CharEdit, type SourceText } from "./source-text.ts";
import { colonEnd, dashOf, endOfItem, endOfNode, endOfPair, isBlock, keyOf, type YamlDocument, type YamlMap, type YamlPair, type YamlSeq } from "./yaml-document.ts";
import { yamlBlock, yamlKey, yamlText, type YamlStyle } from "./yaml-write.ts";

export type YamlFound =
  | { readonly kind: "value"; readonly map: YamlMap; readonly pair: YamlPair }
  /** `map` is the deepest there is, null for an empty file; `pair` is a key in it with no value yet. */
  | { readonly kind: "absent"; readonly map: YamlMap | null; readonly pair?: YamlPair; readonly rest: readonly string[] }
  | { readonly kind: "blocked"; readonly index: number; readonly why: "not-a-table" | "inside-a-list" };

export function findInYaml({ root }: YamlDocument, path: ConfigPath): YamlFound {
  let map = root;
  for (const [depth, step] of path.entries()) {
    if (typeof step !== "string") return { kind: "blocked", index: map?.range[0] ?? 0, why: "inside-a-list" };
    const rest = path.slice(depth).map(String);
    const pair = map?.items.find((one) => keyOf(one) === step);
    if (map === null || pair === undefined) return { kind: "absent", map, rest };
    const { value } = pair;
    if (depth === path.length - 1) return { kind: "value", map, pair };
    if (value === null || (isScalar(value) && value.value === null)) return { kind: "absent", map, pair, rest: rest.slice(1) };
    if (!isMap(value)) return { kind: "blocked", index: value.range[0], why: "not-a-table" };
    map = value as YamlMap;
  }
  return { kind: "blocked", index: 0, why: "not-a-table" };
}

/** A key the file lacks, with what has to be made above it. */
export function addPair(document: YamlDocument, found: Extract<YamlFound, { kind: "absent" }>, value: ConfigValue): CharEdit[] | null {
  const { source, root } = document;
  const [name, ...below] = found.rest;
  if (name === undefined) return null;
  const inner = below.reduceRight<ConfigValue>((item, key) => ({ [key]: item }), value);
  if (found.pair !== undefined) return fillPair(document, found.pair, { [name]: inner });
  const { map } = found;
  const isFlow = map !== null && map.flow === true;
  if (isFlow && map.items.length > 0) return intoFlowMap(source, map, { [name]: inner });
  const key = yamlKey(name);
  const last = map?.items.at(-1);
  const indent = last === undefined ? "" : indentAt(source.text, last.key.range[0]);
  const text = yamlBlock(inner, placeIn(document, indent, last?.key.range[0] ?? 0));
  if (key === null || text === null) return null;
  if (last !== undefined) return [lineBelow(source, endOfPair(source.text, last), `${indent}${key}:${text}`)];
  if (root !== null && map !== root) return map === null ? null : intoFlowMap(source, map, { [name]: inner });
  // "{}" is what bare `conda config` leaves behind.
  if (root !== null) return [{ start: root.range[0], end: root.range[1], content: `${key}:${text}` }];
  return [atEnd(source, `${key}:${text}`)];
}

function intoFlowMap(source: SourceText, map: YamlMap, value: { readonly [key: string]: ConfigValue }): CharEdit[] | null {
  const content = yamlText(value)?.slice(1, -1);
  return content === undefined ? null : addToBrackets(source.text, bracketsOf(source.text, map), { content, at: "end", eol: eolAt(source, map.range[0]) });
}

/** Gives `key:`, `key: ~` or `key: #!final` a value. */
export function fillPair(document: YamlDocument, pair: YamlPair, value: ConfigValue): CharEdit[] | null {
  const { source } = document;
  const { text } = source;
  const indent = indentAt(text, pair.key.range[0]);
  const isBelowKey = typeof value === "object" && value !== null && isBlockKey(text, pair) && Object.keys(value).length > 0;
  const content = isBelowKey ? yamlBlock(value, placeIn(document, indent, pair.key.range[0])) : yamlText(value, { isInFlow: !isBlockKey(text, pair) });
  if (content === null) return null;
  const word = isScalar(pair.value) ? pair.value.source ?? "" : "";
  const start = word === "" ? colonEnd(pair) : pair.value?.range[0] ?? 0;
  const removal = { start, end: start + word.length, content: "" };
  if (!isBelowKey) return [{ ...removal, content: word === "" ? ` ${content}` : content }];
  const edits = word === "" ? [] : [{ ...removal, start: colonEnd(pair) }];
  return [...edits, { start: lineEnd(text, start), end: lineEnd(text, start), content }];
}

/** First on its line, as keys of block mappings are. */
function isBlockKey(text: string, pair: YamlPair): boolean {
  return /^[\t ]*$/.test(text.slice(lineStart(text, pair.key.range[0]), pair.key.range[0]));
}

/** Lists stand as deep below their keys as the file's other lists do. */
function placeIn({ source, root }: YamlDocument, indent: string, index: number): Parameters<typeof yamlBlock>[1] {
  const other = root?.items.find(({ value }) => value !== null && isSeq(value) && isBlock(value));
  const seq = other?.value as YamlSeq | undefined;
  const depth = (at: number): number => at - lineStart(source.text, at);
  const listStep = seq === undefined || other === undefined ? "  " : " ".repeat(Math.max(depth(dashOf(seq, 0)) - depth(other.key.range[0]), 0));
  return { indent, eol: eolAt(source, index), step: "  ", listStep, ...(seq === undefined ? {} : styleOf(source.text, seq)) };
}

/** A line below the one `index` stands in. A file whose last line has no end keeps it so. */
function lineBelow(source: SourceText, index: number, line: string): CharEdit {
  const at = nextLine(source.text, index);
  const eol = eolAt(source, index);
  return { start: at, end: at, content: at === lineEnd(source.text, index) ? eol + line : line + eol };
}

function atEnd({ text, eol }: SourceText, line: string): CharEdit {
  const content = text === "" || text.endsWith("\n") ? line + eol : eol + line;
  return { start: text.length, end: text.length, content };
}

/** Whole lines, comments behind the values with them; where a file ends without a last line end it still does. */
export function removeLines(text: string, from: number, to: number): CharEdit {
  const start = lineStart(text, from);
  const end = nextLine(text, to);
  const before = end === text.length && !text.endsWith("\n") ? (/(?:\r?\n)+$/.exec(text.slice(0, start))?.[0].length ?? 0) : 0;
  return { start: start - before, end, content: "" };
}

export function removePair({ text }: SourceText, map: YamlMap, pair: YamlPair): CharEdit[] {
  if (isBlock(map)) return [removeLines(text, pair.key.range[0], endOfPair(text, pair))];
  return removeFromBrackets(text, bracketsOf(text, map), map.items.indexOf(pair));
}

export function addItem(source: SourceText, seq: YamlSeq, { value, at }: { value: ConfigValue; at: "start" | "end" }): CharEdit[] | null {
  const { text } = source;
  const content = yamlText(value, { ...styleOf(text, seq), isInFlow: !isBlock(seq) });
  if (content === null) return null;
  const eol = eolAt(source, seq.range[0]);
  if (!isBlock(seq)) return addToBrackets(text, bracketsOf(text, seq), { content, at, eol });
  const dash = dashOf(seq, 0);
  const line = `${indentAt(text, dash)}- ${content}`;
  if (at === "end") return [lineBelow(source, endOfItem(text, seq, seq.items.length - 1), line)];
  // Above the comments over the first item, which are about that item.
  let start = lineStart(text, dash);
  while (start > 0 && /^[\t ]*#/.test(text.slice(lineStart(text, start - 1), start))) start = lineStart(text, start - 1);
  return [{ start, end: start, content: line + eol }];
}

export function removeItem({ text }: SourceText, pair: YamlPair, index: number): CharEdit[] {
  const seq = pair.value as YamlSeq;
  if (!isBlock(seq)) return removeFromBrackets(text, bracketsOf(text, seq), index);
  const lines = removeLines(text, dashOf(seq, index), endOfItem(text, seq, index));
  // Nothing behind the colon would be null.
  const empty = { start: colonEnd(pair), end: colonEnd(pair), content: " []" };
  return seq.items.length === 1 ? [empty, lines] : [lines];
}

/** The quotes a scalar has, or a list's first item has. */
export function styleOf(text: string, node: ParsedNode): YamlStyle {
  const scalar = isSeq(node) ? (node.items[0] as ParsedNode | undefined) : node;
  if (scalar === undefined || !isScalar(scalar) || typeof scalar.value !== "string") return {};
  const sign = text[scalar.range[0]];
  return { quote: sign === '"' || sign === "'" ? sign : "" };
}

export function bracketsOf(text: string, node: YamlMap | YamlSeq): BracketList {
  const token = node.srcToken;
  const commas = token?.type === "flow-collection" ? token.items.flatMap(({ start }) => start.filter(({ type }) => type === "comma").map(({ offset }) => offset)) : [];
  const ends = isMap(node)
    ? (node as YamlMap).items.map((pair) => ({ start: pair.key.range[0], end: endOfPair(text, pair) }))
    : (node as YamlSeq).items.map((item) => ({ start: (item as ParsedNode).range[0], end: endOfNode(text, item as ParsedNode) }));
  const close = token?.type === "flow-collection" ? (token.end[0]?.offset ?? node.range[1] - 1) : node.range[1] - 1;
  const items = ends.map((item, i) => ({ ...item, comma: commas.find((at) => at >= item.end && at < (ends[i + 1]?.start ?? close)) ?? null }));
  return { open: node.range[0], close, items };
}
