import type { Facts } from "../facts/facts.ts";
import { pipCacheMarks } from "../tools/pip/locations.ts";
import { allCaches, type AnyCache } from "./caches.ts";

/** A cache of which the facts can tell by names what in it is the tool's own. */
export interface MarkedCache extends AnyCache {
  readonly marks: readonly string[];
}

/** pip's caches and uv's: with `cache-dir = ~` everything beside these names is somebody's home. */
export function markedCaches(facts: Facts): MarkedCache[] {
  return allCaches(facts).flatMap((cache): MarkedCache[] => {
    if (cache.uses.length > 0) return [{ ...cache, marks: pipCacheMarks }];
    const parts = cache.root?.uses.find(({ tool, place }) => tool === "uv" && place.parts !== undefined)?.place.parts;
    return parts === undefined ? [] : [{ ...cache, marks: parts }];
  });
}
