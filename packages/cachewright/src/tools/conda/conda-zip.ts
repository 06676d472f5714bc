/**
 * The outside of a `.conda` file: a zip of two tar files that are compressed by zstd and stored as they are, so that the
 * zip's own checksums prove every byte (conda-package-handling conda_fmt.py; APPNOTE 4.3).
 */
import { crc32 } from "node:zlib";
import type { Looker } from "../../machine/machine.ts";

type Reader = Pick<Looker, "readPart" | "readEnd" | "stat">;

export interface ZipFault {
  readonly kind: "truncated" | "malformed" | "checksum" | "mismatch" | "unreadable";
  readonly says: string;
}

interface Member { readonly name: string; readonly method: number; readonly crc: number; readonly length: number; readonly header: number }

/** A `.conda` has three members; a directory much longer than theirs is not one of its. */
const longestDirectory = 1 << 16;
const piece = 256 << 10;

export function condaZipFault(reader: Reader, path: string, base: string): { readonly bytes: number; readonly fault?: ZipFault } {
  const members = membersOf(reader, path);
  if ("kind" in members) return { bytes: 0, fault: members };
  const kinds = ["info", "pkg"].map((kind) => members.find(({ name }) => name.startsWith(`${kind}-`) && name.endsWith(".tar.zst"))?.name);
  const [info, content] = kinds;
  if (info === undefined || content === undefined) return { bytes: 0, fault: { kind: "malformed", says: "it does not hold the two parts of a package" } };
  if (info !== `info-${base}.tar.zst`) return { bytes: 0, fault: { kind: "mismatch", says: `it holds ${info.slice("info-".length, -".tar.zst".length)}` } };
  let bytes = 0;
  for (const member of members) {
    const fault = memberFault(reader, path, member);
    bytes += member.length;
    if (fault !== undefined) return { bytes, fault };
  }
  return { bytes };
}

function membersOf(reader: Reader, path: string): readonly Member[] | ZipFault {
  const tail = reader.readEnd(path, (1 << 16) + 22);
  if (!tail.ok) return { kind: "unreadable", says: tail.errno };
  const end = tail.value.lastIndexOf(Buffer.from([0x50, 0x4b, 5, 6]));
  if (end < 0 || end + 22 > tail.value.length) return { kind: "truncated", says: "it does not end as a zip does" };
  const [length, offset] = [tail.value.readUInt32LE(end + 12), tail.value.readUInt32LE(end + 16)];
  if (length > longestDirectory) return { kind: "malformed", says: "its directory is not that of a package" };
  const directory = reader.readPart(path, { offset, length });
  if (!directory.ok) return { kind: "unreadable", says: directory.errno };
  const members = parsed(directory.value);
  return members ?? { kind: "malformed", says: "its directory is not where its end says" };
}

function parsed(directory: Buffer): Member[] | undefined {
  const members: Member[] = [];
  for (let at = 0; at < directory.length; ) {
    if (at + 46 > directory.length || directory.readUInt32LE(at) !== 0x02014b50) return undefined;
    const [name, extra, comment] = [28, 30, 32].map((field) => directory.readUInt16LE(at + field)) as [number, number, number];
    members.push({
      name: directory.toString("utf8", at + 46, at + 46 + name), method: directory.readUInt16LE(at + 10), crc: directory.readUInt32LE(at + 16),
      length: directory.readUInt32LE(at + 20), header: directory.readUInt32LE(at + 42),
    });
    at += 46 + name + extra + comment;
  }
  return members.length === 0 ? undefined : members;
}

function memberFault(reader: Reader, path: string, { name, method, crc, length, header }: Member): ZipFault | undefined {
  const local = reader.readPart(path, { offset: header, length: 30 });
  if (!local.ok) return { kind: "unreadable", says: local.errno };
  if (local.value.length < 30 || local.value.readUInt32LE(0) !== 0x04034b50) return { kind: "malformed", says: `${name} is not where its directory says` };
  // Compressed once more, or longer than 4 GiB (zip64): its form is all that is judged.
  if (method !== 0 || length === 0xffffffff) return undefined;
  const start = header + 30 + local.value.readUInt16LE(26) + local.value.readUInt16LE(28);
  let found = 0;
  for (let offset = 0; offset < length; offset += piece) {
    const wanted = Math.min(piece, length - offset);
    const part = reader.readPart(path, { offset: start + offset, length: wanted });
    if (!part.ok) return { kind: "unreadable", says: part.errno };
    if (part.value.length < wanted) return { kind: "truncated", says: `${name} ends after ${offset + part.value.length} of ${length} bytes` };
    found = crc32(part.value, found);
  }
  return found === crc ? undefined : { kind: "checksum", says: `${name} should have the CRC ${hex(crc)}, it has ${hex(found)}` };
}

function hex(crc: number): string {
  return crc.toString(16).padStart(8, "0");
}
