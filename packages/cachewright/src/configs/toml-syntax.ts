/**
 * Where the parts of a TOML file stand. Reads only text that a TOML parser has accepted, so it checks nothing;
 * offsets count UTF-16 units.
 */
import type { BracketItem } from "./bracket-list.ts";

export interface TomlKey {
  readonly name: string;
  readonly start: number;
  readonly end: number;
}

export type TomlNode =
  | { readonly kind: "scalar"; readonly start: number; readonly end: number }
  | { readonly kind: "array"; readonly start: number; readonly end: number; readonly items: readonly TomlItem[] }
  | { readonly kind: "table"; readonly start: number; readonly end: number; readonly items: readonly TomlInlinePair[] };

export type TomlArray = Extract<TomlNode, { kind: "array" }>;
export type TomlBracket = Exclude<TomlNode, { kind: "scalar" }>;

export interface TomlItem extends BracketItem {
  readonly value: TomlNode;
}

export interface TomlInlinePair extends BracketItem {
  readonly keys: readonly TomlKey[];
  readonly value: TomlNode;
}

export interface TomlPair {
  readonly kind: "pair";
  readonly keys: readonly TomlKey[];
  readonly start: number;
  readonly end: number;
  readonly value: TomlNode;
}

export interface TomlHeader {
  readonly kind: "header";
  readonly keys: readonly TomlKey[];
  readonly start: number;
  readonly end: number;
  /** `[[…]]` */
  readonly isArray: boolean;
}

export function readToml(text: string): (TomlPair | TomlHeader)[] {
  const statements: (TomlPair | TomlHeader)[] = [];
  for (let at = skipAll(text, 0); at < text.length; at = skipAll(text, at)) {
    const statement = text[at] === "[" ? readHeader(text, at) : readPair(text, at);
    statements.push(statement);
    at = Math.max(statement.end, at + 1);
  }
  return statements;
}

function readHeader(text: string, start: number): TomlHeader {
  const isArray = text[start + 1] === "[";
  const keys = readKeys(text, start + (isArray ? 2 : 1));
  const close = skipBlanks(text, endOf(keys, start));
  return { kind: "header", keys, start, end: close + (isArray ? 2 : 1), isArray };
}

function readPair(text: string, start: number): TomlPair {
  const keys = readKeys(text, start);
  const value = readValue(text, skipBlanks(text, skipBlanks(text, endOf(keys, start)) + 1));
  return { kind: "pair", keys, start, end: value.end, value };
}

function endOf(keys: readonly TomlKey[], start: number): number {
  return keys.at(-1)?.end ?? start;
}

function readKeys(text: string, from: number): TomlKey[] {
  const keys: TomlKey[] = [];
  for (let start = skipBlanks(text, from); ; ) {
    const quote = text[start];
    const end = quote === '"' || quote === "'" ? stringEnd(text, start) : runEnd(text, start, bareKey);
    keys.push({ name: keyName(text.slice(start, end)), start, end });
    const dot = skipBlanks(text, end);
    if (text[dot] !== ".") return keys;
    start = skipBlanks(text, dot + 1);
  }
}

function keyName(raw: string): string {
  if (raw.startsWith("'")) return raw.slice(1, -1);
  return raw.startsWith('"') ? unescaped(raw.slice(1, -1)) : raw;
}

const escapes: Record<string, string> = { b: "\b", t: "\t", n: "\n", f: "\f", r: "\r", e: "\u001b" };

function unescaped(text: string): string {
  return text.replace(/\\(?:u[\da-fA-F]{4}|U[\da-fA-F]{8}|x[\da-fA-F]{2}|.)/gs, (all) => {
    const sign = all[1] ?? "";
    return all.length > 2 ? String.fromCodePoint(Number.parseInt(all.slice(2), 16)) : (escapes[sign] ?? sign);
  });
}

function readValue(text: string, start: number): TomlNode {
  const sign = text[start];
  if (sign === "[") return readArray(text, start);
  if (sign === "{") return readInlineTable(text, start);
  if (sign === '"' || sign === "'") return { kind: "scalar", start, end: stringEnd(text, start) };
  return { kind: "scalar", start, end: start + text.slice(start, runEnd(text, start, bareValue)).trimEnd().length };
}

const bareKey = /[^\s.=\][{}#"',]+/y;
const bareValue = /[^,\]}#\r\n]+/y;

/** Index behind what a sticky pattern matches at `start`. */
function runEnd(text: string, start: number, pattern: RegExp): number {
  pattern.lastIndex = start;
  return pattern.test(text) ? pattern.lastIndex : start;
}

function lineLimit(text: string, start: number): number {
  const end = text.indexOf("\n", start);
  return end < 0 ? text.length : end;
}

function readArray(text: string, start: number): TomlNode {
  const items: TomlItem[] = [];
  let at = skipAll(text, start + 1);
  while (at < text.length && text[at] !== "]") {
    const value = readValue(text, at);
    const next = skipAll(text, value.end);
    const comma = text[next] === "," ? next : null;
    items.push({ start: value.start, end: value.end, comma, value });
    at = comma === null ? next : skipAll(text, comma + 1);
    if (comma === null) break;
  }
  return { kind: "array", start, end: at + 1, items };
}

function readInlineTable(text: string, start: number): TomlNode {
  const items: TomlInlinePair[] = [];
  let at = skipAll(text, start + 1);
  while (at < text.length && text[at] !== "}") {
    const { keys, value } = readPair(text, at);
    const next = skipAll(text, value.end);
    const comma = text[next] === "," ? next : null;
    items.push({ start: at, end: value.end, comma, keys, value });
    at = comma === null ? next : skipAll(text, comma + 1);
    if (comma === null) break;
  }
  return { kind: "table", start, end: at + 1, items };
}

/** Index behind the closing quotes. */
function stringEnd(text: string, start: number): number {
  const quote = text[start] ?? '"';
  const isLong = text.startsWith(quote.repeat(3), start);
  const close = isLong ? quote.repeat(3) : quote;
  let at = start + close.length;
  while (at < text.length && !text.startsWith(close, at)) at += quote === '"' && text[at] === "\\" ? 2 : 1;
  at += close.length;
  // Up to two quotes of its own may stand before the closing three.
  if (isLong) for (let own = 0; own < 2 && text[at] === quote; own++) at++;
  return Math.min(at, text.length);
}

function skipBlanks(text: string, from: number): number {
  let at = from;
  while (text[at] === " " || text[at] === "\t") at++;
  return at;
}

/** Blanks, line ends and comments. */
function skipAll(text: string, from: number): number {
  let at = from;
  for (;;) {
    const sign = text[at];
    if (sign === "#") at = lineLimit(text, at);
    else if (sign === " " || sign === "\t" || sign === "\n" || sign === "\r") at++;
    else return at;
  }
}
