import type { Facts } from "../../facts/facts.ts";
import { copyMode, uvLinkMode } from "../link-mode.ts";
import { behindLinks } from "../look-up.ts";
import type { Finding, Problem, Remedy } from "../problem.ts";

function detect(facts: Facts): Finding[] {
  const { cache, target } = facts.linkPlaces ?? { cache: null, target: null };
  if (cache === null || target === null || uvLinkMode(facts) === "copy") return [];
  const from = behindLinks(facts, cache);
  const to = behindLinks(facts, target);
  if (from.dev === undefined || to.dev === undefined || from.dev === to.dev) return [];
  return [{
    problem: "hardlink-fallback-warning", severity: "note", subject: target,
    evidence: [{ says: `device ${from.dev}`, from: { path: from.path, call: "lstat" }, path: from }, { says: `device ${to.dev}`, from: { path: to.path, call: "lstat" }, path: to }],
    params: { path: target, cache },
  }];
}

function remedies(_found: Finding, facts: Facts): Remedy[] {
  return [
    copyMode(facts),
    { id: "move-cache", needs: "user", steps: [], shown: ["export UV_CACHE_DIR=/A/DIRECTORY/BESIDE/THE/ENVIRONMENTS"] },
  ];
}

/** Asked only: in containers and on clusters it is the usual state, and everything works. */
export const problem: Problem = { id: "hardlink-fallback-warning", severity: "note", tools: ["uv"], when: "asked", detect, remedies };
