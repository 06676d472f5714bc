/** Changes to one entry of an INI file, as edits over its original bytes: everything else stays as it is, byte by byte. */
import { applyEdits, type TextEdit } from "./text-edit.ts";
import { optionName, parseIni, type IniEntry, type IniFile } from "./ini.ts";
import { strip } from "./ini-lines.ts";

export interface IniSetting {
  readonly section: string;
  readonly key: string;
  /** Lines joined by "\n". */
  readonly value: string;
}

/**
 * Gives a key a value: in place where the section has the key (in any spelling pip takes for the same; the last one counts),
 * else after the section's last entry, else in a new section at the end.
 * Null when the file cannot carry it: UTF-16, or a key or value that would read back as something else.
 */
export function setIniValue(bytes: Uint8Array, setting: IniSetting): TextEdit[] | null {
  const file = parseIni(bytes);
  if (file.utf16 || !isWritable(setting)) return null;
  const present = findEntry(file, setting);
  const edits = present === undefined ? [addition(bytes, file, setting)] : [replacement(bytes, file, { entry: present, value: setting.value })];
  const after = parseIni(applyEdits(bytes, edits));
  const written = findEntry(after, setting);
  const isKept = faultsOf(after) <= faultsOf(file) && othersOf(after, written) === othersOf(file, present);
  return written?.value === setting.value && isKept ? edits : null;
}

/** What every other entry says: a header below a new key may read as that key's continuation and take its section along. */
function othersOf(file: IniFile, entry: IniEntry | undefined): string {
  return JSON.stringify(file.entries.filter((other) => other !== entry).map(({ section, name, value }) => [section, name, value]));
}

function faultsOf(file: IniFile): number {
  return file.faults.filter(({ kind }) => kind !== "not-ascii").length;
}

/** The entry that counts of those pip takes for one key. */
export function findEntry(file: IniFile, wanted: Pick<IniSetting, "section" | "key">): IniEntry | undefined {
  const option = optionName(wanted.key);
  return file.entries.findLast((entry) => entry.section === wanted.section && entry.option === option);
}

/**
 * Takes out an entry's whole lines. A section that becomes empty keeps its header. Where the entry ends a file
 * without a last line end, the file still ends without one.
 */
export function removeIniEntry(bytes: Uint8Array, entry: IniEntry): TextEdit[] {
  const { offset, length } = entry.range;
  const isOpenEnd = offset + length === bytes.length && eolBefore(bytes, bytes.length) === 0;
  const before = isOpenEnd ? eolBefore(bytes, offset) : 0;
  return [{ offset: offset - before, length: length + before, content: "" }];
}

/** Bytes of the line end that ends just there; 0 when none does. */
function eolBefore(bytes: Uint8Array, at: number): number {
  const last = at > 0 ? bytes[at - 1] : undefined;
  if (last === 10) return at > 1 && bytes[at - 2] === 13 ? 2 : 1;
  return last === 13 ? 1 : 0;
}

function isWritable({ section, key, value }: IniSetting): boolean {
  const isName = (text: string): boolean => text !== "" && text === strip(text) && !/[\r\n]|\p{Surrogate}/u.test(text);
  if (!isName(section) || section.includes("]") || !isName(key) || /^[#;[]|[=:]/.test(key)) return false;
  const [first = "", ...rest] = value.split("\n");
  return first === strip(first) && !/\r|\p{Surrogate}/u.test(value)
    && rest.every((line) => line !== "" && line === strip(line) && !/^[#;]/.test(line));
}

/** Continuation lines stand deeper than their key: one level for those who read it, any depth would do for Python. */
function inLines(value: string, indent: string, eol: string): string {
  return value.split("\n").join(`${eol}${indent}    `);
}

function replacement(bytes: Uint8Array, file: IniFile, change: { entry: IniEntry; value: string }): TextEdit {
  const { entry, value } = change;
  const { offset, length } = entry.valueRange;
  const content = inLines(value, indentOfEntry(bytes, entry), file.eol);
  // Nothing stood behind "key =", so there is no blank to keep; "key=" wants none.
  const isBare = (length === 0 || /\s/.test(String.fromCharCode(bytes[offset] ?? 0))) && bytes[offset - 2] === 0x20 && /^[^\r\n]/.test(content);
  return { offset, length, content: isBare ? ` ${content}` : content };
}

function indentOfEntry(bytes: Uint8Array, entry: IniEntry): string {
  return Buffer.from(bytes.subarray(entry.range.offset, entry.keyRange.offset)).toString("utf8");
}

function addition(bytes: Uint8Array, file: IniFile, setting: IniSetting): TextEdit {
  const { eol } = file;
  const last = file.entries.findLast((entry) => entry.section === setting.section);
  const header = file.sections.findLast((section) => section.name === setting.section);
  const indent = last !== undefined ? indentOfEntry(bytes, last) : header === undefined ? "" : headerIndent(bytes, file, header.range.offset);
  const blank = setting.value === "" || setting.value.startsWith("\n") ? "" : " ";
  const line = `${indent}${setting.key} =${blank}${inLines(setting.value, indent, eol)}`;
  if (header === undefined) return newSection(bytes, file, `[${setting.section}]${eol}${line}`);
  const after = last !== undefined && last.line > header.line ? last.range : header.range;
  const offset = after.offset + after.length;
  const isOpenEnd = eolBefore(bytes, offset) === 0;
  // A CR before an LF would make one line end of two.
  const end = eol === "\r" && bytes[offset] === 10 ? "\n" : eol;
  return { offset, length: 0, content: isOpenEnd ? eol + line : line + end };
}

function newSection(bytes: Uint8Array, file: IniFile, text: string): TextEdit {
  const isEmpty = bytes.length === (file.bom ? 3 : 0);
  const gap = isEmpty ? "" : eolBefore(bytes, bytes.length) === 0 ? file.eol + file.eol : file.eol;
  return { offset: bytes.length, length: 0, content: gap + text + file.eol };
}

/** As deep as this header or the next one, whichever is deeper: a header below a shallower key would read as its continuation. */
function headerIndent(bytes: Uint8Array, file: IniFile, offset: number): string {
  const blanks = (at: number): string => /^[\t ]*/.exec(Buffer.from(bytes.subarray(at, at + 200)).toString("latin1"))?.[0] ?? "";
  const next = file.sections.find((section) => section.range.offset > offset);
  const own = blanks(offset);
  const other = next === undefined ? "" : blanks(next.range.offset);
  return other.length > own.length ? other : own;
}
