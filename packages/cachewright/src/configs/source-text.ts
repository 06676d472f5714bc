/** A file's bytes as text, each character traceable to its byte, for editors that parse text. */
import { looksUtf16 } from "./ini.ts";
import { readLines } from "./ini-lines.ts";
import type { Refusal, RefusalKind } from "./refusal.ts";
import type { TextEdit } from "./text-edit.ts";

/** Offsets count UTF-16 units, as JavaScript's strings do; those of a TextEdit count bytes. */
export interface CharEdit {
  readonly start: number;
  readonly end: number;
  readonly content: string;
}

export interface SourceText {
  /** Without the byte order mark. */
  readonly text: string;
  /** Bytes before the text: 3 with a byte order mark. */
  readonly head: number;
  /** The line end most lines have; "\n" for a file without any. */
  readonly eol: "\n" | "\r\n";
}

const strict = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

export function readSource(bytes: Uint8Array): SourceText | Refusal {
  if (looksUtf16(bytes)) return { refused: "utf16", line: 1, column: 1 };
  const head = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
  let text: string;
  try {
    text = strict.decode(bytes.subarray(head));
  } catch {
    return badByte(bytes, head);
  }
  const breaks = text.split("\n").length - 1;
  return { text, head, eol: text.split("\r\n").length - 1 > breaks / 2 ? "\r\n" : "\n" };
}

function badByte(bytes: Uint8Array, head: number): Refusal {
  const line = readLines(bytes, head).find(({ bad }) => bad.length > 0);
  const bad = line?.bad[0];
  if (line === undefined || bad === undefined) return { refused: "not-utf8" };
  const byte = bytes[bad.offset] ?? 0;
  return { refused: "not-utf8", line: line.number, column: columnOf(line.text, bad.index), detail: `0x${byte.toString(16).padStart(2, "0")}` };
}

function columnOf(line: string, index: number): number {
  return Array.from(line.slice(0, index)).length + 1;
}

/** Line and column of a place in the text, as editors count them. */
export function placeOf(text: string, index: number): { line: number; column: number } {
  const start = lineStart(text, index);
  return { line: text.slice(0, start).split("\n").length, column: columnOf(text.slice(start, index), index - start) };
}

export function refuseAt(text: string, index: number, refused: RefusalKind): Refusal {
  return { refused, ...placeOf(text, index) };
}

/** Index of the first character of the line `index` stands in. */
export function lineStart(text: string, index: number): number {
  return index === 0 ? 0 : text.lastIndexOf("\n", index - 1) + 1;
}

/** Index of the line end behind `index`, of the "\r" where it is "\r\n"; the text's end when there is none. */
export function lineEnd(text: string, index: number): number {
  const next = text.indexOf("\n", index);
  if (next < 0) return text.length;
  return next > index && text[next - 1] === "\r" ? next - 1 : next;
}

/** Index of the first character of the next line; the text's end when there is none. */
export function nextLine(text: string, index: number): number {
  const next = text.indexOf("\n", index);
  return next < 0 ? text.length : next + 1;
}

/** The blanks the line of `index` begins with. */
export function indentAt(text: string, index: number): string {
  return /^[\t ]*/.exec(text.slice(lineStart(text, index), lineEnd(text, index)))?.[0] ?? "";
}

/** The line end of the line `index` stands in, else the file's usual one. */
export function eolAt({ text, eol }: SourceText, index: number): "\n" | "\r\n" {
  const next = text.indexOf("\n", index);
  if (next < 0) return eol;
  return text[next - 1] === "\r" ? "\r\n" : "\n";
}

export function applyCharEdits(text: string, edits: readonly CharEdit[]): string {
  let after = text;
  for (const { start, end, content } of inOrder(edits).reverse()) after = after.slice(0, start) + content + after.slice(end);
  return after;
}

export function toTextEdits({ text, head }: SourceText, edits: readonly CharEdit[]): TextEdit[] {
  const byteAt = (index: number): number => head + Buffer.byteLength(text.slice(0, index));
  return inOrder(edits).map(({ start, end, content }) => ({ offset: byteAt(start), length: Buffer.byteLength(text.slice(start, end)), content }));
}

/** By place; those that touch become one. */
function inOrder(edits: readonly CharEdit[]): CharEdit[] {
  const ordered: CharEdit[] = [];
  for (const edit of [...edits].sort((a, b) => a.start - b.start || a.end - b.end)) {
    const last = ordered.at(-1);
    if (last !== undefined && last.end === edit.start) ordered[ordered.length - 1] = { start: last.start, end: edit.end, content: last.content + edit.content };
    else ordered.push(edit);
  }
  return ordered;
}

/** Each step over the text the one before has left, all together as one edit. */
export function oneByOne(text: string, steps: readonly ((text: string) => readonly CharEdit[])[]): CharEdit[] {
  return differenceOf(text, steps.reduce((left, step) => applyCharEdits(left, step(left)), text));
}

/** The one edit that makes `after` of `before`. */
function differenceOf(before: string, after: string): CharEdit[] {
  if (before === after) return [];
  let start = 0;
  while (start < before.length && start < after.length && before[start] === after[start]) start++;
  if (isLowSurrogate(before, start) || isLowSurrogate(after, start)) start--;
  let end = 0;
  const most = Math.min(before.length, after.length) - start;
  while (end < most && before[before.length - 1 - end] === after[after.length - 1 - end]) end++;
  if (isLowSurrogate(before, before.length - end) || isLowSurrogate(after, after.length - end)) end--;
  return [{ start, end: before.length - end, content: after.slice(start, after.length - end) }];
}

function isLowSurrogate(text: string, index: number): boolean {
  const unit = text.charCodeAt(index);
  return unit >= 0xdc00 && unit <= 0xdfff;
}
