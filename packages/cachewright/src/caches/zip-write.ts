/**
 * A zip that is the same for the same content: no dates of the moment, modes 644 and 755 only, members in the order they
 * are given (PKWARE APPNOTE 6.3). Deflated by pieces, so that no member has to fit into memory; the bytes are the same for
 * one zlib, not from one Node to the next.
 */
import type { GrowingFile } from "../machine/new-files.ts";
import { crc32, deflateRawSync } from "node:zlib";

export interface NewMember {
  readonly name: string;
  readonly isExecutable: boolean;
  readonly size: number;
  /** `size` bytes, the last piece as well as the first not empty. */
  readonly pieces: Iterable<Uint8Array>;
}

interface Written {
  readonly name: Buffer;
  readonly isExecutable: boolean;
  readonly isDeflated: boolean;
  readonly crc: number;
  readonly size: number;
  readonly packed: number;
  readonly offset: number;
}

const most32 = 0xffff_ffff;
/** 1980-01-01 00:00, the first date a zip can say. */
const firstDay = (1 << 5) | 1;
const finish = 4;
/** Ends a piece on a byte, with nothing carried over: pieces stand one behind the other as one stream. */
const fullFlush = 3;

export function writeZip(file: GrowingFile, members: Iterable<NewMember>): void {
  const written: Written[] = [];
  for (const member of members) written.push(writeMember(file, member));
  const start = file.size();
  for (const member of written) file.append(centralHeader(member));
  file.append(endOf(written.length, start, file.size() - start));
}

function writeMember(file: GrowingFile, { name, isExecutable, size, pieces }: NewMember): Written {
  const offset = file.size();
  const start = { name: Buffer.from(name, "utf8"), isExecutable, offset };
  // Room for large sizes is kept in the header, which is mended when they are known.
  const isLarge = size >= most32 - (most32 >>> 8);
  file.append(localHeader({ ...start, isDeflated: size > 0, crc: 0, size, packed: 0 }, isLarge));
  const begin = file.size();
  let crc = 0;
  let read = 0;
  for (const piece of pieces) {
    read += piece.length;
    crc = crc32(piece, crc);
    file.append(deflateRawSync(piece, { level: 6, finishFlush: read >= size ? finish : fullFlush }));
  }
  if (read !== size) throw new RangeError(`${name}: ${read} bytes in place of ${size}`);
  const member = { ...start, isDeflated: size > 0, crc, size, packed: file.size() - begin };
  file.patch(offset, localHeader(member, isLarge));
  return member;
}

/** What local and central headers have in common, from "version needed" to the length of the name. */
function common({ name, isDeflated, crc, size, packed }: Written, isLarge: boolean, extra: number): Buffer {
  const bytes = Buffer.alloc(26);
  bytes.writeUInt16LE(isLarge ? 45 : 20, 0);
  // Names are UTF-8 (bit 11), said only where it matters.
  bytes.writeUInt16LE(name.some((byte) => byte > 0x7f) ? 0x800 : 0, 2);
  bytes.writeUInt16LE(isDeflated ? 8 : 0, 4);
  bytes.writeUInt16LE(firstDay, 8);
  bytes.writeUInt32LE(crc, 10);
  bytes.writeUInt32LE(isLarge ? most32 : packed, 14);
  bytes.writeUInt32LE(isLarge ? most32 : size, 18);
  bytes.writeUInt16LE(name.length, 22);
  bytes.writeUInt16LE(extra, 24);
  return bytes;
}

/** Zip64: sizes in 64 bits (APPNOTE 4.5.3). */
function largeExtra(values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(4 + 8 * values.length);
  bytes.writeUInt16LE(1, 0);
  bytes.writeUInt16LE(8 * values.length, 2);
  values.forEach((value, i) => bytes.writeBigUInt64LE(BigInt(value), 4 + 8 * i));
  return bytes;
}

function localHeader(member: Written, isLarge: boolean): Buffer {
  const extra = isLarge ? largeExtra([member.size, member.packed]) : Buffer.alloc(0);
  return Buffer.concat([Buffer.from("PK\x03\x04", "latin1"), common(member, isLarge, extra.length), member.name, extra]);
}

function centralHeader(member: Written): Buffer {
  const isLarge = member.size >= most32 || member.packed >= most32;
  const isFar = member.offset >= most32;
  const values = [...(isLarge ? [member.size, member.packed] : []), ...(isFar ? [member.offset] : [])];
  const extra = values.length > 0 ? largeExtra(values) : Buffer.alloc(0);
  const head = Buffer.from([0x50, 0x4b, 1, 2, isLarge || isFar ? 45 : 20, 3]);
  const tail = Buffer.alloc(14);
  // Regular file, 755 or 644, as Unix keeps it in the upper half; "made by" above says Unix.
  tail.writeUInt32LE((member.isExecutable ? 0o100755 : 0o100644) * 0x10000, 6);
  tail.writeUInt32LE(isFar ? most32 : member.offset, 10);
  return Buffer.concat([head, common(member, isLarge, extra.length), tail, member.name, extra]);
}

function endOf(count: number, start: number, length: number): Buffer {
  const isLarge = count >= 0xffff || start >= most32 || length >= most32;
  const end = Buffer.alloc(22);
  end.write("PK\x05\x06", 0, "latin1");
  end.writeUInt16LE(Math.min(count, 0xffff), 8);
  end.writeUInt16LE(Math.min(count, 0xffff), 10);
  end.writeUInt32LE(Math.min(length, most32), 12);
  end.writeUInt32LE(Math.min(start, most32), 16);
  return isLarge ? Buffer.concat([largeEnd(count, start, length), end]) : end;
}

function largeEnd(count: number, start: number, length: number): Buffer {
  const bytes = Buffer.alloc(56 + 20);
  bytes.write("PK\x06\x06", 0, "latin1");
  bytes.writeBigUInt64LE(44n, 4);
  bytes.writeUInt16LE((3 << 8) | 45, 12);
  bytes.writeUInt16LE(45, 14);
  [count, count, length, start].forEach((value, i) => bytes.writeBigUInt64LE(BigInt(value), 24 + 8 * i));
  bytes.write("PK\x06\x07", 56, "latin1");
  bytes.writeBigUInt64LE(BigInt(start + length), 64);
  bytes.writeUInt32LE(1, 72);
  return bytes;
}
