/** What the two kinds of steps have in common whose entries leave a cache together. */
import * as path from "node:path";
import type { BoundEntry, BoundStep, StepOf } from "./step.ts";

export type MovesAway = StepOf<"set-aside"> | StepOf<"remove-trees">;

/** The bound entries that leave the cache. */
export function movedEntries(bound: BoundStep): BoundEntry[] {
  return bound.entries.filter(({ rel }) => !path.isAbsolute(rel));
}

/** Directories between a cache (or what mirrors it) and its entries, relative, the uppermost first. */
export function directoriesBetween(rels: readonly string[]): string[] {
  const found = new Set<string>();
  for (const rel of rels) {
    for (let at = path.dirname(rel); at !== "." && !found.has(at); at = path.dirname(at)) found.add(at);
  }
  return [...found].sort((a, b) => a.length - b.length || (a < b ? -1 : 1));
}
