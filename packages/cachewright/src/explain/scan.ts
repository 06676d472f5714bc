/**
 * The streaming search. Bytes are gathered into blocks of one size, so that the result depends on the log alone,
 * not on how it was cut into chunks; all triggers are looked for at once, and only the pieces of text around a hit
 * are looked at closer.
 */
import { blockReader, MARGIN, type Hit } from "./block-reader.ts";
import type { LiteralSearch } from "./literal-search.ts";

const BLOCK = 1 << 20;

/** One buffer is kept for the next log: most logs are small, and a fresh megabyte costs more than they do. */
let spare: Buffer | null = null;

export interface Scan {
  push(bytes: Uint8Array): void;
  /** `skipped`: lines with a trigger that were not read, at least. */
  end(): { lines: number; skipped: number };
}

export function scan(search: LiteralSearch, onHit: (hit: Hit) => void): Scan {
  const buffer = spare ?? Buffer.allocUnsafeSlow(BLOCK + 2 * MARGIN);
  spare = null;
  const reader = blockReader(buffer, search, onHit);
  let filled = 0;
  return {
    push(bytes) {
      for (let at = 0; at < bytes.length; ) {
        const piece = bytes.subarray(at, at + buffer.length - filled);
        buffer.set(piece, filled);
        filled += piece.length;
        at += piece.length;
        if (filled < buffer.length) return;
        const done = filled - MARGIN;
        reader.read(filled, done);
        const gone = done - MARGIN;
        reader.shift(gone);
        buffer.copyWithin(0, gone, filled);
        filled -= gone;
      }
    },
    end() {
      reader.read(filled, filled);
      const result = reader.end(filled);
      spare = buffer;
      return result;
    },
  };
}
