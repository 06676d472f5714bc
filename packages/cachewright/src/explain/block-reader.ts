/** Finds the lines that hold a trigger in one block after the other of a log, and hands them over, within a budget. */
import { lateHits } from "./late-hits.ts";
import { lineCounter, lineEnd, lineStart } from "./line-places.ts";
import type { LiteralSearch } from "./literal-search.ts";
import { surroundings, type Surroundings } from "./surroundings.ts";

/** Kept on either side of a block: a cut piece (2 × SIDE) and its neighbours fit in. */
export const MARGIN = 16 << 10;
/** A line longer than this on either side of a hit is cut; a path has 4,096 bytes at the most. */
const SIDE = 4096;
/**
 * What may be spent on the lines of one trigger. A line costs one, more when it is long: patterns may take the
 * square of its length. Beyond it only the end of the log is read, where failures stand.
 */
const BUDGET = 8000;
/** The same for hits beyond it, at the end of the log. */
const LATE_BUDGET = 500;

export interface Hit {
  /** Counted from 1. */
  readonly line: number;
  /** Every trigger found in the piece. */
  readonly triggers: readonly string[];
  readonly around: Surroundings;
}

interface Place {
  readonly start: number;
  readonly end: number;
  readonly triggers: string[];
}

export interface BlockReader {
  /** Reads the lines that begin before `limit`; what stands behind it, up to `filled`, are their neighbours. */
  read(filled: number, limit: number): void;
  /** The first `by` bytes of the buffer are about to go. */
  shift(by: number): void;
  end(filled: number): { lines: number; skipped: number };
}

export function blockReader(buffer: Buffer, search: LiteralSearch, onHit: (hit: Hit) => void): BlockReader {
  const spent = new Map<string, number>();
  const lines = lineCounter(buffer);
  const late = lateHits();
  let scanned = 0;

  const report = (place: Place, filled: number): void => {
    onHit({ line: lines.at(place.start), triggers: place.triggers, around: surroundings(buffer, filled, place) });
  };
  const settle = (place: Place, filled: number): void => {
    for (const trigger of place.triggers) spent.set(trigger, (spent.get(trigger) ?? 0) + costOf(place));
    report(place, filled);
  };
  return {
    read(filled, limit) {
      const bytes = buffer.subarray(0, filled);
      let open: Place | null = null;
      const add = (literal: string, at: number): void => {
        if (open !== null && at < open.end) {
          if (!open.triggers.includes(literal)) open.triggers.push(literal);
          return;
        }
        if ((spent.get(literal) ?? 0) >= BUDGET) return late.add(literal, at);
        if (open !== null) settle(open, filled);
        open = placeOf(bytes, at);
        open.triggers.push(...late.take(open.start), literal);
      };
      search.run(bytes, scanned, limit, add);
      scanned = Math.max(scanned, limit);
      const last = open as Place | null;
      if (last === null) return;
      // The rest of the last line belongs to it, on whichever side of the block's end it stands.
      if (last.end > scanned) search.run(bytes, scanned, last.end, add);
      scanned = Math.max(scanned, last.end);
      settle(last, filled);
    },
    shift(by) {
      lines.shift(by);
      late.shift(by);
      scanned -= by;
    },
    end(filled) {
      const places: Place[] = [];
      for (let left = LATE_BUDGET, at = late.last(); at !== undefined; at = late.last()) {
        const place = placeOf(buffer.subarray(0, filled), at);
        left -= costOf(place);
        if (left < 0) break;
        place.triggers.push(...late.take(place.start));
        places.push(place);
      }
      for (const place of places.reverse()) report(place, filled);
      const endsOpen = filled > 0 && buffer[filled - 1] !== 10;
      const count = lines.at(filled) - (endsOpen ? 0 : 1);
      return { lines: count, skipped: Math.min(count, late.lines()) };
    },
  };
}

function placeOf(bytes: Uint8Array, at: number): Place {
  return {
    start: lineStart(bytes, at, Math.max(0, at - SIDE)),
    end: lineEnd(bytes, at, Math.min(bytes.length, at + SIDE)),
    triggers: [],
  };
}

function costOf(place: Place): number {
  const length = (place.end - place.start) / 256;
  return 1 + length * length;
}
