import { join } from "node:path";
import { pipCacheEntries } from "../tools/pip/cache.ts";
import { pipCacheMarks } from "../tools/pip/locations.ts";
import { quickLook } from "./cache-entries.ts";
import type { AbandonedFact, PipUseFact } from "./facts.ts";
import { lookWithAccess, type Looks } from "./looks.ts";
import { isAtOrBelow } from "./mounts.ts";

/** Default places that no pip found here uses any more, with what the parts of both caches look like. */
export function abandonedFacts(looks: Looks, { uses, whole }: { readonly uses: readonly PipUseFact[]; readonly whole: boolean }): AbandonedFact[] {
  const inUse = uses.flatMap((use) => [...(use.cacheReal === null ? [] : [use.cacheReal]), ...(use.otherCaches ?? []).map(({ real }) => real)]);
  const left = new Set(uses.flatMap((use) => use.defaultCache ?? []).filter((path) => !inUse.some((used) => isAtOrBelow(used, path) || isAtOrBelow(path, used))));
  const { machine } = looks;
  return [...left].flatMap((path): AbandonedFact[] => {
    const top = lookWithAccess(looks, path);
    if (top.type !== "dir" || top.uid !== machine.identity.euid) return [];
    const budget = { left: whole ? Number.POSITIVE_INFINITY : quickLook };
    const entries = pipCacheEntries(machine, path, machine.now().getTime(), budget);
    if (entries.length === 0) return [];
    for (const mark of pipCacheMarks) lookWithAccess(looks, join(path, mark));
    return [{
      path, bytes: entries.reduce((sum, { bytes }) => sum + bytes, 0), entries: entries.length,
      newest: new Date(entries.reduce((newest, { lastUsedMs }) => Math.max(newest, lastUsedMs), 0)).toISOString(), complete: budget.left > 0,
    }];
  });
}
