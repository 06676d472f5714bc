import { pipCacheDamage } from "../tools/pip/damage.ts";
import { redact } from "../machine/redact.ts";
import { pipCacheMismatches } from "../tools/pip/mismatch.ts";
import type { cacheEntries } from "./cache-entries.ts";
import type { DamagedFact, MismatchFact } from "./facts.ts";
import type { Looks } from "./looks.ts";

/** A cure is told file by file. */
const most = 200;

export interface DamageRequest {
  readonly caches: readonly string[];
  readonly entriesOf: ReturnType<typeof cacheEntries>;
  /** Read every entry's contents. */
  readonly whole: boolean;
}

export function damagedFacts({ machine }: Looks, { caches, entriesOf, whole }: DamageRequest): DamagedFact[] {
  return caches.flatMap((cache) => {
    const found = pipCacheDamage(machine, entriesOf(cache, whole).entries, whole);
    return found.slice(0, most).map(({ kind, path, paths, says }) => ({ cache, kind, path, paths: [...paths], says }));
  });
}

/** Every download is read from end to end: only for who asked. */
export function mismatchFacts({ machine }: Looks, caches: readonly string[]): MismatchFact[] {
  return caches.flatMap((cache) => pipCacheMismatches(machine, cache, machine.now().getTime()).slice(0, most)
    .map(({ url, paths, expected, got }) => ({ cache, url: redact(url), paths: [...paths], expected, got })));
}
