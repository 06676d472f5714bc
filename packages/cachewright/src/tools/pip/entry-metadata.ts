/** The metadata file of an HTTP entry: `cc=4,` and a msgpack map (pip >= 10.0, vendored cachecontrol serialize.py). */
import type { Buffer } from "node:buffer";

export interface EntryMetadata {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
}

type Packed = string | number | boolean | null | Uint8Array | readonly Packed[] | { readonly [key: string]: Packed };

interface Reader { readonly bytes: Buffer; at: number }

const isMap = (value: Packed | undefined): value is { readonly [key: string]: Packed } => typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Uint8Array);

function take(reader: Reader, length: number): Buffer {
  if (reader.at + length > reader.bytes.length) throw new RangeError("cut off");
  reader.at += length;
  return reader.bytes.subarray(reader.at - length, reader.at);
}

const uint = (reader: Reader, size: number): number => take(reader, size).readUIntBE(0, size);

function map(reader: Reader, count: number, depth: number): Packed {
  const entries: [string, Packed][] = [];
  for (let i = 0; i < count; i += 1) {
    const key = value(reader, depth + 1);
    const held = value(reader, depth + 1);
    if (typeof key === "string") entries.push([key.toLowerCase(), held]);
  }
  return Object.fromEntries(entries);
}

/** The types that a response needs; anything else is no metadata of pip's. */
function value(reader: Reader, depth: number): Packed {
  if (depth > 8) throw new RangeError("too deep");
  const tag = uint(reader, 1);
  if (tag < 0x80) return tag;
  if (tag < 0x90) return map(reader, tag & 0x0f, depth);
  if (tag >= 0xa0 && tag < 0xc0) return take(reader, tag & 0x1f).toString("utf8");
  switch (tag) {
    case 0xc0: return null;
    case 0xc2: return false;
    case 0xc3: return true;
    case 0xc4: case 0xc5: case 0xc6: return take(reader, uint(reader, 1 << (tag - 0xc4)));
    case 0xcc: case 0xcd: case 0xce: return uint(reader, 1 << (tag - 0xcc));
    case 0xd9: case 0xda: case 0xdb: return take(reader, uint(reader, 1 << (tag - 0xd9))).toString("utf8");
    case 0xde: return map(reader, uint(reader, 2), depth);
    default: throw new RangeError(`type ${tag}`);
  }
}

/** undefined for anything that is not whole metadata; old formats (a pickle among them) are never read. */
export function readEntryMetadata(bytes: Buffer): EntryMetadata | undefined {
  if (bytes.subarray(0, 5).toString("latin1") !== "cc=4,") return undefined;
  try {
    const top = value({ bytes, at: 5 }, 0);
    const response = isMap(top) ? top["response"] : undefined;
    const headers = isMap(response) ? response["headers"] : undefined;
    if (!isMap(response) || !isMap(headers) || typeof response["status"] !== "number") return undefined;
    return { status: response["status"], headers: Object.fromEntries(Object.entries(headers).flatMap(([name, held]) => (typeof held === "string" ? [[name, held]] : []))) };
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}
