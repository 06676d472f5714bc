/** Answers of a weighing as bytes and back: numbers exactly, in columns; half the time of JSON at 40,000 directories. */
import { createHash } from "node:crypto";
import { endianness } from "node:os";
import type { TreeAnswer, TreeQuestion, Weight } from "./tree-weights.ts";

export interface KeptWeights {
  /** Moment of the weighing, ms. */
  readonly asOf: number;
  /** `st_dev` of the root. */
  readonly device: number;
  readonly total: Weight;
  /** `digestOf` the question's units. */
  readonly question: string;
  readonly units: readonly Weight[];
  readonly atMost: boolean;
  /** Relative to the root ("a/b", "" for the root): directories with ino, mtime, ctime. */
  readonly directories: readonly string[];
  /** Files that are rewritten, with ino, mtime, bytes on disk; they follow the directories in `stamps`. */
  readonly rewritten: readonly string[];
  readonly stamps: Float64Array;
}

const SCHEMA = 2;
const columns = ["bytes", "reclaimable", "files", "directories", "writtenMs", "readMs", "shared"] as const;

interface Header extends Omit<KeptWeights, "units" | "directories" | "stamps"> {
  readonly schema: number;
  readonly order: string;
  readonly root: string;
  readonly counts: { readonly units: number; readonly stamps: number };
  /** Of the directories' names. */
  readonly text: "latin1" | "utf16le";
}

export function digestOf(units: TreeQuestion["units"] = []): string {
  const hash = createHash("sha256");
  for (const paths of units) hash.update(`${paths.join("\0")}\0\0`, "utf16le");
  return units.length === 0 ? "" : hash.digest("hex");
}

export function bytesOfWeights(root: string, kept: KeptWeights): Buffer {
  const { units, directories, stamps, ...rest } = kept;
  const names = directories.join("\0");
  // Names that are no UTF-8 have lone surrogates, which UTF-8 loses.
  const encoding = /[^\0-\xff]/.test(names) ? "utf16le" : "latin1";
  const header: Header = { schema: SCHEMA, order: endianness(), root, ...rest, counts: { units: units.length, stamps: stamps.length }, text: encoding };
  const text = Buffer.from(JSON.stringify(header));
  const rows = Float64Array.from(units.flatMap((unit) => columns.map((name) => unit[name])));
  const length = Buffer.alloc(4);
  length.writeUInt32LE(text.length);
  return Buffer.concat([length, text, new Uint8Array(stamps.buffer, stamps.byteOffset, stamps.byteLength), new Uint8Array(rows.buffer), Buffer.from(names, encoding)]);
}

function floatsAt(bytes: Buffer, start: number, count: number): Float64Array {
  return new Float64Array(Uint8Array.prototype.slice.call(bytes, start, start + count * 8).buffer);
}

function unitsOf(rows: Float64Array, count: number): Weight[] {
  return Array.from({ length: count }, (_, unit) => Object.fromEntries(columns.map((name, column) => [name, rows[unit * columns.length + column]])) as unknown as Weight);
}

/** undefined for what another version wrote. The bytes are known to be whole. `withUnits`: they are wanted. */
export function weightsOfBytes(root: string, bytes: Buffer, withUnits = true): KeptWeights | undefined {
  try {
    let at = 4 + bytes.readUInt32LE(0);
    const { schema, order, root: of, counts, text, ...rest } = JSON.parse(bytes.toString("utf8", 4, at)) as Header;
    if (schema !== SCHEMA || order !== endianness() || of !== root) return undefined;
    const stamps = floatsAt(bytes, at, counts.stamps);
    at += counts.stamps * 8;
    const rows = floatsAt(bytes, at, counts.units * columns.length);
    at += rows.byteLength;
    return { ...rest, stamps, units: withUnits ? unitsOf(rows, counts.units) : [], directories: bytes.toString(text, at).split("\0") };
  } catch {
    return undefined;
  }
}

/** As the answer it was. `asked`: the units are wanted. */
export function answerOf(root: string, { total, units, atMost }: KeptWeights, asked: boolean): TreeAnswer {
  return { root, total, units: asked ? units : [], unread: [], otherMounts: [], ...(atMost ? { atMost: true as const } : {}) };
}
