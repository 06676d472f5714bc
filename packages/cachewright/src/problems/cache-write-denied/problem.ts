import type { Facts } from "../../facts/facts.ts";
import { isAtOrBelow } from "../look-up.ts";
import { foreignParts, foreignPartsRemedies } from "../foreign-parts.ts";
import type { Finding, Problem } from "../problem.ts";
import { cachesDenied, cachesDeniedRemedies } from "../tool-caches.ts";
import { deniedPlaces } from "../tool-places.ts";
import { stopsAtStart, uvCachePart, uvCacheRemedies, uvCaches } from "../uv-cache-parts.ts";

const isMine = (cache: string, path: string): boolean => !isAtOrBelow(path, `${cache}/wheels`);

/** Tools whose caches are told of here, top or part. */
const others = ["poetry", "pdm", "pipenv", "hatch", "virtualenv"] as const;

/** uv does not go on without a part of its cache. What stops it at the start is uv-cache-init-failed, and the whole cure is there. */
function uvParts(facts: Facts): Finding[] {
  return deniedPlaces(facts, "cache-write-denied", { ...uvCaches, severity: "error", mine: (root, path) => !stopsAtStart(facts, root) && uvCachePart(facts, root, path) === "part" })
    .map((found) => ({ ...found, params: { ...found.params, cache: found.params["root"] ?? "", pip: found.params["tool"] ?? "", variant: "stops" } }));
}

function detect(facts: Facts): Finding[] {
  const ofPip = foreignParts(facts, "cache-write-denied", { severity: "warning", mine: (cache, path) => isMine(cache.path, path) });
  const all = [...ofPip, ...uvParts(facts), ...cachesDenied(facts, others)];
  // One path is one finding, whoever else keeps a cache there.
  return all.filter(({ subject }, at) => all.findIndex((other) => other.subject === subject) === at);
}

export const problem: Problem = {
  id: "cache-write-denied",
  severity: "warning",
  tools: ["pip", "uv", ...others],
  when: "always",
  detect,
  remedies: (found, facts) => {
    if (found.params["tools"] === "uv") return uvCacheRemedies(facts, found);
    return found.params["tools"] === undefined ? foreignPartsRemedies(facts, found, (path) => isMine(found.params["cache"] ?? "", path)) : cachesDeniedRemedies(facts, found);
  },
};
