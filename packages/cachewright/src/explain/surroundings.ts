/** The text of one hit and of the lines around it, decoded only when somebody asks. */
import { plainLine } from "./plain-line.ts";

const LINES = 10;
const BYTES = 8192;

export interface Surroundings {
  /** The line as it stands in the log, decoded. */
  readonly raw: string;
  /** The same without terminal codes, CI prefix and box drawing. */
  readonly plain: string;
  /** Up to ten plain lines before it, the nearest last, and after it, the nearest first. */
  before(): readonly string[];
  after(): readonly string[];
  /** All of them, joined by newlines. */
  all(): string;
  /** The bytes of all of them: what is equal in these is read alike. */
  bytes(): string;
}

export function surroundings(buffer: Buffer, filled: number, place: { start: number; end: number }): Surroundings {
  const raw = decode(buffer, place.start, place.end);
  const plain = plainOnce(raw);
  let begin: number | null = null;
  let end: number | null = null;
  const from = (): number => (begin ??= linesBack(buffer, place.start));
  const to = (): number => (end ??= linesOn(buffer, place.end, filled));
  let before: readonly string[] | null = null;
  let after: readonly string[] | null = null;
  let all: string | null = null;
  const around: Surroundings = {
    raw,
    plain,
    before: () => (before ??= decode(buffer, from(), place.start).split("\n").slice(0, -1).map(lastState)),
    after: () => (after ??= decode(buffer, place.end, to()).split("\n").slice(1).map(lastState)),
    bytes: () => {
      return `${place.start - from()} ${raw.length} ${buffer.toString("latin1", from(), to())}`;
    },
    all: () => (all ??= [...around.before(), plain, ...around.after()].join("\n")),
  };
  return around;
}

/** Where the ten lines before the line of `from` begin. */
function linesBack(buffer: Buffer, from: number): number {
  const limit = Math.max(0, from - BYTES);
  const window = buffer.subarray(limit, from);
  let at = window.length;
  for (let breaks = 0; ; breaks++) {
    const end = at === 0 ? -1 : window.lastIndexOf(10, at - 1);
    // Without a line's end there is no line but a part of this one.
    if (end < 0) return breaks === 0 ? from : limit;
    if (breaks === LINES) return limit + end + 1;
    at = end;
  }
}

function linesOn(buffer: Buffer, from: number, filled: number): number {
  const limit = Math.min(filled, from + BYTES);
  const window = buffer.subarray(from, limit);
  let at = 0;
  for (let breaks = 0; ; breaks++) {
    const end = window.indexOf(10, at);
    if (end < 0) return breaks === 0 ? from : limit;
    if (breaks === LINES) return from + end;
    at = end + 1;
  }
}

/** Of a line that a progress bar wrote over and over, the last state counts. */
function lastState(line: string): string {
  const ended = line.replace(/\r{1,8}$/, "");
  return plainOnce(ended.slice(ended.lastIndexOf("\r") + 1));
}

const KEPT = 256;
const LONGEST_KEPT = 512;
const plainLines = new Map<string, string>();

/** Hits stand close together, so each line is a neighbour of many. */
function plainOnce(raw: string): string {
  if (raw.length > LONGEST_KEPT) return plainLine(raw);
  const known = plainLines.get(raw);
  if (known !== undefined) return known;
  if (plainLines.size >= KEPT) plainLines.clear();
  const plain = plainLine(raw);
  plainLines.set(raw, plain);
  return plain;
}

/** UTF-8 where it is; else what a Western Windows console wrote. Characters cut at the ends are left out. */
export function decode(buffer: Buffer, start: number, end: number): string {
  const latin1 = buffer.toString("latin1", start, end);
  if (!/[\x80-\xff]/.test(latin1)) return latin1;
  let from = start;
  while (from < end && from < start + 3 && (buffer[from]! & 0xc0) === 0x80) from++;
  const text = buffer.toString("utf8", from, whole(buffer, from, end));
  return text.includes("\ufffd") ? latin1 : text;
}

/** The end of the last whole UTF-8 character. */
function whole(buffer: Uint8Array, from: number, end: number): number {
  for (let back = 1; back <= 3 && end - back >= from; back++) {
    const byte = buffer[end - back]!;
    if (byte < 0x80) return end;
    if (byte >= 0xc0) return back < (byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2) ? end - back : end;
  }
  return end;
}
