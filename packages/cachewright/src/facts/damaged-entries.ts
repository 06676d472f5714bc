import { pipCacheDamage } from "../tools/pip/damage.ts";
import { redact } from "../machine/redact.ts";
import { pipCacheMismatches } from "../tools/pip/mismatch.ts";
import type { DamagedFact, MismatchFact } from "./facts.ts";
import type { Looks } from "./looks.ts";

/** Entries a plain look spends on each cache; contents are read only when asked for. */
const quickLook = 400;
/** A cure is told file by file. */
const most = 200;

export function damagedFacts({ machine }: Looks, caches: readonly string[], whole: boolean): DamagedFact[] {
  return caches.flatMap((cache) => {
    const budget = { left: whole ? Number.POSITIVE_INFINITY : quickLook };
    const found = pipCacheDamage(machine, cache, { now: machine.now().getTime(), contents: whole, budget });
    return found.slice(0, most).map(({ kind, path, paths, says }) => ({ cache, kind, path, paths: [...paths], says }));
  });
}

/** Every download is read from end to end: only for who asked. */
export function mismatchFacts({ machine }: Looks, caches: readonly string[]): MismatchFact[] {
  return caches.flatMap((cache) => pipCacheMismatches(machine, cache, machine.now().getTime()).slice(0, most)
    .map(({ url, paths, expected, got }) => ({ cache, url: redact(url), paths: [...paths], expected, got })));
}
