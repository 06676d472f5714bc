import { dirname } from "node:path";
import type { Facts } from "../../facts/facts.ts";
import { accountName, nearestPresent, octal, pathFact, scanOf } from "../look-up.ts";
import { markedCaches, type MarkedCache } from "../marked-caches.ts";
import { together } from "../ownership-cures.ts";
import type { Finding, Problem, Remedy } from "../problem.ts";
import { someOf } from "../some-of.ts";
import { condaOpenCures, condaOpenToAll } from "./conda.ts";
import { above, isReachable, openToOthers, takeBits } from "./open-to-others.ts";

function detectFor(facts: Facts, cache: MarkedCache): Finding[] {
  if (nearestPresent(facts, cache.path).path !== cache.path) return [];
  const parents = above(facts, cache.path).filter(openToOthers);
  const open = [...parents, ...(scanOf(facts, cache.path)?.openToAll ?? [])];
  const reached = open.find((path) => isReachable(facts, path.path));
  const first = reached ?? open[0];
  if (first === undefined) return [];
  return [{
    problem: "cache-world-writable", severity: reached === undefined ? "note" : "warning", subject: cache.path,
    evidence: [
      ...someOf(open, { call: "lstat" }, (path) => `any account may write it (mode ${octal(path.mode)})`),
      ...(reached === undefined ? [{ says: "only a closed directory above it keeps others out", from: { path: dirname(first.path) } }] : []),
    ],
    params: {
      path: cache.path, by: first.path, pip: cache.users, owner: accountName(facts, first.uid), mode: octal(first.mode), count: String(open.length),
      variant: parents.includes(first) ? "parent" : "cache",
    },
  }];
}

function detect(facts: Facts): Finding[] {
  const others = markedCaches(facts).flatMap((cache) => detectFor(facts, cache));
  return [...others, ...condaOpenToAll(facts, new Set(others.flatMap(({ evidence }) => evidence.flatMap(({ path }) => path?.path ?? []))))];
}

/** With cache-dir = ~ everything else in it is somebody's home; a cache that is whole is closed whole. */
function partsToClose(facts: Facts, path: string): { readonly select: "tree"; readonly only?: readonly string[] } {
  const marks = markedCaches(facts).find((cache) => cache.path === path)?.marks ?? [];
  return marks.includes("") ? { select: "tree" } : { select: "tree", only: marks };
}

function remedies(found: Finding, facts: Facts): Remedy[] {
  return condaOpenCures(found, facts) ?? pipCures(found, facts);
}

function pipCures(found: Finding, facts: Facts): Remedy[] {
  const cache = pathFact(facts, found.subject);
  const parents = above(facts, found.subject).filter(openToOthers);
  const inside = (scanOf(facts, found.subject)?.openCount ?? 0) > 0;
  const cures = [
    ...parents.flatMap((parent) => takeBits(facts, "take-parent-bits-away", parent, { select: "top" })),
    // With cache-dir = ~ everything else in it is somebody's home.
    ...(inside ? takeBits(facts, "take-bits-away", cache, partsToClose(facts, found.subject)) : []),
  ];
  return [...together(cures, parents.length + (inside ? 1 : 0)), { id: "share-properly", needs: "user", steps: [], shown: ["cachewright explain cache-world-writable"] }];
}

export const problem: Problem = { id: "cache-world-writable", severity: "warning", tools: ["pip", "conda", "uv", "poetry", "pdm", "pipenv", "hatch", "virtualenv"], when: "always", detect, remedies };
