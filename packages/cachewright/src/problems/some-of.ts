import type { PathFact } from "../facts/facts.ts";
import type { Evidence } from "./problem.ts";

const shown = 10;

/** Evidence for many paths: the first ten, and how many more there are. `total` may exceed what the facts list. */
export function someOf(paths: readonly PathFact[], how: { readonly call: string; readonly total?: number }, says: (path: PathFact) => string): Evidence[] {
  const evidence = paths.slice(0, shown).map((path): Evidence => ({ says: says(path), from: { path: path.path, call: how.call }, path }));
  const more = Math.max(paths.length, how.total ?? 0) - evidence.length;
  return more > 0 ? [...evidence, { says: `and ${more} more`, from: { call: how.call } }] : evidence;
}
