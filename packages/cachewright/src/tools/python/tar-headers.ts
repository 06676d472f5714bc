/** The headers of a tar that lies in memory (POSIX ustar, pax, GNU). */
import type { Buffer } from "node:buffer";

export interface TarHeader {
  readonly name: string;
  /** "0": a file, "5": a directory, "x": an extension to the next. */
  readonly type: string;
  /** Where its content begins. */
  readonly at: number;
  readonly size: number;
}

export interface Tar {
  readonly headers: readonly TarHeader[];
  /** "end": it ends in the midst of a member; a number: there should be a header there. undefined: whole. */
  readonly brokenAt?: "end" | number;
}

const block = 512;

/** Up to a NUL, which needs not be there. */
function text(bytes: Buffer, at: number, length: number): string {
  const end = bytes.indexOf(0, at);
  return bytes.toString("utf8", at, end < 0 || end > at + length ? at + length : end);
}

/** Octal, or (GNU) binary when the first bit is set. */
function number(bytes: Buffer, at: number, length: number): number {
  if (((bytes[at] ?? 0) & 0x80) !== 0) return Number(bytes.readBigUInt64BE(at + length - 8));
  const digits = text(bytes, at, length).trim();
  return digits === "" ? 0 : /^[0-7]+$/.test(digits) ? Number.parseInt(digits, 8) : Number.NaN;
}

/** The sum of all bytes, those of the sum itself as blanks; old tars summed them with their sign. */
function isSummed(bytes: Buffer, at: number): boolean {
  let [unsigned, signed] = [0, 0];
  for (let i = at; i < at + block; i += 1) {
    const byte = i >= at + 148 && i < at + 156 ? 0x20 : (bytes[i] ?? 0);
    unsigned += byte;
    signed += byte > 127 ? byte - 256 : byte;
  }
  const told = number(bytes, at + 148, 8);
  return told === unsigned || told === signed;
}

function isZero(bytes: Buffer, at: number): boolean {
  for (let i = at; i < at + block; i += 1) if (bytes[i] !== 0) return false;
  return true;
}

function nameAt(bytes: Buffer, at: number): string {
  const [name, prefix] = [text(bytes, at, 100), bytes.toString("latin1", at + 257, at + 263) === "ustar\0" ? text(bytes, at + 345, 155) : ""];
  return prefix === "" ? name : `${prefix}/${name}`;
}

/** Of a whole tar, or of its beginning: then it is broken at its end, and the headers before are right. */
export function readTar(bytes: Buffer): Tar {
  const headers: TarHeader[] = [];
  for (let at = 0; at + block <= bytes.length; ) {
    if (isZero(bytes, at)) return { headers };
    const size = number(bytes, at + 124, 12);
    if (!isSummed(bytes, at) || !(size >= 0)) return { headers, brokenAt: at };
    headers.push({ name: nameAt(bytes, at), type: String.fromCharCode(bytes[at + 156] ?? 0), at: at + block, size });
    at += block + Math.ceil(size / block) * block;
    // The last member's padding is missing in some; its content is not.
    if ((headers.at(-1)?.at ?? 0) + size > bytes.length) return { headers, brokenAt: "end" };
  }
  return headers.length === 0 ? { headers, brokenAt: "end" } : { headers };
}
