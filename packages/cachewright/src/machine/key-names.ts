/**
 * Bytes of a terminal as names of keys. Sequences as xterm sends them (ctlseqs, "PC-Style Function Keys" and "Bracketed
 * Paste Mode"), which all terminals of today follow. A sequence may come in pieces.
 */

/** A character is its own name: "a", "é"; others: "up", "enter", "ctrl-c". "" is a key that nobody asks for. */
export type Key = { readonly name: string } | { readonly pasted: string };

export interface ReadKeys {
  readonly keys: readonly Key[];
  /** The beginning of something. */
  readonly rest: Buffer;
}

const finals: Readonly<Record<string, string>> = { A: "up", B: "down", C: "right", D: "left", H: "home", F: "end", M: "enter" };
const tildes: Readonly<Record<string, string>> = { 1: "home", 2: "insert", 3: "delete", 4: "end", 5: "page-up", 6: "page-down", 7: "home", 8: "end" };
const controls: Readonly<Record<number, string>> = { 0x08: "backspace", 0x09: "tab", 0x0a: "enter", 0x0d: "enter", 0x20: " ", 0x7f: "backspace" };

const ESC = 0x1b;
const pasteStart = "\u001b[200~";
const pasteEnd = "\u001b[201~";
/** A sequence that is longer than this is none. */
const longest = 64;

/** What has come in whole. A lone ESC stays in `rest`: the rest of a sequence may follow. */
export function readKeys(bytes: Buffer): ReadKeys {
  const keys: Key[] = [];
  let at = 0;
  while (at < bytes.length) {
    const found = keyAt(bytes, at);
    if (found === undefined) break;
    if (found.key !== undefined) keys.push(found.key);
    at += found.length;
  }
  return { keys, rest: bytes.subarray(at) };
}

/** What the beginning of something means when nothing follows. */
export function lastKey(rest: Buffer): readonly Key[] {
  return rest.length === 1 && rest[0] === ESC ? [{ name: "escape" }] : [];
}

/** Whether a rest is a paste that goes on: its end comes for certain, however late. */
export function isPasting(rest: Buffer): boolean {
  return rest.length >= pasteStart.length && rest.toString("latin1", 0, pasteStart.length) === pasteStart;
}

interface Found {
  readonly key?: Key;
  readonly length: number;
}

/** Undefined: it is not whole yet. */
function keyAt(bytes: Buffer, at: number): Found | undefined {
  const byte = bytes[at] as number;
  if (byte === ESC) return sequenceAt(bytes, at);
  if (byte === 0x20 || byte === 0x7f || byte < 0x20) return { key: { name: controls[byte] ?? controlName(byte) }, length: 1 };
  return characterAt(bytes, at);
}

function controlName(byte: number): string {
  return byte >= 1 && byte <= 26 ? `ctrl-${String.fromCharCode(0x60 + byte)}` : "";
}

function characterAt(bytes: Buffer, at: number): Found | undefined {
  const byte = bytes[at] as number;
  const length = byte < 0x80 ? 1 : byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
  const follows = bytes.subarray(at + 1, at + length);
  if (byte >= 0x80 && (byte < 0xc2 || byte > 0xf4 || follows.some((one) => (one & 0xc0) !== 0x80))) return { key: { name: "" }, length: 1 };
  if (follows.length < length - 1) return undefined;
  const name = bytes.toString("utf8", at, at + length);
  return { key: { name: name === "\ufffd" ? "" : name }, length };
}

function sequenceAt(bytes: Buffer, at: number): Found | undefined {
  const next = bytes[at + 1];
  if (next === undefined) return undefined;
  if (next === ESC) return { key: { name: "escape" }, length: 1 };
  if (next === 0x4f) return bytes.length < at + 3 ? undefined : { key: { name: finals[String.fromCharCode(bytes[at + 2] as number)] ?? "" }, length: 3 };
  if (next !== 0x5b) {
    // Alt and a key: nobody asks for it, and it must not be taken for the key alone.
    const with_ = keyAt(bytes, at + 1);
    return with_ === undefined ? undefined : { key: { name: "" }, length: 1 + with_.length };
  }
  return controlSequenceAt(bytes, at);
}

function controlSequenceAt(bytes: Buffer, at: number): Found | undefined {
  // Linux's console names its function keys ESC [ [ A.
  if (bytes[at + 2] === 0x5b) return bytes.length < at + 4 ? undefined : { key: { name: "" }, length: 4 };
  let end = at + 2;
  while (end < bytes.length && (bytes[end] as number) >= 0x20 && (bytes[end] as number) < 0x40) end += 1;
  if (end >= bytes.length) return end - at > longest ? { key: { name: "" }, length: end - at } : undefined;
  const text = bytes.toString("latin1", at, end + 1);
  if (text === pasteStart) return pasteAt(bytes, at);
  const final = text.at(-1) ?? "";
  const [number = ""] = text.slice(2, -1).split(";");
  const name = final === "~" ? tildes[number] : finals[final];
  return { key: { name: name ?? "" }, length: end + 1 - at };
}

function pasteAt(bytes: Buffer, at: number): Found | undefined {
  const from = at + pasteStart.length;
  const to = bytes.indexOf(pasteEnd, from, "latin1");
  return to < 0 ? undefined : { key: { pasted: bytes.toString("utf8", from, to) }, length: to + pasteEnd.length - at };
}
