/** The members of a zip that may be part of another file, read without unpacking it. Foreign bytes: everything is bounded. */
import type { Looker } from "../machine/machine.ts";
import type { FilePart } from "../machine/new-files.ts";
import { crc32, inflateRawSync } from "node:zlib";

export interface ZipMember {
  readonly name: string;
  readonly method: number;
  readonly crc: number;
  readonly packed: number;
  readonly size: number;
  /** Of its local header, from the beginning of the zip. */
  readonly offset: number;
}

type Reads = Pick<Looker, "readPart">;

const most32 = 0xffff_ffff;
const largestDirectory = 128 << 20;

function bytesAt(looker: Reads, { path, offset, length }: FilePart, at: number, count: number): Buffer | undefined {
  if (at < 0 || count < 0 || at + count > length) return undefined;
  const read = looker.readPart(path, { offset: offset + at, length: count });
  return read.ok && read.value.length === count ? read.value : undefined;
}

/** undefined: it is no whole zip. */
export function zipMembers(looker: Reads, part: FilePart): ZipMember[] | undefined {
  const end = directoryPlace(looker, part);
  if (end === undefined || end.length > largestDirectory) return undefined;
  const directory = bytesAt(looker, part, end.start, end.length);
  if (directory === undefined) return undefined;
  const members: ZipMember[] = [];
  for (let at = 0; at < directory.length;) {
    const next = memberAt(directory, at);
    if (next === undefined) return undefined;
    members.push(next.member);
    at = next.end;
  }
  return members.length === end.count ? members : undefined;
}

interface Place {
  readonly start: number;
  readonly length: number;
  readonly count: number;
}

/** The end record stands last; a comment of up to 64 kB may follow it (APPNOTE 4.3.16). */
function directoryPlace(looker: Reads, part: FilePart): Place | undefined {
  for (const reach of [22, 22 + 0xffff]) {
    const count = Math.min(reach, part.length);
    const tail = bytesAt(looker, part, part.length - count, count);
    const at = tail?.lastIndexOf("PK\x05\x06", undefined, "latin1") ?? -1;
    if (tail === undefined || at < 0 || at + 22 > tail.length) continue;
    const place = { count: tail.readUInt16LE(at + 10), length: tail.readUInt32LE(at + 12), start: tail.readUInt32LE(at + 16) };
    const isLarge = place.count === 0xffff || place.length === most32 || place.start === most32;
    return isLarge ? (largePlace(looker, part, part.length - count + at) ?? place) : place;
  }
  return undefined;
}

function largePlace(looker: Reads, part: FilePart, end: number): Place | undefined {
  const locator = bytesAt(looker, part, end - 20, 20);
  if (locator?.toString("latin1", 0, 4) !== "PK\x06\x07") return undefined;
  const record = bytesAt(looker, part, Number(locator.readBigUInt64LE(8)), 56);
  if (record?.toString("latin1", 0, 4) !== "PK\x06\x06") return undefined;
  return { count: Number(record.readBigUInt64LE(32)), length: Number(record.readBigUInt64LE(40)), start: Number(record.readBigUInt64LE(48)) };
}

function memberAt(directory: Buffer, at: number): { readonly member: ZipMember; readonly end: number } | undefined {
  if (at + 46 > directory.length || directory.readUInt32LE(at) !== 0x02014b50) return undefined;
  const [nameLength, extraLength, commentLength] = [28, 30, 32].map((field) => directory.readUInt16LE(at + field)) as [number, number, number];
  const end = at + 46 + nameLength + extraLength + commentLength;
  if (end > directory.length) return undefined;
  const extra = directory.subarray(at + 46 + nameLength, end - commentLength);
  const [packed, size, offset] = [20, 24, 42].map((field) => directory.readUInt32LE(at + field)) as [number, number, number];
  const large = largeValues(extra);
  const grown = [size, packed, offset].map((value) => (value === most32 ? (large.shift() ?? value) : value)) as [number, number, number];
  return { member: { name: directory.toString("utf8", at + 46, at + 46 + nameLength), method: directory.readUInt16LE(at + 10), crc: directory.readUInt32LE(at + 16), size: grown[0], packed: grown[1], offset: grown[2] }, end };
}

function largeValues(extra: Buffer): number[] {
  for (let at = 0; at + 4 <= extra.length;) {
    const length = extra.readUInt16LE(at + 2);
    if (extra.readUInt16LE(at) === 1 && at + 4 + length <= extra.length) return Array.from({ length: Math.floor(length / 8) }, (_, i) => Number(extra.readBigUInt64LE(at + 4 + 8 * i)));
    at += 4 + length;
  }
  return [];
}

/** undefined: it is longer than `limit`, broken, or packed in a way that wheels are not. */
export function readMember(looker: Reads, part: FilePart, { member, limit }: { readonly member: ZipMember; readonly limit: number }): Buffer | undefined {
  if (member.size > limit || member.packed > limit) return undefined;
  const head = bytesAt(looker, part, member.offset, 30);
  if (head?.readUInt32LE(0) !== 0x04034b50) return undefined;
  const packed = bytesAt(looker, part, member.offset + 30 + head.readUInt16LE(26) + head.readUInt16LE(28), member.packed);
  const bytes = packed === undefined ? undefined : unpacked(packed, member);
  return bytes !== undefined && bytes.length === member.size && crc32(bytes) === member.crc ? bytes : undefined;
}

function unpacked(packed: Buffer, { method, size }: ZipMember): Buffer | undefined {
  if (method === 0) return packed;
  if (method !== 8) return undefined;
  try {
    return inflateRawSync(packed, { maxOutputLength: Math.max(size, 1) });
  } catch {
    return undefined;
  }
}
