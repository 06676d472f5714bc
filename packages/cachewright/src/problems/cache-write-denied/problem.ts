import type { Facts } from "../../facts/facts.ts";
import { isAtOrBelow } from "../look-up.ts";
import { foreignParts, foreignPartsRemedies } from "../foreign-parts.ts";
import type { Finding, Problem } from "../problem.ts";
import { deniedPlaces } from "../tool-places.ts";
import { stopsAtStart, uvCachePart, uvCacheRemedies, uvCaches } from "../uv-cache-parts.ts";

const isMine = (cache: string, path: string): boolean => !isAtOrBelow(path, `${cache}/wheels`);

/** uv does not go on without a part of its cache. What stops it at the start is uv-cache-init-failed, and the whole cure is there. */
function uvParts(facts: Facts): Finding[] {
  return deniedPlaces(facts, "cache-write-denied", { ...uvCaches, severity: "error", mine: (root, path) => !stopsAtStart(facts, root) && uvCachePart(facts, root, path) === "part" })
    .map((found) => ({ ...found, params: { ...found.params, variant: "tool" } }));
}

export const problem: Problem = {
  id: "cache-write-denied",
  severity: "warning",
  tools: ["pip", "uv"],
  when: "always",
  detect: (facts) => [...foreignParts(facts, "cache-write-denied", { severity: "warning", mine: (cache, path) => isMine(cache.path, path) }), ...uvParts(facts)],
  remedies: (found, facts) => (found.params["variant"] === "tool" ? uvCacheRemedies(facts, found) : foreignPartsRemedies(facts, found, (path) => isMine(found.params["cache"] ?? "", path))),
};
