import { join } from "node:path";
import type { ScanFact } from "./facts.ts";
import { directoriesBetween, look, lookWithAccess, type Looks } from "./looks.ts";

/** The neighbours of ill parts: what is sound beside them can move back when a cache is set aside. */
export function lookBesideDenied(looks: Looks, fact: ScanFact): void {
  const directories = new Set<string>();
  for (const part of fact.denied) {
    looks.paths.set(part.path, part);
    for (const directory of directoriesBetween(fact.root, part.path)) directories.add(directory);
  }
  for (const directory of directories) {
    lookWithAccess(looks, directory);
    const entries = looks.machine.list(directory);
    if (entries.ok) for (const entry of entries.value) look(looks, join(directory, entry.name));
  }
}
