/**
 * Paths as strings, exactly. A file name on Linux is bytes; plans, facts and journals hold strings. A byte that is not
 * part of valid UTF-8 becomes the lone surrogate U+DC00 + byte, as Python's "surrogateescape" does (PEP 383), so every
 * name survives JSON and comes back as the same bytes. Valid UTF-8, nearly every name, is left as it is.
 */
import { Buffer, isUtf8 } from "node:buffer";
import { AppError } from "./app-error.ts";

const ESCAPE_BASE = 0xdc00;
/** Surrogates that are not half of a pair: `\p{Surrogate}`, whose table is made by whoever loads this. */
const LONE_SURROGATE = /[\ud800-\udfff]/u;

/** How many bytes the well-formed UTF-8 sequence at `at` has; 0 where there is none. */
function sequenceLength(bytes: Uint8Array, at: number): number {
  const lead = bytes[at] as number;
  const length = lead < 0x80 ? 1 : lead < 0xc2 ? 0 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : lead < 0xf5 ? 4 : 0;
  return length > 0 && isUtf8(bytes.subarray(at, at + length)) ? length : 0;
}

export function pathFromBytes(bytes: Uint8Array): string {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (isUtf8(buffer)) return buffer.toString("utf8");
  let path = "";
  for (let at = 0; at < buffer.length; ) {
    const length = sequenceLength(buffer, at);
    if (length === 0) path += String.fromCharCode(ESCAPE_BASE + (buffer[at] as number));
    else path += buffer.toString("utf8", at, at + length);
    at += length || 1;
  }
  return path;
}

/** Throws E_REFUSED for what cannot be a path: a NUL, or a surrogate that no byte stands for. */
export function pathToBytes(path: string): Buffer {
  if (path.includes("\0")) throw new AppError("E_REFUSED", "a path cannot contain a NUL character");
  if (!LONE_SURROGATE.test(path)) return Buffer.from(path, "utf8");
  const parts: Buffer[] = [];
  for (const character of path) {
    const code = character.charCodeAt(0);
    if (character.length === 2 || code < 0xd800 || code > 0xdfff) parts.push(Buffer.from(character, "utf8"));
    else if (code >= ESCAPE_BASE + 0x80 && code <= ESCAPE_BASE + 0xff) parts.push(Buffer.from([code - ESCAPE_BASE]));
    else throw new AppError("E_REFUSED", "a path contains a surrogate that stands for no byte");
  }
  return Buffer.concat(parts);
}

/** As the kernel takes it: the bytes of a name that is not valid UTF-8, and any other path as it is, which costs nothing. */
export function nativePath(path: string): string | Buffer {
  return /[\udc80-\udcff]/.test(path) ? pathToBytes(path) : path;
}
