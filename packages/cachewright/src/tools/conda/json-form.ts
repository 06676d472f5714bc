/** Whether a file has the form of JSON, read in pieces: package lists of channels are hundreds of megabytes long. */
import type { Errno, Looker } from "../../machine/machine.ts";

const piece = 1 << 20;
/** What is shorter is parsed, and no fault of form escapes. */
const parsedUpTo = 4 << 20;
const deepest = 1000;

const quote = 0x22;
const backslash = 0x5c;
const opens: Readonly<Record<number, number>> = { 0x7b: 0x7d, 0x5b: 0x5d };
/** White space, ",", ":", numbers, and the letters of true, false, null, NaN and Infinity (Python writes the last two). */
const plain = new Uint8Array(256);
for (const char of " \t\r\n,:0123456789+-.eEtrufalsnNIity") plain[char.charCodeAt(0)] = 1;

export interface JsonForm {
  readonly bytes: number;
  /** undefined: sound. */
  readonly fault?: "truncated" | "malformed" | "unreadable";
  /** Where, or why not. */
  readonly at?: number;
  readonly errno?: Errno;
}

interface Scan {
  readonly closers: number[];
  inString: boolean;
  escaped: boolean;
  begun: boolean;
}

export function jsonForm(looker: Pick<Looker, "readFile" | "readPart">, path: string, size: number): JsonForm {
  if (size === 0) return { bytes: 0, fault: "truncated", at: 0 };
  return size <= parsedUpTo ? parsedForm(looker, path) : scannedForm(looker, path);
}

function parsedForm(looker: Pick<Looker, "readFile">, path: string): JsonForm {
  const bytes = looker.readFile(path, parsedUpTo);
  if (!bytes.ok) return { bytes: 0, fault: "unreadable", errno: bytes.errno };
  try {
    JSON.parse(bytes.value.toString("utf8").replace(/\b(?:NaN|-?Infinity)\b/g, "0"));
    return { bytes: bytes.value.length };
  } catch {
    const { at } = scan(bytes.value, fresh());
    return { bytes: bytes.value.length, fault: at === undefined && !endsWhole(bytes.value) ? "truncated" : "malformed", ...(at === undefined ? {} : { at }) };
  }
}

function endsWhole(bytes: Buffer): boolean {
  const state = fresh();
  scan(bytes, state);
  return state.begun && !state.inString && state.closers.length === 0;
}

function scannedForm(looker: Pick<Looker, "readPart">, path: string): JsonForm {
  const state = fresh();
  for (let offset = 0; ; ) {
    const part = looker.readPart(path, { offset, length: piece });
    if (!part.ok) return { bytes: offset, fault: "unreadable", errno: part.errno };
    const { at } = scan(part.value, state);
    if (at !== undefined) return { bytes: offset + part.value.length, fault: "malformed", at: offset + at };
    offset += part.value.length;
    if (part.value.length < piece) return { bytes: offset, ...(state.begun && !state.inString && state.closers.length === 0 ? {} : { fault: "truncated", at: offset }) };
  }
}

function fresh(): Scan {
  return { closers: [], inString: false, escaped: false, begun: false };
}

/** Goes on with `state` over some bytes; `at`: where they cannot be JSON any more. */
function scan(bytes: Buffer, state: Scan): { readonly at?: number } {
  for (let i = 0; i < bytes.length; i += 1) {
    const byte = bytes[i] as number;
    if (state.inString) {
      if (state.escaped) state.escaped = false;
      else if (byte === backslash) state.escaped = true;
      else if (byte === quote) state.inString = false;
      else if (byte < 0x20) return { at: i };
    } else if (byte === quote) state.inString = state.begun = true;
    else if (plain[byte] !== 1 && !bracket(byte, state)) return { at: i };
  }
  return {};
}

function bracket(byte: number, state: Scan): boolean {
  const closer = opens[byte];
  if (closer === undefined) return state.closers.pop() === byte;
  if (state.begun && state.closers.length === 0) return false;
  state.begun = true;
  return state.closers.push(closer) <= deepest;
}
