/** Cures for the faults of an INI file that keep Python from reading it, each the smallest change that can be proven to be right. */
import { findEntry, removeIniEntry } from "./ini-edits.ts";
import { parseIni, type IniEntry, type IniFault, type IniFile, type IniSection } from "./ini.ts";
import { applyEdits, type TextEdit } from "./text-edit.ts";
import { readLines, strip } from "./ini-lines.ts";

interface Cure {
  readonly edits: readonly TextEdit[];
  /** What the file must say afterwards; undefined where the fault hides what it says. */
  readonly entries?: readonly Said[];
}

/** What an entry says, wherever it stands. */
type Said = Pick<IniEntry, "section" | "name" | "value">;

interface Patient {
  readonly bytes: Uint8Array;
  readonly file: IniFile;
  readonly fault: IniFault;
}

/**
 * Edits over `bytes` that take away one fault of `parseIni(bytes).faults` and change nothing else the file says; null when
 * there are none. Of several entries for one key the earlier ones go: parsers that put up with them (Python 2; pip <= 26.2 for two
 * spellings) follow the last. Cures of several faults may be applied together when they do not overlap.
 */
export function cureIniFault(bytes: Uint8Array, fault: IniFault): TextEdit[] | null {
  const file = parseIni(bytes);
  const cure = cures[fault.kind]({ bytes, file, fault });
  if (cure === null) return null;
  const after = parseIni(applyEdits(bytes, cure.edits));
  const isSaid = cure.entries === undefined || list(cure.entries) === list(after.entries);
  return isSaid && hasOnlyLost(file, after, fault) ? [...cure.edits] : null;
}

function list(entries: readonly Said[]): string {
  return JSON.stringify(entries.map(({ section, name, value }) => JSON.stringify([section, name, value])).sort());
}

/** Afterwards there is one fault of the kind less, and none that was not there before. (Mended bytes are beyond ASCII still.) */
function hasOnlyLost(before: IniFile, after: IniFile, fault: IniFault): boolean {
  if (fault.kind === "utf16") return !after.utf16;
  const count = (file: IniFile, kind: string): number => file.faults.filter((one) => one.kind === kind).length;
  const kinds = new Set(after.faults.map(({ kind }) => kind));
  return count(after, fault.kind) < count(before, fault.kind) && [...kinds].every((kind) => kind === "not-ascii" || count(after, kind) <= count(before, kind));
}

const cures: Record<IniFault["kind"], (patient: Patient) => Cure | null> = {
  "bom": ({ file }) => ({ edits: [{ offset: 0, length: 3, content: "" }], entries: file.entries }),
  "utf16": ({ bytes }) => rewriteAsUtf8(bytes),
  "not-utf8": transcode,
  "not-ascii": () => null,
  "no-section-header": addHeader,
  "no-value": commentOut,
  "duplicate-key": withoutEarlier,
  "two-spellings": withoutEarlier,
  "duplicate-section": mergeSection,
  "version-key": (patient) => without(patient, (entry) => entry.line === patient.fault.line),
};

/** Of the entries since the section's header (for [DEFAULT]: since its first one) that pip takes for the same key, this one stays. */
function withoutEarlier(patient: Patient): Cure | null {
  const { file, fault } = patient;
  const header = fault.section === "DEFAULT" ? undefined : file.sections.findLast(({ line }) => line < fault.line);
  const kept = file.entries.find(({ line }) => line === fault.line);
  return without(patient, ({ line, section, option }) => line < fault.line && line > (header?.line ?? 0) && section === fault.section && option === kept?.option);
}

function without({ bytes, file }: Patient, isGone: (entry: IniEntry) => boolean): Cure | null {
  const gone = file.entries.filter(isGone);
  if (gone.length === 0) return null;
  return { edits: gone.flatMap((entry) => removeIniEntry(bytes, entry)), entries: file.entries.filter((entry) => !gone.includes(entry)) };
}

function rewriteAsUtf8(bytes: Uint8Array): Cure | null {
  if (bytes.length % 2 !== 0) return null;
  const isBig = (bytes[0] === 0xfe && bytes[1] === 0xff) || bytes[0] === 0;
  const units = Buffer.from(bytes);
  const text = (isBig ? units.swap16() : units).toString("utf16le").replace(/^\ufeff/, "");
  if (/[\0\ufffd]|\p{Surrogate}/u.test(text)) return null;
  return { edits: [{ offset: 0, length: bytes.length, content: text }] };
}

/** The bytes of one line that are no UTF-8 were most likely written as Windows-1252. */
function transcode({ bytes, file, fault }: Patient): Cure | null {
  const line = readLines(bytes, file.bom ? 3 : 0)[fault.line - 1];
  if (line === undefined) return null;
  return { edits: line.bad.map(({ offset, length, text }) => ({ offset, length, content: text })), entries: file.entries };
}

/** "[global" and "global]" are headers that lack a bracket; any other line without a value becomes a comment. */
function commentOut(patient: Patient): Cure | null {
  const { file, fault } = patient;
  const isRepeated = strip(fault.text ?? "").replace(/[[\]]/g, "") === fault.section;
  return (isRepeated ? null : repairHeader(patient)) ?? { edits: [{ offset: fault.offset ?? 0, length: 0, content: "# " }], entries: file.entries };
}

function repairHeader({ bytes, file, fault: { offset = 0, line, text = "" } }: Patient): Cure | null {
  const bare = strip(text);
  const blanks = text.indexOf(bare);
  // A blank before it may be a byte that is no UTF-8, and has another length as text.
  const at = blanks === 0 ? offset : (readLines(bytes, file.bom ? 3 : 0)[line - 1]?.at(blanks) ?? offset);
  if (/^\[[\w-]+$/.test(bare)) return { edits: [{ offset: at + bare.length, length: 0, content: "]" }] };
  return /^[\w-]+\]$/.test(bare) ? { edits: [{ offset: at, length: 0, content: "[" }] } : null;
}

/** Keys above the first header belong to `[global]`, which pip reads for every command. */
function addHeader(patient: Patient): Cure | null {
  const { bytes, file, fault } = patient;
  const repaired = repairHeader(patient);
  if (repaired !== null) return repaired;
  const offset = fault.offset ?? 0;
  const header = file.sections.find(({ name }) => name === "global");
  const headless = file.entries.filter(({ section }) => section === "");
  if (header === undefined) {
    return { edits: [{ offset, length: 0, content: `[global]${file.eol}` }], entries: file.entries.map(asGlobal) };
  }
  const beaten = headless.filter((entry) => findEntry(file, { section: "global", key: entry.key }) !== undefined);
  const entries = file.entries.filter((entry) => !beaten.includes(entry)).map(asGlobal);
  const removals = beaten.flatMap((entry) => removeIniEntry(bytes, entry));
  if (header === file.sections[0]) {
    return { edits: [{ offset, length: 0, content: `[global]${file.eol}` }, ...removals, { ...header.range, content: "" }], entries };
  }
  if (beaten.length > 0) return null;
  const end = file.sections[0]?.range.offset ?? bytes.length;
  const moved = move(bytes, { offset, length: end - offset }, header.range.offset + header.range.length);
  return moved === null ? null : { edits: moved, entries };
}

function asGlobal(entry: Said): Said {
  return entry.section === "" ? { ...entry, section: "global" } : entry;
}

/** Takes text from one place to another, whole lines. Null when it cannot be said as text. */
function move(bytes: Uint8Array, range: { offset: number; length: number }, to: number): TextEdit[] | null {
  const raw = Buffer.from(bytes.subarray(range.offset, range.offset + range.length));
  const text = raw.toString("utf8");
  if (!Buffer.from(text, "utf8").equals(raw)) return null;
  const eol = parseIni(bytes).eol;
  const before = /[\r\n]/.test(String.fromCharCode(bytes[to - 1] ?? 10)) ? "" : eol;
  const after = text === "" || /[\r\n]$/.test(text) ? "" : eol;
  return [{ offset: to, length: 0, content: before + text + after }, { ...range, content: "" }];
}

/** Brings what stands below the second header below the first one. What both say, the later one says, as in Python 2. */
function mergeSection({ bytes, file, fault }: Patient): Cure | null {
  const at = file.sections.findIndex(({ line }) => line === fault.line);
  const second = file.sections[at];
  const first = file.sections.findLastIndex((section, i) => i < at && section.name === fault.section);
  const above = file.sections[first];
  if (second === undefined || above === undefined) return null;
  const end = file.sections[at + 1]?.range.offset ?? bytes.length;
  const later = file.entries.filter((entry) => entry.section === second.name && entry.line > second.line && entry.range.offset < end);
  const beaten = file.entries.filter((entry) => entry.section === second.name && entry.line < second.line && later.some(({ option }) => option === entry.option));
  const entries = file.entries.filter((entry) => !beaten.includes(entry));
  const removals = beaten.flatMap((entry) => removeIniEntry(bytes, entry));
  const joined = first === at - 1 ? [] : joinAfter({ bytes, file, above }, { header: second, end });
  return joined === null ? null : { edits: [...removals, { ...second.range, content: "" }, ...joined], entries };
}

function joinAfter(place: { bytes: Uint8Array; file: IniFile; above: IniSection }, block: { header: IniSection; end: number }): TextEdit[] | null {
  const { bytes, file, above } = place;
  const next = file.sections.find(({ line }) => line > above.line)?.range.offset ?? bytes.length;
  const last = file.entries.findLast((entry) => entry.line > above.line && entry.range.offset < next)?.range ?? above.range;
  const start = block.header.range.offset + block.header.range.length;
  return move(bytes, { offset: start, length: block.end - start }, last.offset + last.length);
}
