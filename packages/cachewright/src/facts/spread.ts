/** At most `limit` of them, from the first to the last at even distances: what was added later stands anywhere in a sorted list. */
export function spread<T>(all: readonly T[], limit: number): T[] {
  if (all.length <= limit) return [...all];
  return Array.from({ length: limit }, (_, i) => all[Math.floor((i * all.length) / limit)] as T);
}
