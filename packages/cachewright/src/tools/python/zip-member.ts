/** One member of a zip: its bytes, or whether they are what the directory says. */
import type { Buffer } from "node:buffer";
import { type Hash, createHash } from "node:crypto";
import { constants, crc32, inflateRawSync } from "node:zlib";
import { type PartReader, piecesOf } from "./file-part.ts";
import type { ZipMember } from "./zip-directory.ts";

/** Deflate makes no more than 1,032 bytes of one. */
export const mostOfOne = 1032;
/** Larger ones are not unpacked whole. */
export const largestInMemory = 64 << 20;

export type MemberFault = { readonly kind: "truncated" | "checksum" | "malformed"; readonly says: string };

/** Where the bytes of a member begin, behind its local header (APPNOTE 4.3.7). */
function dataOf(reader: PartReader, member: ZipMember, end: number): number | MemberFault {
  const header = reader.at(member.at, 30);
  if (header.length < 30 || header.readUInt32LE(0) !== 0x04034b50) return { kind: "malformed", says: `${member.name} is not where the directory says` };
  const name = header.readUInt16LE(26);
  const at = member.at + 30 + name + header.readUInt16LE(28);
  // Python's zipfile raises BadZipFile for that, too.
  const other = reader.at(member.at, 30 + name).toString("utf8", 30);
  if (other !== member.name) return { kind: "malformed", says: `${member.name} has another name where it lies` };
  if (header.readUInt16LE(8) !== member.method) return { kind: "malformed", says: `${member.name} is packed in another way than the directory says` };
  return at + member.packed <= end ? at : { kind: "truncated", says: `${member.name} reaches into what comes behind it` };
}

function inflated(packed: Buffer, size: number): Buffer | undefined {
  try {
    // One block of the right size: what is more than that is refused, whatever it unpacks to.
    return inflateRawSync(packed, { maxOutputLength: size + 1, chunkSize: Math.max(64, size + 1) });
  } catch {
    return undefined;
  }
}

/** The bytes of a small member; undefined where they cannot be had. */
export function readMember(reader: PartReader, member: ZipMember, limit: number): Buffer | undefined {
  if (member.size > limit || member.packed > limit || member.encrypted) return undefined;
  const at = dataOf(reader, member, reader.length);
  if (typeof at !== "number") return undefined;
  const packed = reader.at(at, member.packed);
  return member.method === 0 ? packed : member.method === 8 ? inflated(packed, member.size) : undefined;
}

/** The beginning of a member, some `length` bytes of it or all: what its head says is told before it is wholly read. */
export function startOfMember(reader: PartReader, member: ZipMember, length: number): Buffer | undefined {
  const at = member.encrypted ? undefined : dataOf(reader, member, reader.length);
  if (typeof at !== "number") return undefined;
  const packed = reader.at(at, Math.min(member.packed, length));
  if (member.method === 0) return packed;
  try {
    return member.method === 8 ? inflateRawSync(packed, { finishFlush: constants.Z_SYNC_FLUSH, chunkSize: Math.min(16 << 10, Math.max(64, member.size)) }) : undefined;
  } catch {
    return undefined;
  }
}

export interface MemberCheck {
  readonly fault?: MemberFault;
  /** By another way of packing, or too large to be unpacked. */
  readonly unproven?: true;
}

function judge(member: ZipMember, crc: number, size: number): MemberCheck {
  if (size !== member.size) return { fault: { kind: "malformed", says: `${member.name} has ${size} of ${member.size} bytes` } };
  return crc === member.crc ? {} : { fault: { kind: "checksum", says: `${member.name} has the CRC ${hex(crc)} instead of ${hex(member.crc)}` } };
}

const hex = (crc: number): string => crc.toString(16).padStart(8, "0");

function checkStored(reader: PartReader, member: ZipMember, { at, hash }: { readonly at: number; readonly hash: Hash | undefined }): MemberCheck {
  let [crc, size] = [0, 0];
  for (const piece of piecesOf(reader, at, member.packed)) {
    crc = crc32(piece, crc);
    hash?.update(piece);
    size += piece.length;
  }
  return judge(member, crc, size);
}

/** Against the size and CRC in the directory. `hash` is fed with what was unpacked, `end` is where the members end. */
export function checkMember(reader: PartReader, member: ZipMember, { end, hash }: { readonly end: number; readonly hash?: Hash | undefined }): MemberCheck {
  if (member.encrypted) return { fault: { kind: "malformed", says: `${member.name} is encrypted` } };
  const at = dataOf(reader, member, end);
  if (typeof at !== "number") return { fault: at };
  if (member.method === 0) return checkStored(reader, member, { at, hash });
  if (member.method !== 8) return { unproven: true };
  if (member.size > member.packed * mostOfOne) return { fault: { kind: "malformed", says: `${member.name} cannot have ${member.size} bytes: there are ${member.packed}, packed` } };
  if (member.size > largestInMemory || member.packed > largestInMemory) return { unproven: true };
  const bytes = inflated(reader.at(at, member.packed), member.size);
  if (bytes === undefined) return { fault: { kind: "checksum", says: `${member.name} cannot be unpacked` } };
  hash?.update(bytes);
  return judge(member, crc32(bytes), bytes.length);
}

/** For RECORD, which names its algorithms as hashlib does; undefined: not known here. */
export function hashOf(algorithm: string): Hash | undefined {
  return /^(?:sha(?:256|384|512|224|1)|md5)$/.test(algorithm) ? createHash(algorithm) : undefined;
}
