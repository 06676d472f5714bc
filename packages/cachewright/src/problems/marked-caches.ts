import type { Facts } from "../facts/facts.ts";
import { pipCacheMarks } from "../tools/pip/locations.ts";
import { allCaches, type AnyCache } from "./caches.ts";
import type { ToolRoot } from "./tool-places.ts";

/** A cache of which the facts can tell by names what in it is the tool's own. */
export interface MarkedCache extends AnyCache {
  readonly marks: readonly string[];
}

const divided: ReadonlySet<string> = new Set(["poetry", "pdm", "pipenv", "hatch", "virtualenv"]);

/** Of a cache that a tool divides, the parts; what stands beside them (poetry's environments) is none. One that is whole has one mark, "". */
function marksOfPlaces({ root, uses }: ToolRoot): string[] | undefined {
  const mine = uses.filter(({ tool }) => divided.has(tool));
  if (mine.length === 0) return undefined;
  return [...new Set(mine.map(({ place }) => (place.real.startsWith(`${root}/`) ? place.real.slice(root.length + 1).split("/")[0] ?? "" : "")))];
}

/** pip's caches, uv's and those of project tools: with `cache-dir = ~` everything beside these names is somebody's home. */
export function markedCaches(facts: Facts): MarkedCache[] {
  return allCaches(facts).flatMap((cache): MarkedCache[] => {
    if (cache.uses.length > 0) return [{ ...cache, marks: pipCacheMarks }];
    const others = cache.root === undefined ? undefined : marksOfPlaces(cache.root);
    if (others !== undefined) return [{ ...cache, marks: others }];
    const parts = cache.root?.uses.find(({ tool, place }) => tool === "uv" && place.parts !== undefined)?.place.parts;
    return parts === undefined ? [] : [{ ...cache, marks: parts }];
  });
}
