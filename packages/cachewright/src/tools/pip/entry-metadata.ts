/** The metadata file of an HTTP entry: `cc=4,` and a msgpack map (pip >= 10.0, vendored cachecontrol serialize.py). */
import type { Buffer } from "node:buffer";

export interface EntryMetadata {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
}

type Packed = string | number | boolean | null | undefined | { readonly [key: string]: Packed };

interface Reader { readonly bytes: Buffer; at: number }

const isMap = (value: Packed): value is { readonly [key: string]: Packed } => typeof value === "object" && value !== null;

function skip(reader: Reader, length: number): number {
  const at = reader.at;
  if (at + length > reader.bytes.length) throw new RangeError("cut off");
  reader.at = at + length;
  return at;
}

/** Big-endian, of one, two or four bytes. */
function uint(reader: Reader, size: number): number {
  const at = skip(reader, size);
  let number = 0;
  for (let i = at; i < at + size; i += 1) number = number * 256 + (reader.bytes[i] ?? 0);
  return number;
}

function text(reader: Reader, length: number): string {
  const at = skip(reader, length);
  return reader.bytes.toString("utf8", at, at + length);
}

function map(reader: Reader, count: number, depth: number): Packed {
  // Without a prototype: "__proto__" is a header like any other.
  const entries = Object.create(null) as Record<string, Packed>;
  for (let i = 0; i < count; i += 1) {
    const key = value(reader, depth + 1);
    const held = value(reader, depth + 1);
    if (typeof key === "string") entries[key.toLowerCase()] = held;
  }
  return entries;
}

/** Bytes themselves are passed over: the body is no part of what is told. */
function value(reader: Reader, depth: number): Packed {
  if (depth > 8) throw new RangeError("too deep");
  const tag = uint(reader, 1);
  if (tag < 0x80) return tag;
  if (tag < 0x90) return map(reader, tag & 0x0f, depth);
  if (tag >= 0xa0 && tag < 0xc0) return text(reader, tag & 0x1f);
  switch (tag) {
    case 0xc0: return null;
    case 0xc2: return false;
    case 0xc3: return true;
    case 0xc4: case 0xc5: case 0xc6: skip(reader, uint(reader, 1 << (tag - 0xc4))); return undefined;
    case 0xcc: case 0xcd: case 0xce: return uint(reader, 1 << (tag - 0xcc));
    case 0xd9: case 0xda: case 0xdb: return text(reader, uint(reader, 1 << (tag - 0xd9)));
    case 0xde: return map(reader, uint(reader, 2), depth);
    default: throw new RangeError(`type ${tag}`);
  }
}

/** undefined for anything that is not whole metadata; old formats (a pickle among them) are never read. */
export function readEntryMetadata(bytes: Buffer): EntryMetadata | undefined {
  if (bytes.toString("latin1", 0, 5) !== "cc=4,") return undefined;
  try {
    const top = value({ bytes, at: 5 }, 0);
    const response = isMap(top) ? top["response"] : undefined;
    const headers = isMap(response) ? response["headers"] : undefined;
    if (!isMap(response) || !isMap(headers) || typeof response["status"] !== "number") return undefined;
    for (const name in headers) if (typeof headers[name] !== "string") delete (headers as Record<string, unknown>)[name];
    return { status: response["status"], headers: headers as Record<string, string> };
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}
