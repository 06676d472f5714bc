import type { Machine } from "../machine/machine.ts";
import { pipCacheEntries, type PipCacheEntry } from "../tools/pip/cache.ts";

/** What a plain look spends on the entries of one cache: doctor's whole budget is some hundred looks. */
export const quickLook = 250;

export interface CacheEntries {
  readonly entries: readonly PipCacheEntry[];
  /** False: a bounded look; there may be more. */
  readonly complete: boolean;
}

/** Looks through each cache once for all who ask in one collection. */
export function cacheEntries(machine: Machine): (cache: string, whole: boolean) => CacheEntries {
  const known = new Map<string, CacheEntries>();
  return (cache, whole) => {
    const key = `${whole ? "whole" : "quick"} ${cache}`;
    const before = known.get(`whole ${cache}`) ?? known.get(key);
    if (before !== undefined) return before;
    const budget = { left: whole ? Number.POSITIVE_INFINITY : quickLook };
    const entries = pipCacheEntries(machine, cache, machine.now().getTime(), budget);
    const seen = { entries, complete: budget.left > 0 };
    known.set(key, seen);
    return seen;
  };
}
