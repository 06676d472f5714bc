/**
 * The streaming search. Bytes are gathered into blocks of one size, so that the result depends on the log alone,
 * not on how it was cut into chunks; one alternation of all triggers runs over each block as latin1, and only
 * the pieces of text around a hit are looked at closer.
 */
import { countNewlines } from "./count-newlines.ts";
import { surroundings, type Surroundings } from "./surroundings.ts";

const BLOCK = 1 << 20;
/** Kept on either side of a block: a cut piece (2 × SIDE) and its neighbours fit in. */
const MARGIN = 16 << 10;
/** A line longer than this on either side of a hit is cut; a path has 4,096 bytes at the most. */
const SIDE = 4096;
/**
 * What may be spent on the hits of one trigger. A hit costs one, more when its line is long: patterns may take
 * the square of a line's length. Beyond it only the end of the log is read, where failures stand.
 */
const BUDGET = 20_000;
/** So many hits beyond the budget are read at the end of the log. */
const LATE = 500;

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
  readonly line: number;
  readonly triggers: readonly string[];
}

export interface Scan {
  push(bytes: Uint8Array): void;
  /** Number of lines. */
  end(): { lines: number; skipped: number };
}

export function scan(triggers: RegExp, onHit: (hit: Hit) => void): Scan {
  const buffer = Buffer.allocUnsafeSlow(BLOCK + 2 * MARGIN);
  const spent = new Map<string, number>();
  let filled = 0;
  let scanned = 0;
  /** Lines that end before `counted`. */
  let counted = 0;
  let newlines = 0;
  let late: Place[] = [];
  let skipped = 0;

  const lineAt = (offset: number): number => {
    if (offset > counted) {
      newlines += countNewlines(buffer, counted, offset);
      counted = offset;
    }
    return newlines + 1;
  };
  const report = (place: Place): void => {
    onHit({ line: place.line, triggers: place.triggers, around: surroundings(buffer, filled, place) });
  };
  const block = (limit: number): void => {
    const text = buffer.toString("latin1", 0, filled);
    triggers.lastIndex = scanned;
    let found = triggers.exec(text);
    while (found !== null && found.index < limit) {
      const start = edge(buffer, found.index, -1, Math.max(0, found.index - SIDE));
      const end = edge(buffer, found.index, 1, Math.min(filled, found.index + SIDE));
      const names: string[] = [];
      do {
        if (!names.includes(found[0])) names.push(found[0]);
        triggers.lastIndex = found.index + 1;
        found = triggers.exec(text);
      } while (found !== null && found.index < end);
      const place: Place = { start, end, line: lineAt(start), triggers: names };
      if (affordable(spent, place)) report(place);
      else if (late.push(place) > 2 * LATE) skipped += late.splice(0, LATE).length;
      scanned = end;
    }
    scanned = Math.max(scanned, limit);
  };

  return {
    push(bytes) {
      for (let at = 0; at < bytes.length; ) {
        const piece = bytes.subarray(at, at + buffer.length - filled);
        buffer.set(piece, filled);
        filled += piece.length;
        at += piece.length;
        if (filled < buffer.length) return;
        const limit = filled - MARGIN;
        block(limit);
        lineAt(limit);
        const shift = limit - MARGIN;
        buffer.copyWithin(0, shift, filled);
        const kept = late.filter((place) => place.start >= shift);
        skipped += late.length - kept.length;
        late = kept.map((place) => ({ ...place, start: place.start - shift, end: place.end - shift }));
        filled -= shift;
        scanned -= shift;
        counted -= shift;
      }
    },
    end() {
      block(filled);
      skipped += Math.max(0, late.length - LATE);
      for (const place of late.slice(-LATE)) report(place);
      const endsOpen = filled > 0 && buffer[filled - 1] !== 10;
      lineAt(filled);
      return { lines: newlines + (endsOpen ? 1 : 0), skipped };
    },
  };
}

/** The nearest line break in one direction; a lone `\r` (a progress bar) breaks as well, but counts no line. */
function edge(buffer: Uint8Array, from: number, step: 1 | -1, limit: number): number {
  let at = step === 1 ? from : from - 1;
  for (; step === 1 ? at < limit : at >= limit; at += step) {
    if (buffer[at] === 10 || buffer[at] === 13) break;
  }
  return step === 1 ? at : at + 1;
}

function affordable(spent: Map<string, number>, place: Place): boolean {
  const length = (place.end - place.start) / 512;
  const cost = 1 + length * length;
  let afford = false;
  for (const trigger of place.triggers) {
    const before = spent.get(trigger) ?? 0;
    if (before < BUDGET) {
      afford = true;
      spent.set(trigger, before + cost);
    }
  }
  return afford;
}
