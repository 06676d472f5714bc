/**
 * Archives are files or lie inside others: pip before 23.3 and others keep a response's body between its headers. Both
 * are read as parts of files, in pieces, so that their size costs no memory.
 */
import { Buffer } from "node:buffer";
import type { Answer, Errno, Looker } from "../../machine/machine.ts";

export interface FilePart {
  readonly path: string;
  readonly offset: number;
  readonly length: number;
}

/** Large enough that opening the file anew for each piece costs nothing beside reading it. */
const pieceLength = 1 << 20;

/** Any regular file as the part that is the whole of it; links are not followed. */
export function wholeFile(looker: Looker, path: string): Answer<FilePart> {
  const seen = looker.lstat(path);
  if (!seen.ok) return seen;
  return seen.value.type === "file" ? { ok: true, value: { path, offset: 0, length: seen.value.size } } : { ok: false, errno: "ENOTREG" };
}

/** A file vanished or may not be read while it was; thrown inside a check only, and caught by `readingArchive`. */
export interface ReadFailure {
  readonly readFailure: Errno;
}

export function isReadFailure(error: unknown): error is ReadFailure {
  return typeof error === "object" && error !== null && "readFailure" in error;
}

/** Bytes of a part, read ahead: what is asked for in order costs one read for each piece. */
export interface PartReader {
  readonly length: number;
  /** Fewer than asked for where the part ends before. Valid until the next call. */
  at(offset: number, length: number): Buffer;
  /** Whether `at` answers without reading. */
  holds(offset: number, length: number): boolean;
  /** How much was read of the file. */
  bytes(): number;
}

/** Bytes of a part that were read before, at this offset of it. */
export interface HeldBytes { readonly at: number; readonly bytes: Buffer }

const none: HeldBytes = { at: 0, bytes: Buffer.alloc(0) };

export function partReader(looker: Looker, part: FilePart, before: readonly HeldBytes[] = []): PartReader {
  let { at: from, bytes: held } = none;
  let bytes = 0;
  const heldBefore = (offset: number, length: number): HeldBytes | undefined => before.find((one) => offset >= one.at && offset + length <= one.at + one.bytes.length);
  const at = (offset: number, length: number): Buffer => {
    const wanted = Math.max(0, Math.min(length, part.length - offset));
    const known = heldBefore(offset, wanted);
    if (known !== undefined) return known.bytes.subarray(offset - known.at, offset - known.at + wanted);
    if (offset < from || offset + wanted > from + held.length) {
      const ahead = Math.max(0, Math.min(Math.max(wanted, pieceLength), part.length - offset));
      const read = looker.readPart(part.path, { offset: part.offset + offset, length: ahead });
      if (!read.ok) throw Object.assign(new Error(read.errno), { readFailure: read.errno });
      [from, held] = [offset, read.value];
      bytes += held.length;
    }
    return held.subarray(offset - from, offset - from + wanted);
  };
  return { length: part.length, at, holds: (offset, length) => heldBefore(offset, length) !== undefined || (offset >= from && offset + length <= from + held.length), bytes: () => bytes };
}

/** A stretch of the part, piece by piece. */
export function* piecesOf(reader: PartReader, offset: number, length: number): Generator<Buffer> {
  for (let done = 0; done < length; ) {
    const piece = reader.at(offset + done, Math.min(pieceLength, length - done));
    if (piece.length === 0) return;
    yield piece;
    done += piece.length;
  }
}
