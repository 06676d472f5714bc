/** The central directory of a zip (APPNOTE 6.3, 4.3.12 to 4.3.16), zip64 included. */
import type { Buffer } from "node:buffer";
import type { PartReader } from "./file-part.ts";

export interface ZipMember {
  readonly name: string;
  /** 0: stored, 8: deflated. */
  readonly method: number;
  readonly encrypted: boolean;
  readonly crc: number;
  readonly packed: number;
  readonly size: number;
  /** Where its local header begins. */
  readonly at: number;
}

export interface ZipDirectory {
  readonly members: readonly ZipMember[];
  /** Where the directory begins: members lie before. */
  readonly at: number;
}

export type ZipFault = { readonly kind: "truncated" | "malformed"; readonly says: string };

const endLength = 22;
/** A comment has 65,535 bytes at the most; wheels have none. */
const longestEnd = endLength + 0xffff;
/** Of a member there are some 100 bytes: more than half a million of them are in no archive of Python's. */
const largestDirectory = 64 << 20;
/** The first look: mostly the whole directory, and the small files of `dist-info` before it. */
const firstLook = 16 << 10;

interface Place { readonly start: number; readonly size: number; readonly count: number }

/** Read last to first, as the end record's comment may be anything but the record itself. */
function endRecord(reader: PartReader): { readonly at: number; readonly bytes: Buffer } | undefined {
  // An archive has rarely a comment, and what is held of it is mostly its end.
  const first = reader.holds(reader.length - endLength, endLength) ? endLength : firstLook;
  for (const look of [first, longestEnd]) {
    const from = Math.max(0, reader.length - look);
    const tail = reader.at(from, look);
    for (let at = tail.lastIndexOf("PK\x05\x06", undefined, "latin1"); at >= 0; at = at === 0 ? -1 : tail.lastIndexOf("PK\x05\x06", at - 1, "latin1")) {
      if (at + endLength <= tail.length && at + endLength + tail.readUInt16LE(at + 20) === tail.length) return { at: from + at, bytes: tail.subarray(at, at + endLength) };
    }
    if (look >= reader.length) return undefined;
  }
  return undefined;
}

const wide = (bytes: Buffer, at: number): number => Number(bytes.readBigUInt64LE(at));

/** Where the directory should lie, as the end says. */
function statedPlace(reader: PartReader, end: { readonly at: number; readonly bytes: Buffer }): Place & { readonly end: number } {
  const [count, size, start] = [end.bytes.readUInt16LE(10), end.bytes.readUInt32LE(12), end.bytes.readUInt32LE(16)];
  if (count !== 0xffff && size !== 0xffffffff && start !== 0xffffffff) return { count, size, start, end: end.at };
  const record = end.at >= 76 ? reader.at(end.at - 76, 76) : undefined;
  const isWide = record?.length === 76 && record.readUInt32LE(56) === 0x07064b50 && record.readUInt32LE(0) === 0x06064b50;
  return isWide ? { count: wide(record, 32), size: wide(record, 40), start: wide(record, 48), end: end.at - 76 } : { count, size, start, end: end.at };
}

/** Sizes that did not fit the record stand in its extra field 1, in this order, only those that did not. */
function widened(extra: Buffer, fields: readonly [size: number, packed: number, at: number]): readonly [number, number, number] {
  for (let i = 0; i + 4 <= extra.length; i += 4 + extra.readUInt16LE(i + 2)) {
    if (extra.readUInt16LE(i) !== 1) continue;
    const field = extra.subarray(i + 4, i + 4 + extra.readUInt16LE(i + 2));
    let next = 0;
    const take = (value: number): number => (value === 0xffffffff && next + 8 <= field.length ? wide(field, (next += 8) - 8) : value);
    return [take(fields[0]), take(fields[1]), take(fields[2])];
  }
  return fields;
}

/** Names without the flag are of code page 437: nothing but ASCII is common to both. */
function memberAt(bytes: Buffer, at: number, base: number): { readonly member: ZipMember; readonly next: number } | undefined {
  if (at + 46 > bytes.length || bytes.readUInt32LE(at) !== 0x02014b50) return undefined;
  const [name, extra, comment] = [bytes.readUInt16LE(at + 28), bytes.readUInt16LE(at + 30), bytes.readUInt16LE(at + 32)];
  const next = at + 46 + name + extra + comment;
  if (next > bytes.length) return undefined;
  const fields = [bytes.readUInt32LE(at + 24), bytes.readUInt32LE(at + 20), bytes.readUInt32LE(at + 42)] as const;
  const [size, packed, place] = extra === 0 ? fields : widened(bytes.subarray(at + 46 + name, at + 46 + name + extra), fields);
  const flags = bytes.readUInt16LE(at + 8);
  return {
    member: { name: bytes.toString("utf8", at + 46, at + 46 + name), method: bytes.readUInt16LE(at + 10), encrypted: (flags & 1) !== 0, crc: bytes.readUInt32LE(at + 16), packed, size, at: place + base },
    next,
  };
}

export function readZipDirectory(reader: PartReader): ZipDirectory | ZipFault {
  const end = endRecord(reader);
  if (end === undefined) return { kind: "truncated", says: reader.length === 0 ? "it is empty" : "it does not end as a zip does" };
  const place = statedPlace(reader, end);
  // What stands before the archive shifts everything (a program that unpacks itself); a cut beginning shifts it below 0.
  const base = place.end - place.size - place.start;
  if (!(place.size <= largestDirectory) || !(base >= 0)) return { kind: "malformed", says: "its directory is not where its end says" };
  const bytes = reader.at(place.start + base, place.size);
  const members: ZipMember[] = [];
  let at = 0;
  while (at < bytes.length) {
    const read = memberAt(bytes, at, base);
    if (read === undefined) return { kind: "malformed", says: `its directory breaks off after ${members.length} of ${place.count} members` };
    members.push(read.member);
    at = read.next;
  }
  // Without the wide record the count is told modulo 65,536.
  if ((members.length - place.count) % 0x10000 !== 0) return { kind: "malformed", says: `its directory has ${members.length} members, its end says ${place.count}` };
  return { members, at: place.start + base };
}
