/** When the bytes of entries were last used, in steps of time. Pure; days and months are those of UTC. */
import type { HeldEntry } from "./inventory.ts";

export type Step = "day" | "week" | "month" | "year";

export interface UseBin {
  readonly fromMs: number;
  /** "21 Nov", "16 Nov" (the Monday), "Nov 2026", "2026". */
  readonly name: string;
  readonly entries: number;
  /** Bytes whose last use is told. */
  readonly used: number;
  /** Bytes of which nothing tells the use: they stand where they were written. */
  readonly written: number;
}

export interface UseHistogram {
  readonly step: Step;
  /** Oldest first, up to the present one, none left out. Empty: no entry has a time. */
  readonly bins: readonly UseBin[];
  /** What is older than the first step stands in it. */
  readonly isCut: boolean;
  /** Entries of which neither use nor writing is told. */
  readonly untold: { readonly entries: number; readonly bytes: number };
  /** Entries whose time has not come yet: a clock was wrong. They stand in the present step. */
  readonly ahead: number;
}

export interface HistogramAsk {
  readonly now: number;
  /** Whether it is written down, where that cache lies, that a file was read. */
  readonly isReadingNoted: (root: string) => boolean;
}

const day = 24 * 3_600_000;
const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const mostSteps = 30;
/** A step by itself says little: the empty ones before it show that nothing is older. */
const leastSteps = 7;

export function useHistogram(entries: readonly HeldEntry[], { now, isReadingNoted }: HistogramAsk): UseHistogram {
  const dated = entries.map((entry) => {
    const isUse = entry.usedMs !== null && isReadingNoted(entry.place.root);
    return { ms: isUse ? entry.usedMs ?? 0 : entry.writtenMs, isUse, bytes: entry.size.bytes };
  });
  const told = dated.filter(({ ms }) => ms > 0);
  const without = dated.filter(({ ms }) => ms <= 0);
  const oldest = told.reduce((least, { ms }) => Math.min(least, ms), now);
  const step = stepFor(now - oldest);
  const starts = told.length === 0 ? [] : startsUntil(now, step, oldest);
  const bins = starts.map((fromMs) => ({ fromMs, name: nameOf(fromMs, step), entries: 0, used: 0, written: 0 }));
  for (const { ms, isUse, bytes } of told) {
    const bin = bins[binAt(starts, ms)];
    if (bin === undefined) continue;
    bin.entries += 1;
    bin[isUse ? "used" : "written"] += bytes;
  }
  return {
    step, bins, isCut: (starts[0] ?? 0) > oldest, ahead: told.filter(({ ms }) => ms > now).length,
    untold: { entries: without.length, bytes: without.reduce((sum, { bytes }) => sum + bytes, 0) },
  };
}

function stepFor(span: number): Step {
  if (span <= 21 * day) return "day";
  return span <= 26 * 7 * day ? "week" : span <= 30 * 30 * day ? "month" : "year";
}

/** The step that the moment lies in. */
function startOf(ms: number, step: Step): number {
  const at = new Date(ms);
  const [year, month] = [at.getUTCFullYear(), at.getUTCMonth()];
  if (step === "year") return Date.UTC(year, 0);
  if (step === "month") return Date.UTC(year, month);
  const today = Date.UTC(year, month, at.getUTCDate());
  return step === "day" ? today : today - ((at.getUTCDay() + 6) % 7) * day;
}

function startsUntil(now: number, step: Step, oldest: number): number[] {
  const starts = [startOf(now, step)];
  for (let first = starts[0] ?? 0; (first > oldest || starts.length < leastSteps) && starts.length < mostSteps; ) {
    first = startOf(first - 1, step);
    starts.unshift(first);
  }
  return starts;
}

/** The last that began before; the first for what is older than all. */
function binAt(starts: readonly number[], ms: number): number {
  let at = starts.length - 1;
  while (at > 0 && (starts[at] ?? 0) > ms) at -= 1;
  return at;
}

function nameOf(ms: number, step: Step): string {
  const at = new Date(ms);
  const month = months[at.getUTCMonth()] ?? "";
  if (step === "year") return String(at.getUTCFullYear());
  return step === "month" ? `${month} ${at.getUTCFullYear()}` : `${at.getUTCDate()} ${month}`;
}
