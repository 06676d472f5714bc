/**
 * The streaming search. Bytes are gathered into blocks of one size, so that the result depends on the log alone,
 * not on how it was cut into chunks; all triggers are looked for at once, and only the pieces of text around a hit
 * are looked at closer.
 */
import { lateHits } from "./late-hits.ts";
import { lineCounter, lineEnd, lineStart } from "./line-places.ts";
import type { LiteralSearch } from "./literal-search.ts";
import { surroundings, type Surroundings } from "./surroundings.ts";

const BLOCK = 1 << 20;
/** Kept on either side of a block: a cut piece (2 × SIDE) and its neighbours fit in. */
const MARGIN = 16 << 10;
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

export interface Scan {
  push(bytes: Uint8Array): void;
  /** `skipped`: lines with a trigger that were not read, at least. */
  end(): { lines: number; skipped: number };
}

export function scan(search: LiteralSearch, onHit: (hit: Hit) => void): Scan {
  const buffer = Buffer.allocUnsafeSlow(BLOCK + 2 * MARGIN);
  const spent = new Map<string, number>();
  const lines = lineCounter(buffer);
  const late = lateHits();
  let filled = 0;
  let scanned = 0;

  const placeOf = (at: number): Place => ({
    start: lineStart(buffer, at, Math.max(0, at - SIDE)),
    end: lineEnd(buffer, at, Math.min(filled, at + SIDE)),
    triggers: [],
  });
  const report = (place: Place): void => {
    onHit({ line: lines.at(place.start), triggers: place.triggers, around: surroundings(buffer, filled, place) });
  };
  const settle = (place: Place): void => {
    const cost = costOf(place);
    for (const trigger of place.triggers) spent.set(trigger, (spent.get(trigger) ?? 0) + cost);
    report(place);
  };
  const block = (limit: number): void => {
    const bytes = buffer.subarray(0, filled);
    let open: Place | null = null;
    const add = (literal: string, at: number): void => {
      if (open !== null && at < open.end) {
        if (!open.triggers.includes(literal)) open.triggers.push(literal);
        return;
      }
      if ((spent.get(literal) ?? 0) >= BUDGET) return late.add(literal, at);
      if (open !== null) settle(open);
      open = placeOf(at);
      open.triggers.push(...late.take(open.start), literal);
    };
    search.run(bytes, scanned, limit, add);
    scanned = Math.max(scanned, limit);
    const last = open as Place | null;
    if (last === null) return;
    // The rest of the last line belongs to it, on whichever side of the block's end it stands.
    if (last.end > scanned) search.run(bytes, scanned, last.end, add);
    scanned = Math.max(scanned, last.end);
    settle(last);
  };
  const shift = (by: number): void => {
    lines.shift(by);
    late.shift(by);
    buffer.copyWithin(0, by, filled);
    filled -= by;
    scanned -= by;
  };
  const readLate = (): void => {
    const places: Place[] = [];
    for (let left = LATE_BUDGET, at = late.last(); at !== undefined; at = late.last()) {
      const place = placeOf(at);
      left -= costOf(place);
      if (left < 0) break;
      place.triggers.push(...late.take(place.start));
      places.push(place);
    }
    for (const place of places.reverse()) report(place);
  };

  return {
    push(bytes) {
      for (let at = 0; at < bytes.length; ) {
        const piece = bytes.subarray(at, at + buffer.length - filled);
        buffer.set(piece, filled);
        filled += piece.length;
        at += piece.length;
        if (filled < buffer.length) return;
        block(filled - MARGIN);
        shift(filled - 2 * MARGIN);
      }
    },
    end() {
      block(filled);
      readLate();
      const endsOpen = filled > 0 && buffer[filled - 1] !== 10;
      const count = lines.at(filled) - (endsOpen ? 0 : 1);
      return { lines: count, skipped: Math.min(count, late.lines()) };
    },
  };
}

function costOf(place: Place): number {
  const length = (place.end - place.start) / 512;
  return 1 + length * length;
}
