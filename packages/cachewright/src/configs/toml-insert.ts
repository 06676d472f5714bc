/** Places where a key that a TOML file lacks can be written, the most natural one first. Which of them is right, the proof says. */
import type { ConfigPath } from "./config-data.ts";
import { eolAt, indentAt, lineEnd, lineStart, nextLine, type CharEdit, type SourceText } from "./source-text.ts";
import { fullPath, isPrefix, lineOf, type TomlDocument, type TomlSection } from "./toml-document.ts";
import type { TomlHeader, TomlPair } from "./toml-syntax.ts";
import { tomlKey } from "./toml-write.ts";

export interface TomlAddition {
  readonly path: ConfigPath;
  /** The value as TOML. */
  readonly content: string;
}

export function tomlInsertions(document: TomlDocument, addition: TomlAddition): CharEdit[][] {
  const { sections } = document;
  const parent = addition.path.slice(0, -1);
  const found: (CharEdit[] | null)[] = [];
  const own = sections.findLast(({ path, header }) => samePath(path, parent) && (header !== null || parent.length === 0));
  if (own !== undefined) found.push(intoSection(document, own, addition));
  found.push(besideDotted(document, addition));
  if (parent.length > 0) found.push(asNewTable(document, addition));
  const above = sections.filter(({ path }) => path.length < parent.length && isPrefix(path, parent)).sort((a, b) => b.path.length - a.path.length);
  found.push(...above.map((section) => intoSection(document, section, addition)));
  return found.filter((edits) => edits !== null);
}

function samePath(a: ConfigPath, b: ConfigPath): boolean {
  return a.length === b.length && isPrefix(a, b);
}

/** "a.b" with quotes where a name needs them; null where TOML has no name for a step. */
export function dotted(path: ConfigPath): string | null {
  const names = path.map((step) => (typeof step === "number" ? null : tomlKey(step)));
  return names.includes(null) ? null : names.join(".");
}

function intoSection(document: TomlDocument, section: TomlSection, { path, content }: TomlAddition): CharEdit[] | null {
  const { source } = document;
  const key = dotted(path.slice(section.path.length));
  if (key === null) return null;
  const last = section.pairs.at(-1);
  if (last !== undefined) return [lineAfter(source, last.end, key + signOf(source.text, last) + content, indentAt(source.text, last.start))];
  const line = `${key} = ${content}`;
  if (section.header !== null) return [lineAfter(source, section.header.end, line, indentAt(source.text, section.header.start))];
  return [atTop(document, line)];
}

/** `a.b = 1` already says what table `a` is, so `a.c` goes beside it, spelled the same way. */
function besideDotted({ source, sections }: TomlDocument, { path, content }: TomlAddition): CharEdit[] | null {
  const parent = path.slice(0, -1);
  const name = dotted(path.slice(-1));
  const beside = sections.flatMap((section) => section.pairs
    .filter((pair) => section.path.length < parent.length && isPrefix(parent, fullPath(section, pair)))
    .map((pair) => ({ section, pair }))).at(-1);
  if (beside === undefined || name === null) return null;
  const { section, pair } = beside;
  const spelled = source.text.slice(pair.start, pair.keys[parent.length - section.path.length - 1]?.end);
  return [lineAfter(source, pair.end, `${spelled}.${name}${signOf(source.text, pair)}${content}`, indentAt(source.text, pair.start))];
}

/** " = " or "=", as the neighbour has it; columns are not lined up. */
function signOf(text: string, pair: TomlPair): string {
  return text[pair.keys.at(-1)?.end ?? 0] === "=" && text[pair.value.start - 1] === "=" ? "=" : " = ";
}

/** A line below the one `index` stands in. A file whose last line has no end keeps it so. */
function lineAfter(source: SourceText, index: number, line: string, indent: string): CharEdit {
  const at = nextLine(source.text, index);
  const eol = eolAt(source, index);
  const isOpenEnd = at === lineEnd(source.text, index);
  return { start: at, end: at, content: isOpenEnd ? eol + indent + line : indent + line + eol };
}

/** A first key above all headers: below the comment that opens the file, above the one that opens the first table. */
function atTop({ source, sections }: TomlDocument, line: string): CharEdit {
  const { text, eol } = source;
  const header = sections[1]?.header;
  if (header === undefined || header === null) {
    const gap = text === "" || text.endsWith("\n") ? "" : eol;
    return { start: text.length, end: text.length, content: gap + line + (gap === "" ? eol : "") };
  }
  const start = headOf(text, header.start);
  return { start, end: start, content: line + eol + eol };
}

/** Where the comment right above a header begins, else the header's line. */
function headOf(text: string, index: number): number {
  let start = lineStart(text, index);
  while (start > 0 && /^[\t ]*#/.test(text.slice(lineStart(text, start - 1), start))) start = lineStart(text, start - 1);
  return start;
}

function asNewTable(document: TomlDocument, { path, content }: TomlAddition): CharEdit[] | null {
  const name = dotted(path.slice(0, -1));
  const key = dotted(path.slice(-1));
  return name === null || key === null ? null : [newTable(document, path.slice(0, -1), [`[${name}]`, `${key} = ${content}`])];
}

/**
 * A new table stands above the tables below it, else behind its nearest relatives, else at the end.
 * (tomlkit, which poetry and pdm write with, is at its best when relatives stand together.)
 */
export function newTable(document: TomlDocument, path: ConfigPath, lines: readonly string[]): CharEdit {
  const { source, sections } = document;
  const tables = sections.filter(({ header }) => header !== null);
  const child = tables.find((section) => isPrefix(path, section.path) && section.path.length > path.length && typeof section.path[path.length] === "string");
  if (child?.header !== undefined && child.header !== null) return aboveHeader(document, child.header, lines);
  const closest = Math.max(0, ...tables.map((section) => common(section.path, path)));
  const relative = closest === 0 ? undefined : tables.findLast((section) => common(section.path, path) === closest);
  return atEndOf(source, relative === undefined ? source.text.length : endOfSection(document, relative), lines.join(source.eol));
}

/** And above the comment that stands over the header. */
export function aboveHeader({ source }: TomlDocument, header: TomlHeader, lines: readonly string[]): CharEdit {
  const start = headOf(source.text, header.start);
  return { start, end: start, content: lines.join(source.eol) + source.eol + source.eol };
}

function common(a: ConfigPath, b: ConfigPath): number {
  let length = 0;
  while (length < a.length && a[length] === b[length]) length++;
  return length;
}

/** Behind a section's last pair, and behind what is commented out right below it. */
function endOfSection(document: TomlDocument, section: TomlSection): number {
  const { text } = document.source;
  const last = section.pairs.at(-1) ?? section.header;
  let end = nextLine(text, last?.end ?? 0);
  while (/^[\t ]*#/.test(text.slice(end, lineEnd(text, end)))) end = nextLine(text, end);
  const isHeadOfNext = document.sections.some(({ header }) => header !== null && lineOf(document, header) === end);
  return isHeadOfNext ? nextLine(text, last?.end ?? 0) : end;
}

function atEndOf({ text, eol }: SourceText, at: number, lines: string): CharEdit {
  const before = text.slice(0, at);
  if (before === "") return { start: at, end: at, content: lines + eol };
  if (!before.endsWith("\n")) return { start: at, end: at, content: eol + eol + lines };
  const gap = /\n[\t ]*\r?\n$/.test(before) ? "" : eol;
  const isFollowed = at < text.length && !/^[\t ]*\r?\n/.test(text.slice(at));
  return { start: at, end: at, content: gap + lines + eol + (isFollowed ? eol : "") };
}
