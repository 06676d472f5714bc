/**
 * MessagePack as tools write it into their caches (https://github.com/msgpack/msgpack/blob/master/spec.md), read from bytes
 * that anybody may have written: bounded in depth, and never longer than the bytes are.
 */
import type { Buffer } from "node:buffer";

export type Packed = string | number | boolean | null | Uint8Array | readonly Packed[] | { readonly [key: string]: Packed };

export interface PackedValue {
  readonly value: Packed;
  /** Where the next byte after it is. */
  readonly end: number;
}

interface Reader { readonly bytes: Buffer; at: number }

const deepest = 32;

export function isPackedMap(value: Packed | undefined): value is { readonly [key: string]: Packed } {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Uint8Array);
}

/** The value that begins at `at`; undefined for what is cut off or no MessagePack. */
export function readMsgpack(bytes: Buffer, at = 0): PackedValue | undefined {
  const reader = { bytes, at };
  try {
    const value = read(reader, 0);
    return { value, end: reader.at };
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

function take(reader: Reader, length: number): Buffer {
  if (reader.at + length > reader.bytes.length) throw new RangeError("cut off");
  reader.at += length;
  return reader.bytes.subarray(reader.at - length, reader.at);
}

function uint(reader: Reader, size: number): number {
  const held = take(reader, size);
  return size === 8 ? Number(held.readBigUInt64BE()) : held.readUIntBE(0, size);
}

function int(reader: Reader, size: number): number {
  const held = take(reader, size);
  return size === 8 ? Number(held.readBigInt64BE()) : held.readIntBE(0, size);
}

const text = (reader: Reader, length: number): string => take(reader, length).toString("utf8");

/** Each element is a byte at least: a count beyond what is left is no reason to reserve room for it. */
function counted(reader: Reader, count: number, size: number): number {
  if (count * size > reader.bytes.length - reader.at) throw new RangeError("cut off");
  return count;
}

function array(reader: Reader, count: number, depth: number): Packed {
  const items: Packed[] = [];
  for (let left = counted(reader, count, 1); left > 0; left -= 1) items.push(read(reader, depth + 1));
  return items;
}

function map(reader: Reader, count: number, depth: number): Packed {
  const entries: [string, Packed][] = [];
  for (let left = counted(reader, count, 2); left > 0; left -= 1) {
    const key = read(reader, depth + 1);
    const held = read(reader, depth + 1);
    if (typeof key === "string" || typeof key === "number") entries.push([String(key), held]);
  }
  return Object.fromEntries(entries);
}

/** Extensions (timestamps, a program's own): their bytes without the type. */
function extension(reader: Reader, length: number): Packed {
  take(reader, 1);
  return take(reader, length);
}

function read(reader: Reader, depth: number): Packed {
  if (depth > deepest) throw new RangeError("too deep");
  const tag = uint(reader, 1);
  if (tag < 0x80) return tag;
  if (tag < 0x90) return map(reader, tag & 0x0f, depth);
  if (tag < 0xa0) return array(reader, tag & 0x0f, depth);
  if (tag < 0xc0) return text(reader, tag & 0x1f);
  if (tag >= 0xe0) return tag - 0x100;
  return readTagged(reader, tag, depth);
}

function readTagged(reader: Reader, tag: number, depth: number): Packed {
  switch (tag) {
    case 0xc0: return null;
    case 0xc2: return false;
    case 0xc3: return true;
    case 0xc4: case 0xc5: case 0xc6: return take(reader, uint(reader, 1 << (tag - 0xc4)));
    case 0xc7: case 0xc8: case 0xc9: return extension(reader, uint(reader, 1 << (tag - 0xc7)));
    case 0xca: return take(reader, 4).readFloatBE();
    case 0xcb: return take(reader, 8).readDoubleBE();
    case 0xcc: case 0xcd: case 0xce: case 0xcf: return uint(reader, 1 << (tag - 0xcc));
    case 0xd0: case 0xd1: case 0xd2: case 0xd3: return int(reader, 1 << (tag - 0xd0));
    case 0xd4: case 0xd5: case 0xd6: case 0xd7: case 0xd8: return extension(reader, 1 << (tag - 0xd4));
    case 0xd9: case 0xda: case 0xdb: return text(reader, uint(reader, 1 << (tag - 0xd9)));
    case 0xdc: case 0xdd: return array(reader, uint(reader, 2 << (tag - 0xdc)), depth);
    case 0xde: case 0xdf: return map(reader, uint(reader, 2 << (tag - 0xde)), depth);
    default: throw new RangeError(`type ${tag}`);
  }
}
