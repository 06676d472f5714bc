import { dirname, join } from "node:path";
import type { Facts, PathFact, PipUseFact } from "../../facts/facts.ts";
import { whyRefused, type Refused } from "../access-model.ts";
import { pipCacheMarks } from "../../tools/pip/locations.ts";
import { accountName, isAtOrBelow, isInAccountHome, isInHome, nearestPresent, octal, pathFact, pipCaches, selfActor, userName, type CacheUse } from "../look-up.ts";
import { giveBack, restoreMode, setAsideAndRenew } from "../ownership-cures.ts";
import type { Evidence, Finding, Problem, Remedy } from "../problem.ts";
import { cacheElsewhere, placeForCache, userConfigFile } from "../pip-places.ts";

/**
 * pip's own test (`check_path_owner`, utils/filesystem.py, the same from 6.1 to 26.3): the nearest existing
 * directory must be writable by access(2); for root it must belong to root.
 */
function pipRefuses(facts: Facts, top: PathFact): Refused | undefined {
  if (top.type === "link") return { kind: "unexplained", by: top, because: `it is a symbolic link that leads nowhere (to ${top.linkTo ?? "itself"})` };
  if (facts.user.euid !== 0) return top.access === undefined ? undefined : whyRefused(facts, top);
  if (top.uid === 0) return undefined;
  return { kind: "owner", by: top, because: `pip runs as root and trusts only root's directories; this one belongs to ${accountName(facts, top.uid)}` };
}

function evidenceOf(cache: CacheUse, top: PathFact, refused: Refused): Evidence[] {
  const evidence: Evidence[] = [{ says: refused.because, from: { path: refused.by.path, call: "lstat" }, path: refused.by }];
  if (top.path !== cache.path) {
    evidence.push({ says: `${cache.path} does not exist yet: ${top.path} is the nearest directory above it`, from: { path: top.path }, path: top });
  }
  const off = cache.uses[0];
  if (off && off.cacheFrom !== null && off.cacheFrom !== "default") {
    evidence.push({ says: `the place comes from ${off.cacheFrom.key}`, from: off.cacheFrom.from });
  }
  return evidence;
}

function finding(facts: Facts, cache: CacheUse): Finding[] {
  const top = nearestPresent(facts, cache.path);
  const refused = pipRefuses(facts, top);
  if (refused === undefined) return [];
  return [{
    problem: "cache-not-owned",
    severity: "warning",
    subject: cache.path,
    blocker: refused.by.path,
    evidence: evidenceOf(cache, top, refused),
    params: {
      path: cache.path, top: top.path, by: refused.by.path, kind: refused.kind, because: refused.because, pip: cache.pips,
      user: userName(facts), owner: accountName(facts, top.uid), mode: octal(top.mode),
    },
  }];
}

function cacheOff(facts: Facts, file: string): Remedy {
  return {
    id: "cache-off", needs: "user", params: { file }, probes: [],
    steps: [{ kind: "change-config", why: "without a cache on purpose", actor: selfActor(facts), path: file, change: { do: "set", section: "global", key: "no-cache-dir", value: "true" } }],
  };
}

/**
 * Root. Below root's own home the directory is taken back. In a container it is somebody else's for a reason, so it
 * is left alone; outside, a global setting would switch every other account's cache off.
 */
function remediesForRoot(facts: Facts, found: Finding): Remedy[] {
  const file = "/etc/pip.conf";
  const inContainer = facts.machine.container.ok;
  const top = found.params["top"] ?? "";
  const place = ["/root/.cache/pip", "/var/cache/pip"].find((candidate) => !isAtOrBelow(candidate, top));
  const own = isInAccountHome(facts, top);
  const takeBack: Remedy = {
    id: "give-back", needs: "user", params: { path: top }, probes: [top],
    steps: [{ kind: "chown", why: "only what is foreign changes its owner", actor: "root", root: top, within: top, select: top === found.subject ? "tree" : "top", to: { uid: 0, gid: 0 } }],
  };
  // Only where sudo made pip root in front of its caller's own cache does pip without sudo use it.
  const isCallers = facts.user.sudo !== undefined && pathFact(facts, top).uid === facts.user.sudo.uid;
  return [
    ...(isCallers ? [{ id: "no-sudo", needs: "user", steps: [], shown: ["pip install PACKAGE"] } satisfies Remedy] : []),
    ...(own && !inContainer ? [takeBack] : []),
    ...(inContainer ? [...cacheElsewhere(facts, { id: "own-cache-for-root", file, place, uses: usesOf(facts, found) }), cacheOff(facts, file)] : []),
    { id: "once-without", needs: "user", steps: [], shown: ["pip install --no-cache-dir PACKAGE"] },
  ];
}

function usesOf(facts: Facts, found: Finding): readonly PipUseFact[] {
  return pipCaches(facts).find((cache) => cache.path === found.subject)?.uses ?? [];
}

function hasCacheMarks(facts: Facts, cache: string): boolean {
  return pipCacheMarks.some((mark) => facts.paths[join(cache, mark)]?.state === "present");
}

function remediesForUser(facts: Facts, found: Finding): Remedy[] {
  const { path, top: topPath, by, kind } = found.params as Record<"path" | "top" | "by" | "kind", string>;
  const top = pathFact(facts, topPath);
  const decides = pathFact(facts, by);
  const probes = [topPath];
  // Above the cache only what is inside the home may be moved or given away: the home itself, and what is shared, never.
  const isMovable = topPath === path || isInHome(facts, topPath);
  const cures: Remedy[] = [];
  if (kind === "mode" || (kind === "parent" && decides.uid === facts.user.euid)) {
    cures.push(...restoreMode(facts, decides, { select: decides.path === path ? "tree" : "top", probes, only: pipCacheMarks }));
  }
  if (isMovable && kind !== "mode" && kind !== "read-only") cures.push(...setAsideAndRenew(facts, top, probes));
  if (isMovable && kind === "owner") {
    cures.push(...giveBack(facts, topPath, topPath === path ? { probes, select: "tree", recognised: hasCacheMarks(facts, path) } : { probes, select: "top" }));
  }
  cures.push(
    ...cacheElsewhere(facts, { id: "cache-elsewhere", file: userConfigFile(facts), place: placeForCache(facts, dirname(path)), uses: usesOf(facts, found) }),
    { id: "once-without", needs: "user", steps: [], shown: ["pip install --no-cache-dir PACKAGE"] },
  );
  return cures;
}

export const problem: Problem = {
  id: "cache-not-owned",
  severity: "warning",
  tools: ["pip"],
  when: "always",
  detect: (facts) => pipCaches(facts).flatMap((cache) => finding(facts, cache)),
  remedies: (found, facts) => (facts.user.euid === 0 ? remediesForRoot(facts, found) : remediesForUser(facts, found)),
};
