/** A YAML file of settings: one mapping of plain keys. What lets one place mean another (anchors, tags, merge keys …) is refused. */
import { Composer, isMap, isScalar, isSeq, Parser, type CST, type ParsedNode, type YAMLMap, type YAMLSeq } from "yaml";
import type { Data } from "./config-data.ts";
import { isRefusal, type Refusal, type RefusalKind } from "./refusal.ts";
import { placeOf, readSource, refuseAt, type SourceText } from "./source-text.ts";

export type YamlMap = YAMLMap.Parsed<ParsedNode, ParsedNode | null>;
export type YamlSeq = YAMLSeq.Parsed;
export type YamlPair = YamlMap["items"][number];

export interface YamlDocument {
  readonly source: SourceText;
  /** null for a file that says nothing. */
  readonly root: YamlMap | null;
  readonly data: Data;
  /** As YAML 1.1 reads it, which mamba and older tools follow: `yes` and `on` are true there. Undefined where it cannot be read so. */
  readonly oldData: Data | undefined;
}

export function readYamlDocument(bytes: Uint8Array): YamlDocument | Refusal {
  const source = readSource(bytes);
  if ("refused" in source) return source;
  const { text } = source;
  // Line ends for some parsers (YAML 1.1), letters for others (1.2).
  const odd = text.search(/\r(?!\n)|[\u0085\u2028\u2029]/);
  if (odd >= 0) return refuseAt(text, odd, "odd-line-break");
  const tokens = [...new Parser().parse(text)];
  const deep = deepPart(tokens);
  if (deep !== null) return refuseAt(text, Math.min(deep, text.length), "too-deep");
  const root = compose(text, tokens, "1.2");
  if (isRefusal(root)) return root;
  const refused = foreignPart(text, tokens) ?? repeatedKey(text, root);
  if (refused !== null) return refused;
  // ruamel.yaml, which conda reads with, wants something before the end of a document.
  const end = root === null ? text.search(/^\.\.\./m) : -1;
  if (end >= 0) return refuseAt(text, end, "syntax");
  const old = compose(text, tokens, "1.1");
  return { source, root, data: dataOfRoot(root), oldData: isRefusal(old) ? undefined : dataOfRoot(old) };
}

function dataOfRoot(root: YamlMap | null): Data {
  return root === null ? new Map() : dataOfNode(root);
}

function compose(text: string, tokens: readonly CST.Token[], version: "1.1" | "1.2"): YamlMap | null | Refusal {
  const options = { version, keepSourceTokens: true, intAsBigInt: true, prettyErrors: false, uniqueKeys: false, merge: false, logLevel: "silent" } as const;
  const documents = [...new Composer(options).compose(tokens)];
  for (const { errors } of documents) {
    const error = errors[0];
    if (error !== undefined) return { refused: "syntax", ...placeOf(text, Math.min(error.pos[0], text.length)), detail: error.message };
  }
  const second = documents[1];
  if (second !== undefined) return refuseAt(text, second.range[0], "many-documents");
  const root = (documents[0]?.contents ?? null) as ParsedNode | null;
  if (root === null || (isScalar(root) && root.value === null && root.source === "")) return null;
  return isMap(root) ? (root as YamlMap) : refuseAt(text, root.range[0], "not-a-mapping");
}

/** Offset of a token deeper than any settings are; the Composer would run out of stack, and Node with it. */
function deepPart(tokens: readonly CST.Token[]): number | null {
  let level: readonly unknown[] = tokens;
  for (let depth = 0; level.length > 0; depth++) {
    const inside: unknown[] = level.flatMap((part) => (typeof part === "object" && part !== null ? Object.values(part) : []));
    // A collection is three levels of tokens.
    const first = level.find((part): part is { offset: number } => typeof part === "object" && part !== null && "offset" in part);
    if (depth > 600) return first?.offset ?? 0;
    level = inside.filter((part) => typeof part === "object" && part !== null);
  }
  return null;
}

const foreign: Partial<Record<string, RefusalKind>> = { "anchor": "anchor", "alias": "alias", "tag": "tag", "explicit-key-ind": "complex-key", "directive": "directive" };

/** Any part of a file that we do not edit around, wherever it stands. */
function foreignPart(text: string, part: unknown): Refusal | null {
  if (typeof part !== "object" || part === null) return null;
  const { type, offset, key } = part as { type?: string; offset?: number; key?: { type?: string; source?: string; offset?: number } | null };
  const kind = type === undefined ? undefined : foreign[type];
  if (kind !== undefined) return refuseAt(text, offset ?? 0, kind);
  const stop = refuseOldReading(text, part as { type?: string; source?: string; offset?: number });
  if (stop !== null) return stop;
  if (key?.type === "scalar" && key.source === "<<") return refuseAt(text, key.offset ?? 0, "merge-key");
  if (key?.type !== undefined && !key.type.endsWith("scalar")) return refuseAt(text, key.offset ?? 0, "complex-key");
  for (const inner of Object.values(part)) {
    const found = foreignPart(text, inner);
    if (found !== null) return found;
  }
  return null;
}

/** The parser's own check takes minutes over a file of many keys. */
function repeatedKey(text: string, node: ParsedNode | null): Refusal | null {
  if (node === null || isScalar(node)) return null;
  const seen = new Set<string>();
  for (const item of (node as YamlMap | YamlSeq).items) {
    const pair = isMap(node) ? (item as YamlPair) : null;
    if (pair !== null && seen.has(keyOf(pair))) return { ...refuseAt(text, pair.key.range[0], "syntax"), detail: "this key stands above already" };
    if (pair !== null) seen.add(keyOf(pair));
    const found = repeatedKey(text, pair === null ? (item as ParsedNode) : pair.value);
    if (found !== null) return found;
  }
  return null;
}

/** YAML 1.2 allows what conda's parser stops at, or reads otherwise. */
function refuseOldReading(text: string, { type, source = "", offset = 0 }: { type?: string; source?: string; offset?: number }): Refusal | null {
  if ((type === "space" || type === "scalar") && source.includes("\t")) return refuseAt(text, offset + source.indexOf("\t"), "tab");
  // With or without a line end of its own, as the parser likes.
  return type === "block-scalar" && source !== "" && !source.endsWith("\n") ? refuseAt(text, text.length, "odd-line-break") : null;
}

function dataOfNode(node: ParsedNode | null): Data {
  if (node === null) return null;
  if (isMap(node)) return new Map((node as YamlMap).items.map((pair) => [keyOf(pair), dataOfNode(pair.value)]));
  if (isSeq(node)) return (node as YamlSeq).items.map((item) => dataOfNode(item as ParsedNode));
  const value = isScalar(node) ? node.value : null;
  return value instanceof Date || typeof value === "object" && value !== null ? { opaque: JSON.stringify(value) } : (value as Data);
}

/** A key that is no string has a name no path can have. */
export function keyOf(pair: YamlPair): string {
  const value: unknown = isScalar(pair.key) ? pair.key.value : null;
  return typeof value === "string" ? value : `\0${typeof value} ${String(value)}`;
}

/** Index behind the ":" of a pair; behind the key where a flow mapping has a key alone. */
export function colonEnd(pair: YamlPair): number {
  const sign = pair.srcToken?.sep?.find(({ type }) => type === "map-value-ind");
  return sign === undefined ? pair.key.range[1] : sign.offset + 1;
}

/** Where a pair's text ends, without line ends and comments behind it. */
export function endOfPair(text: string, pair: YamlPair): number {
  const { value } = pair;
  return value === null || isMissing(value) ? Math.max(colonEnd(pair), pair.key.range[1]) : endOfNode(text, value);
}

/** `key:` with nothing behind it. */
export function isMissing(node: ParsedNode | null): boolean {
  return node === null || (isScalar(node) && node.value === null && node.source === "");
}

export function endOfNode(text: string, node: ParsedNode): number {
  if (isBlock(node)) {
    if (isMap(node)) {
      const last = (node as YamlMap).items.at(-1);
      return last === undefined ? node.range[1] : endOfPair(text, last);
    }
    const seq = node as YamlSeq;
    return endOfItem(text, seq, seq.items.length - 1);
  }
  // A block scalar's range takes its last line end along.
  return node.range[0] + text.slice(node.range[0], node.range[1]).trimEnd().length;
}

/** A collection written in lines, not in brackets. */
export function isBlock(node: ParsedNode | YamlMap | YamlSeq): boolean {
  return (isMap(node) || isSeq(node)) && node.flow !== true;
}

/** Of the "-" before an item of a block sequence. */
export function dashOf(seq: YamlSeq, index: number): number {
  const token = seq.srcToken;
  const starts = token?.type === "block-seq" ? token.items.flatMap(({ start }) => start.filter(({ type }) => type === "seq-item-ind")) : [];
  return starts[index]?.offset ?? seq.range[0];
}

export function endOfItem(text: string, seq: YamlSeq, index: number): number {
  const item = seq.items[index] as ParsedNode | undefined;
  return item === undefined || isMissing(item) ? dashOf(seq, index) + 1 : endOfNode(text, item);
}
