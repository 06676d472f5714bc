import type { Facts } from "../../facts/facts.ts";
import { isAtOrBelow } from "../look-up.ts";
import type { Finding, Problem } from "../problem.ts";
import { deniedPlaces, toolRoots } from "../tool-places.ts";
import { uvCachePart, uvCacheRemedies, uvCaches } from "../uv-cache-parts.ts";

function variantOf(facts: Facts, path: string): "above" | "top" | "file" {
  const roots = toolRoots(facts, uvCaches).map(({ root }) => root);
  if (roots.includes(path)) return "top";
  return roots.some((root) => isAtOrBelow(path, root)) ? "file" : "above";
}

function detect(facts: Facts): Finding[] {
  const found = deniedPlaces(facts, "uv-cache-init-failed", { ...uvCaches, severity: "error", mine: (root, path) => uvCachePart(facts, root, path) === "start" });
  return found.map((finding) => ({ ...finding, params: { ...finding.params, variant: variantOf(facts, finding.subject) } }));
}

export const problem: Problem = {
  id: "uv-cache-init-failed", severity: "error", tools: ["uv"], when: "always", detect,
  remedies: (found, facts) => uvCacheRemedies(facts, found),
};
