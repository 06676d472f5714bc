/** Chance that can be had again: the same seed makes the same machines. */
export interface Random {
  /** A whole number below. */
  below(limit: number): number;
  /** True once in so many times. */
  once(times: number): boolean;
  pick<T>(from: readonly T[]): T;
  /** Each with the same chance, in the order given. */
  some<T>(from: readonly T[], times: number): T[];
}

/** mulberry32 */
export function randomFrom(seed: number): Random {
  let state = seed | 0;
  const below = (limit: number): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296) * limit);
  };
  const once = (times: number): boolean => below(times) === 0;
  return {
    below, once,
    pick: (from) => {
      const found = from[below(from.length)];
      if (found === undefined) throw new Error("nothing to pick from");
      return found;
    },
    some: (from, times) => from.filter(() => once(times)),
  };
}
