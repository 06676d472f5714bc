/**
 * A cached response of any age: what it says of itself, and where its body lies. `http-v2` (pip >= 23.3) keeps the body
 * in a file beside the head; `http` keeps both in one, as `cc=4,` msgpack (10.0 to 23.2), `cc=2,` zlib of JSON in base64
 * (6.0.7 to 9.0.3) or `cc=1,` a pickle (until 6.0.6), which is never read.
 */
import { Buffer } from "node:buffer";
import { constants, inflateSync } from "node:zlib";
import type { Looker } from "../../machine/machine.ts";
import { type EntryMetadata, readEntryMetadata } from "./entry-metadata.ts";

export interface HttpFile {
  readonly head: EntryMetadata;
  /** Where it lies in the file. */
  readonly body: { readonly offset: number; readonly length: number };
}

const magic = "cc=4,";
/** `cc=4,` a map with "response", a map, its first key "body" (serialize.py `Serializer.dumps`), and the length. */
const longestStart = 64;

/** Where the body lies in a file of pip 10.0 to 23.2, told by its beginning. */
function bodyPlace(start: Buffer): { readonly tag: number; readonly offset: number; readonly length: number } | undefined {
  const key = start.subarray(0, longestStart).indexOf("\xa8response", 0, "latin1");
  const tag = key + 9 + 1 + 5;
  if (key !== 6 || (start[key + 9] ?? 0) >> 4 !== 8 || start.toString("latin1", key + 10, tag) !== "\xa4body") return undefined;
  const size = { 0xc4: 1, 0xc5: 2, 0xc6: 4 }[start[tag] ?? 0];
  if (size === undefined || tag + 1 + size > start.length) return undefined;
  return { tag, offset: tag + 1 + size, length: start.readUIntBE(tag + 1, size) };
}

/** The bytes of a file, from anywhere in it. */
export type ReadAt = (offset: number, length: number) => Buffer;

/** More than this is no head; servers send a few hundred bytes. */
export const largestHead = 256 << 10;

/** `start`: the first bytes of the file, `size`: of all of it. */
export function readHttpFile(start: Buffer, size: number, readAt: ReadAt): HttpFile | undefined {
  if (start.toString("latin1", 0, magic.length) !== magic) return undefined;
  const place = bodyPlace(start);
  if (place === undefined) return undefined;
  const behind = place.offset + place.length;
  if (behind > size || size - behind > largestHead) return undefined;
  const rest = behind + (size - behind) <= start.length ? start.subarray(behind, size) : readAt(behind, size - behind);
  // The same response with an empty body is what metadata of http-v2 is.
  const head = readEntryMetadata(Buffer.concat([start.subarray(0, place.tag), Buffer.from([0xc4, 0]), rest]));
  return head === undefined ? undefined : { head, body: { offset: place.offset, length: place.length } };
}

export interface OldResponse {
  readonly head: EntryMetadata;
  readonly body: Buffer;
}

/** Bytes that JSON cannot hold are in base64, keys of headers, too (6.0.8 serialize.py). */
function plainText(encoded: unknown): string {
  return typeof encoded === "string" ? Buffer.from(encoded, "base64").toString("latin1") : "";
}

const largestOld = 256 << 20;

/** undefined for what is no whole response of `cc=2,`; `whole`: all bytes of the file. */
export function readOldResponse(whole: Buffer): OldResponse | undefined {
  if (whole.toString("latin1", 0, 5) !== "cc=2,") return undefined;
  try {
    const json: unknown = JSON.parse(inflateSync(whole.subarray(5), { maxOutputLength: largestOld, finishFlush: constants.Z_FINISH }).toString("latin1"));
    const response = (json as { response?: { body?: unknown; headers?: unknown; status?: unknown } }).response;
    if (typeof response?.headers !== "object" || response.headers === null || typeof response.status !== "number" || typeof response.body !== "string") return undefined;
    const headers = Object.fromEntries(Object.entries(response.headers).map(([name, value]) => [plainText(name).toLowerCase(), plainText(value)]));
    return { head: { status: response.status, headers }, body: Buffer.from(response.body, "base64") };
  } catch {
    return undefined;
  }
}

/** A body that had to be unpacked is read as if it were the file. */
export function inMemory(looker: Looker, body: Buffer): Looker {
  return { ...looker, readPart: (_, { offset, length }) => ({ ok: true, value: body.subarray(offset, offset + length) }) };
}
