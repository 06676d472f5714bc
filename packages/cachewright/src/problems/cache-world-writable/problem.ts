import { dirname } from "node:path";
import type { Facts, PathFact } from "../../facts/facts.ts";
import { accountName, nearestPresent, octal, pathFact, pipCaches, scanOf, selfActor } from "../look-up.ts";
import { pipCacheMarks } from "../../tools/pip/locations.ts";
import { together } from "../ownership-cures.ts";
import type { Finding, Problem, Remedy } from "../problem.ts";
import { someOf } from "../some-of.ts";
import { toolCaches, type ToolCache } from "../tool-caches.ts";
import { toolNames } from "../tool-places.ts";

const others = ["poetry", "pdm", "pipenv", "hatch", "virtualenv"] as const;

function cachesOf(facts: Facts): ToolCache[] {
  const pips = pipCaches(facts).map(({ path, pips: name }) => ({ path, name, parts: pipCacheMarks }));
  return [...pips, ...toolCaches(facts, others, toolNames).filter(({ path }) => !pips.some((pip) => pip.path === path))];
}

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

function detectFor(facts: Facts, cache: ToolCache): Finding[] {
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
      path: cache.path, by: first.path, pip: cache.name, owner: accountName(facts, first.uid), mode: octal(first.mode), count: String(open.length),
      variant: parents.includes(first) ? "parent" : "cache",
    },
  }];
}

/**
 * Only from what is the user's own: with the bits gone a foreign directory would be closed to the user too, and a
 * shared one to everybody who needs it.
 */
function takeBits(facts: Facts, id: string, path: PathFact, select: "top" | { readonly parts: readonly string[] | undefined }): Remedy[] {
  if (path.uid !== facts.user.euid || path.path === "/") return [];
  return [{
    id, needs: "user", params: { path: path.path },
    steps: [{
      kind: "chmod", why: "only its owner and group keep the right to write", actor: selfActor(facts), root: path.path, within: path.path, select: select === "top" ? "top" : "tree",
      // With cache-dir = ~ everything else in it is somebody's home.
      ...(select !== "top" && select.parts !== undefined && { only: [...select.parts] }),
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
    ...(inside ? takeBits(facts, "take-bits-away", cache, { parts: cachesOf(facts).find(({ path }) => path === found.subject)?.parts }) : []),
  ];
  return [...together(cures, parents.length + (inside ? 1 : 0)), { id: "share-properly", needs: "user", steps: [], shown: ["cachewright explain cache-world-writable"] }];
}

export const problem: Problem = {
  id: "cache-world-writable", severity: "warning", tools: ["pip", ...others], when: "always",
  detect: (facts) => cachesOf(facts).flatMap((cache) => detectFor(facts, cache)),
  remedies,
};
