/**
 * INI files as Python's `configparser.RawConfigParser` reads them, every part traceable to its bytes.
 * Where Python stops at the first fault this notes it and reads on, so that a cure can be computed.
 *
 * Held to CPython 3.10 … 3.13. (Until 3.9 a section name ends at its first "]"; Python 2 has rules of its own.)
 */
import { indentOf, readLines, strip, stripEnd, type IniLine } from "./ini-lines.ts";

export interface ByteRange {
  readonly offset: number;
  readonly length: number;
}

export interface IniEntry {
  /** The section it stands in; "" above the first header. */
  readonly section: string;
  /** As written. */
  readonly key: string;
  /** The key as Python 3 compares it: lower case. */
  readonly name: string;
  /** The key as pip compares it: lower case, "-" for "_", without one leading "--". */
  readonly option: string;
  /** Continuation lines joined by "\n". */
  readonly value: string;
  readonly line: number;
  /** Whole lines, the last line end included; comments between continuation lines too. */
  readonly range: ByteRange;
  readonly keyRange: ByteRange;
  /** From the first character of the value to the last of its last line; empty behind the delimiter when there is none. */
  readonly valueRange: ByteRange;
}

export interface IniSection {
  readonly name: string;
  readonly line: number;
  /** The header's line, line end included. */
  readonly range: ByteRange;
}

export type IniFaultKind =
  | "no-section-header" | "bom" | "utf16" | "duplicate-key" | "duplicate-section" | "two-spellings"
  | "not-utf8" | "not-ascii" | "no-value" | "version-key";

export interface IniFault {
  readonly kind: IniFaultKind;
  readonly line: number;
  /** Characters, counted from 1. */
  readonly column?: number;
  readonly key?: string;
  readonly section?: string;
  /** The line it is about. */
  readonly text?: string;
  /** The first byte it is about. */
  readonly offset?: number;
}

export interface IniFile {
  readonly entries: readonly IniEntry[];
  readonly sections: readonly IniSection[];
  readonly faults: readonly IniFault[];
  readonly bom: boolean;
  readonly utf16: boolean;
  /** The line end most lines have; "\n" for a file without any. */
  readonly eol: "\n" | "\r\n" | "\r";
}

/** An entry while its continuation lines are still coming. */
interface OpenEntry {
  readonly entry: Omit<IniEntry, "value" | "range" | "valueRange">;
  readonly first: IniLine;
  readonly valueStart: number;
  readonly parts: string[];
  last: IniLine;
  valueEnd: number;
}

interface Reading {
  readonly entries: IniEntry[];
  readonly sections: IniSection[];
  readonly faults: IniFault[];
  readonly names: Set<string>;
  /** null above the first header. */
  section: string | null;
  isHeadless: boolean;
  open: OpenEntry | null;
  indent: number;
  /** Keys since the last header, in Python's spelling ("=key") and in pip's ("-key"); "DEFAULT" remembers over all its headers. */
  seen: Set<string>;
  readonly seenInDefault: Set<string>;
}

export function parseIni(bytes: Uint8Array): IniFile {
  if (looksUtf16(bytes)) {
    return { entries: [], sections: [], faults: [{ kind: "utf16", line: 1, offset: 0 }], bom: bytes[0]! >= 0xfe, utf16: true, eol: "\n" };
  }
  const bom = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  const lines = readLines(bytes, bom ? 3 : 0);
  const faults: IniFault[] = bom ? [{ kind: "bom", line: 1, offset: 0 }] : [];
  faults.push(...encodingFaults(lines));
  const reading: Reading = {
    entries: [], sections: [], faults, names: new Set(), section: null, isHeadless: false, open: null, indent: 0,
    seen: new Set(), seenInDefault: new Set(),
  };
  for (const line of lines) readLine(reading, line);
  closeEntry(reading);
  faults.sort((a, b) => a.line - b.line);
  return { entries: reading.entries, sections: reading.sections, faults, bom, utf16: false, eol: usualEol(bytes, lines) };
}

/** With its mark; or without: a file that begins with ASCII characters, each beside a NUL. */
export function looksUtf16(bytes: Uint8Array): boolean {
  if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)) return true;
  if (bytes.length < 4 || bytes.length % 2 !== 0) return false;
  const head = bytes.subarray(0, 64);
  const isAscii = (byte: number): boolean => byte !== 0 && byte < 0x80;
  const little = head.every((byte, i) => (i % 2 === 1 ? byte === 0 : isAscii(byte)));
  return little || head.every((byte, i) => (i % 2 === 0 ? byte === 0 : isAscii(byte)));
}

function encodingFaults(lines: readonly IniLine[]): IniFault[] {
  const faults: IniFault[] = [];
  for (const line of lines) {
    const bad = line.bad[0];
    if (bad !== undefined) faults.push({ kind: "not-utf8", line: line.number, column: bad.index + 1, text: line.text, offset: bad.offset });
  }
  for (const line of lines) {
    const index = line.bad.length === 0 && line.end - line.offset !== line.text.length ? line.text.search(/[^\x00-\x7f]/) : -1;
    if (index < 0) continue;
    faults.push({ kind: "not-ascii", line: line.number, column: index + 1, text: line.text, offset: line.at(index) });
    break;
  }
  return faults;
}

function usualEol(bytes: Uint8Array, lines: readonly IniLine[]): IniFile["eol"] {
  const counts = { "\n": 0, "\r\n": 0, "\r": 0 };
  for (const { end, next } of lines) {
    if (next > end) counts[next - end === 2 ? "\r\n" : bytes[end] === 13 ? "\r" : "\n"]++;
  }
  if (counts["\r\n"] > counts["\n"] && counts["\r\n"] >= counts["\r"]) return "\r\n";
  return counts["\r"] > counts["\n"] ? "\r" : "\n";
}

/** One line of `RawConfigParser._read` (CPython 3.11 Lib/configparser.py). */
function readLine(reading: Reading, line: IniLine): void {
  const indent = indentOf(line.text);
  const text = stripEnd(line.text.slice(indent));
  if (text.startsWith("#") || text.startsWith(";")) return;
  if (text === "") {
    if (reading.open !== null && reading.open.entry.key !== "") reading.open.parts.push("");
    return;
  }
  if (reading.open !== null && reading.open.entry.key !== "" && indent > reading.indent) {
    reading.open.parts.push(text);
    reading.open.last = line;
    reading.open.valueEnd = line.at(indent + text.length);
    return;
  }
  reading.indent = indent;
  const header = /^\[([^]+)\]/.exec(text)?.[1];
  if (header !== undefined) openSection(reading, line, header);
  else readOption(reading, line, text);
}

function openSection(reading: Reading, line: IniLine, name: string): void {
  closeEntry(reading);
  if (name !== "DEFAULT" && reading.names.has(name)) {
    reading.faults.push({ kind: "duplicate-section", line: line.number, section: name, text: line.text, offset: line.offset });
  }
  reading.sections.push({ name, line: line.number, range: { offset: line.offset, length: line.next - line.offset } });
  reading.names.add(name);
  reading.section = name;
  reading.seen = name === "DEFAULT" ? reading.seenInDefault : new Set<string>();
}

function readOption(reading: Reading, line: IniLine, text: string): void {
  const here = { line: line.number, text: line.text, offset: line.offset, section: reading.section ?? "" };
  if (reading.section === null && !reading.isHeadless) {
    reading.isHeadless = true;
    reading.faults.push({ kind: "no-section-header", ...here });
  }
  const delimiter = text.search(/[=:]/);
  // Python goes on collecting continuation lines for the key above such a line.
  if (delimiter < 0) {
    reading.faults.push({ kind: "no-value", ...here });
    return;
  }
  closeEntry(reading);
  const key = stripEnd(text.slice(0, delimiter));
  if (key === "") reading.faults.push({ kind: "no-value", ...here });
  openEntry(reading, line, { key, text, delimiter });
  if (key !== "") noteSpelling(reading, line, key);
}

function openEntry(reading: Reading, line: IniLine, part: { key: string; text: string; delimiter: number }): void {
  const { key, text, delimiter } = part;
  const indent = indentOf(line.text);
  const afterDelimiter = indent + delimiter + 1;
  const value = strip(text.slice(delimiter + 1));
  const valueIndex = value === "" ? afterDelimiter : afterDelimiter + indentOf(text.slice(delimiter + 1));
  const keyStart = line.at(indent);
  reading.open = {
    entry: {
      section: reading.section ?? "", key, name: key.toLowerCase(), option: optionName(key), line: line.number,
      keyRange: { offset: keyStart, length: line.at(indent + key.length) - keyStart },
    },
    first: line, last: line, parts: [value],
    valueStart: line.at(valueIndex), valueEnd: line.at(valueIndex + value.length),
  };
}

/** pip's `_normalize_name` (configuration.py). */
export function optionName(key: string): string {
  return key.toLowerCase().replaceAll("_", "-").replace(/^--/, "");
}

function noteSpelling(reading: Reading, line: IniLine, key: string): void {
  const name = key.toLowerCase();
  const option = optionName(key);
  const here = { line: line.number, key, section: reading.section ?? "", text: line.text, offset: line.offset };
  if (reading.seen.has(`=${name}`)) reading.faults.push({ kind: "duplicate-key", ...here });
  else if (reading.seen.has(`-${option}`)) reading.faults.push({ kind: "two-spellings", ...here });
  reading.seen.add(`=${name}`).add(`-${option}`);
}

function closeEntry(reading: Reading): void {
  const open = reading.open;
  reading.open = null;
  // "= value" has no key to be an entry by; it is a fault only.
  if (open === null || open.entry.key === "") return;
  const { entry, first, last, valueStart, valueEnd } = open;
  const value = stripEnd(open.parts.join("\n"));
  reading.entries.push({
    ...entry, value,
    range: { offset: first.offset, length: last.next - first.offset },
    valueRange: { offset: valueStart, length: Math.max(valueEnd - valueStart, 0) },
  });
  if (isVersionSwitch(entry, value)) {
    reading.faults.push({ kind: "version-key", line: entry.line, key: entry.key, section: entry.section, text: first.text, offset: first.offset });
  }
}

/** `version = yes` where pip's main parser reads it: every command then prints pip's version and ends (cli/main_parser.py). */
function isVersionSwitch(entry: Pick<IniEntry, "section" | "option">, value: string): boolean {
  const isRead = entry.section === "global" || entry.section === "DEFAULT" || entry.section === "";
  return isRead && entry.option === "version" && /^(?:y|yes|t|true|on|1)$/i.test(value);
}
