import { dirname } from "node:path";
import type { Facts, PathFact } from "../../facts/facts.ts";
import { accountName, nearestPresent, octal, pathFact, pipCaches, scanOf, selfActor, type CacheUse } from "../look-up.ts";
import type { Finding, Problem, Remedy } from "../problem.ts";

function openToOthers(path: PathFact): boolean {
  return path.state === "present" && path.type === "dir" && ((path.mode ?? 0) & 0o002) !== 0 && ((path.mode ?? 0) & 0o1000) === 0;
}

/** Directories from the root of the file system down to (not including) the path. */
function above(facts: Facts, path: string): PathFact[] {
  const parents: PathFact[] = [];
  for (let at = dirname(path); ; at = dirname(at)) {
    parents.unshift(pathFact(facts, at));
    if (at === dirname(at)) return parents;
  }
}

/** Can any account reach the path at all? A closed directory above it keeps them out. */
function isReachable(facts: Facts, path: string): boolean {
  return above(facts, path).every((parent) => ((parent.mode ?? 0) & 0o001) !== 0);
}

function detectFor(facts: Facts, cache: CacheUse): Finding[] {
  if (nearestPresent(facts, cache.path).path !== cache.path) return [];
  const inside = scanOf(facts, cache.path)?.openToAll ?? [];
  const parents = above(facts, cache.path).filter(openToOthers);
  const first = parents[0] ?? inside[0];
  if (first === undefined) return [];
  const reachable = isReachable(facts, first.path);
  const open = [...parents, ...inside];
  return [{
    problem: "cache-world-writable", severity: reachable ? "warning" : "note", subject: cache.path,
    evidence: [
      ...open.slice(0, 10).map((path) => ({ says: `any account may write it (mode ${octal(path.mode)})`, from: { path: path.path, call: "lstat" }, path })),
      ...(reachable ? [] : [{ says: "only a closed directory above it keeps others out", from: { path: dirname(first.path) } }]),
    ],
    params: {
      path: cache.path, by: first.path, pip: cache.pips, owner: accountName(facts, first.uid), mode: octal(first.mode), count: String(open.length),
      variant: parents.length > 0 ? "parent" : "cache",
    },
  }];
}

function takeBits(facts: Facts, id: string, path: PathFact, select: "top" | "tree"): Remedy[] {
  const own = path.uid === facts.user.euid;
  if (!own && facts.user.euid === 0) return [];
  return [{
    id, needs: own ? "user" : "root", params: { path: path.path },
    steps: [{
      kind: "chmod", why: "only its owner and group keep the right to write", actor: own ? selfActor(facts) : "root", root: path.path, within: path.path, select,
      dirs: { add: 0, remove: 0o002 }, files: { add: 0, remove: 0o002 },
    }],
  }];
}

function remedies(found: Finding, facts: Facts): Remedy[] {
  const cache = pathFact(facts, found.subject);
  const parents = above(facts, found.subject).filter(openToOthers);
  const inside = (scanOf(facts, found.subject)?.openCount ?? 0) > 0;
  const cures = [
    ...parents.flatMap((parent) => takeBits(facts, "take-parent-bits-away", parent, "top")),
    ...(inside ? takeBits(facts, "take-bits-away", cache, "tree") : []),
  ];
  const first = cures[0];
  const whole: Remedy[] = first === undefined ? [] : [{ ...first, needs: cures.some((cure) => cure.needs === "root") ? "root" : "user", steps: cures.flatMap((cure) => cure.steps) }];
  return [...whole, { id: "share-properly", needs: "user", steps: [], shown: ["cachewright explain cache-world-writable"] }];
}

export const problem: Problem = {
  id: "cache-world-writable", severity: "warning", tools: ["pip"], when: "always",
  detect: (facts) => pipCaches(facts).flatMap((cache) => detectFor(facts, cache)),
  remedies,
};
