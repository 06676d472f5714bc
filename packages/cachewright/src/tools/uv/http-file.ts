/**
 * The files in which uv keeps an answer of a server: what it made of the answer, then the policy by which it may be used
 * again (rkyv, opaque). Until 0.12 the file ends with the length of the policy (uv-client cached_client.rs); since 0.13.0
 * with a CRC-32 of all that follows the payload, and the length of the payload [RUN 0.13.0, 0.13.8, 0.13.9].
 */
import type { Buffer } from "node:buffer";
import { crc32 } from "node:zlib";

export interface UvHttpFile {
  readonly payload: Buffer;
  /** Where it came from, when the policy tells. */
  readonly url: string | undefined;
}

export type UvHttpAnswer = UvHttpFile | { readonly fault: string };

/** Both ways of ending are told apart by what they hold: a checksum that fits is no accident. */
export function readUvHttpFile(bytes: Buffer): UvHttpAnswer {
  const { length } = bytes;
  if (length < 8) return { fault: length === 0 ? "it is empty" : "it is shorter than its own end" };
  const last = Number(bytes.readBigUInt64LE(length - 8));
  if (length >= 12 && last <= length - 12 && tailChecksum(bytes, last) === bytes.readUInt32LE(length - 12)) return split(bytes, last, length - 12);
  // A policy of the old form begins with its URL; what is left of a broken file of the new form does not.
  if (last > 0 && last <= length - 8 && urlStart(bytes, length - 8 - last) === length - 8 - last) return split(bytes, length - 8 - last, length - 8);
  return { fault: "its end does not fit the rest" };
}

function tailChecksum(bytes: Buffer, payload: number): number {
  return crc32(bytes.subarray(bytes.length - 8), crc32(bytes.subarray(payload, bytes.length - 12)));
}

function split(bytes: Buffer, payload: number, end: number): UvHttpFile {
  return { payload: bytes.subarray(0, payload), url: urlIn(bytes.subarray(payload, end)) };
}

function urlStart(bytes: Buffer, from: number): number {
  const scheme = bytes.indexOf("://", from, "latin1");
  if (scheme < 0) return -1;
  let start = scheme;
  while (start > from && isLetter(bytes[start - 1] ?? 0)) start -= 1;
  const word = bytes.toString("latin1", start, scheme);
  const http = /https?$/.exec(word);
  return http === null ? -1 : start + http.index;
}

function isLetter(byte: number): boolean {
  return byte >= 0x61 && byte <= 0x7a;
}

/**
 * The request's URL is the first string of a policy. Its length stands in a word pair that leads back to it (rkyv's string:
 * length, and distance as a negative number; 0.8 keeps two bits of the length's lowest byte for itself).
 */
function urlIn(policy: Buffer): string | undefined {
  const start = urlStart(policy, 0);
  if (start < 0) return undefined;
  for (let at = start; at + 8 <= policy.length && at < start + 4096; at += 1) {
    if (policy.readInt32LE(at + 4) !== start - at) continue;
    const length = stringLength(policy.readUInt32LE(at), at - start);
    if (length > 0) return policy.toString("latin1", start, start + length);
  }
  return undefined;
}

/** rkyv 0.7 writes the plain length, which 0.8's marked one is always too large to be. */
function stringLength(word: number, most: number): number {
  if (word <= most) return word;
  const length = (word & 0xc0) === 0x80 ? (word & 0x3f) | ((word & ~0xff) >> 2) : 0;
  return length <= most ? length : 0;
}
