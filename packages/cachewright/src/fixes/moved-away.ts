/** What the two kinds of steps have in common whose entries leave a cache together. */
import * as path from "node:path";
import type { BoundEntry, BoundStep, StepOf } from "./step.ts";

export type MovesAway = StepOf<"set-aside"> | StepOf<"remove-trees">;

/** The bound entries that leave the cache. */
export function movedEntries(bound: BoundStep): BoundEntry[] {
  return bound.entries.filter(({ rel }) => !path.isAbsolute(rel));
}

export interface Emptied {
  readonly rel: string;
  readonly mode: number;
}

/** Directories that may go when they are empty, with the modes that undo gives them, the uppermost first. */
export function emptiedOf({ saved }: Pick<BoundStep, "saved">): readonly Emptied[] {
  const pairs = JSON.parse(saved?.["emptied"] ?? "[]") as readonly (readonly [string, number])[];
  return pairs.map(([rel, mode]) => ({ rel, mode }));
}

export function savedEmptied(emptied: readonly Emptied[]): Readonly<Record<string, string>> {
  return { emptied: JSON.stringify(emptied.map(({ rel, mode }) => [rel, mode])) };
}

/** Directories between a cache (or what mirrors it) and its entries, relative, the uppermost first. */
export function directoriesBetween(rels: readonly string[]): string[] {
  const found = new Set<string>();
  for (const rel of rels) {
    for (let at = path.dirname(rel); at !== "." && !found.has(at); at = path.dirname(at)) found.add(at);
  }
  return [...found].sort((a, b) => a.length - b.length || (a < b ? -1 : 1));
}
