/**
 * Hits of triggers whose budget is spent: only the latest are kept, as offsets, for they are read when a fresh
 * trigger stands in the same line, or when the log ends. A log full of one complaint must not cost more than that.
 */
const KEPT = 2048;

export interface LateHits {
  add(literal: string, at: number): void;
  /** Hands over, and forgets, the triggers at `start` and behind it. */
  take(start: number): string[];
  /** The offset of the last one that is left. */
  last(): number | undefined;
  /** Offsets fall by so much; hits that leave the buffer are forgotten. */
  shift(by: number): void;
  /** How many lines were passed by, at least: those of the most frequent trigger. */
  lines(): number;
}

export function lateHits(): LateHits {
  let literals: string[] = [];
  let offsets: number[] = [];
  const passed = new Map<string, number>();
  const drop = (count: number): void => {
    literals = literals.slice(count);
    offsets = offsets.slice(count);
  };
  return {
    add(literal, at) {
      passed.set(literal, (passed.get(literal) ?? 0) + 1);
      literals.push(literal);
      offsets.push(at);
      if (literals.length >= 2 * KEPT) drop(KEPT);
    },
    take(start) {
      const taken = new Set<string>();
      while (offsets.length > 0 && offsets.at(-1)! >= start) {
        offsets.pop();
        const literal = literals.pop()!;
        taken.add(literal);
        passed.set(literal, passed.get(literal)! - 1);
      }
      return [...taken];
    },
    last: () => offsets.at(-1),
    shift(by) {
      const gone = offsets.findIndex((offset) => offset >= by);
      drop(gone < 0 ? offsets.length : gone);
      offsets = offsets.map((offset) => offset - by);
    },
    lines: () => Math.max(0, ...passed.values()),
  };
}
