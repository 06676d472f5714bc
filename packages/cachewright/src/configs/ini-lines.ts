/** The lines of a file as Python's text mode sees them, each character traceable to its bytes. */

/** One physical line. Python's universal newlines: LF, CR LF and a lone CR each end a line. */
export interface IniLine {
  /** Counted from 1. */
  readonly number: number;
  /** Without its line end. */
  readonly text: string;
  /** First byte of the text. */
  readonly offset: number;
  /** Byte after the text. */
  readonly end: number;
  /** Byte after the line end. */
  readonly next: number;
  /** Byte offset of a character of the text (or of its end). */
  at(index: number): number;
  /** Byte ranges that are no UTF-8; in `text` they stand as Windows-1252 reads them. */
  readonly bad: readonly { readonly offset: number; readonly length: number; readonly index: number; readonly text: string }[];
}

let decoder: InstanceType<typeof TextDecoder> | undefined;

/** Most files are ASCII, and a decoder costs 1 ms when the first is made. */
function decode(bytes: Uint8Array): string {
  return (decoder ??= new TextDecoder("utf-8", { fatal: true, ignoreBOM: true })).decode(bytes);
}

/** 0x80–0x9F of Windows-1252: Latin-1 with the curly quotes and dashes people really have. (Some Nodes decode "latin1" without them.) */
const western = "€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ";

const LF = 10;
const CR = 13;

export function readLines(bytes: Uint8Array, start: number): IniLine[] {
  const whole = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString("latin1");
  const lines: IniLine[] = [];
  for (let offset = start; offset < bytes.length; ) {
    let end = offset;
    while (end < bytes.length && bytes[end] !== LF && bytes[end] !== CR) end++;
    const next = end === bytes.length ? end : bytes[end] === CR && bytes[end + 1] === LF ? end + 2 : end + 1;
    const place = { number: lines.length + 1, offset, end, next };
    const text = whole.slice(offset, end);
    lines.push(/[\x80-\xff]/.test(text) ? decodedLine(bytes, place) : asciiLine(text, place));
    offset = next;
  }
  return lines;
}

type Place = Pick<IniLine, "number" | "offset" | "end" | "next">;

function asciiLine(text: string, place: Place): IniLine {
  return { ...place, text, bad: [], at: (index) => place.offset + index };
}

function decodedLine(bytes: Uint8Array, place: Place): IniLine {
  const raw = bytes.subarray(place.offset, place.end);
  const { text, starts, bad } = decodeWhole(raw, place.offset) ?? decodePiecewise(raw, place.offset);
  return { ...place, text, bad, at: (index) => starts[index] ?? place.end };
}

interface Decoded { readonly text: string; readonly starts: readonly number[]; readonly bad: IniLine["bad"] }

function decodeWhole(raw: Uint8Array, base: number): Decoded | null {
  let text: string;
  try {
    text = decode(raw);
  } catch {
    return null;
  }
  const starts: number[] = [];
  let at = base;
  for (const character of text) {
    for (let unit = 0; unit < character.length; unit++) starts.push(at);
    const code = character.codePointAt(0) ?? 0;
    at += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return { text, starts, bad: [] };
}

/** Character by character, so that one bad byte does not spoil its line. */
function decodePiecewise(raw: Uint8Array, base: number): Decoded {
  const starts: number[] = [];
  const bad: { offset: number; length: number; index: number; text: string }[] = [];
  let text = "";
  for (let i = 0; i < raw.length; ) {
    const length = characterLength(raw, i);
    const byte = raw[i] ?? 0;
    const character = length > 0 ? decode(raw.subarray(i, i + length)) : (western[byte - 0x80] ?? String.fromCharCode(byte));
    if (length === 0) bad.push({ offset: base + i, length: 1, index: text.length, text: character });
    for (let unit = 0; unit < character.length; unit++) starts.push(base + i);
    text += character;
    i += Math.max(length, 1);
  }
  return { text, starts, bad };
}

/** Bytes of the UTF-8 character that begins here; 0 when none does. */
function characterLength(raw: Uint8Array, at: number): number {
  const first = raw[at] ?? 0;
  const length = first < 0x80 ? 1 : first < 0xc2 ? 0 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : first < 0xf5 ? 4 : 0;
  if (length < 2) return length;
  try {
    decode(raw.subarray(at, at + length));
    return length;
  } catch {
    return 0;
  }
}

/** What str.isspace() of Python calls space; JavaScript's `\s` lacks 0x1C–0x1F and 0x85 and has U+FEFF instead. */
const wideSpace = /[\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]/;

function isSpace(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code <= 0x20 ? code === 0x20 || (code >= 9 && code <= 13) || code >= 0x1c : code >= 0x80 && wideSpace.test(text.charAt(at));
}

/** Characters of white space at the beginning. */
export function indentOf(text: string): number {
  let at = 0;
  while (at < text.length && isSpace(text, at)) at++;
  return at;
}

/** str.rstrip() */
export function stripEnd(text: string): string {
  let end = text.length;
  while (end > 0 && isSpace(text, end - 1)) end--;
  return end === text.length ? text : text.slice(0, end);
}

/** str.strip() */
export function strip(text: string): string {
  return stripEnd(text.slice(indentOf(text)));
}
