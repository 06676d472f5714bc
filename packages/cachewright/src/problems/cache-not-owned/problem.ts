import { dirname } from "node:path";
import type { Facts, PathFact } from "../../facts/facts.ts";
import { whyRefused, type Refused } from "../access-model.ts";
import { accountName, homeOf, isAtOrBelow, isBelow, nearestPresent, octal, pathFact, pipCaches, selfActor, userName, type CacheUse } from "../look-up.ts";
import { giveBack, restoreMode, setAsideAndRenew } from "../ownership-cures.ts";
import type { Evidence, Finding, Problem, Remedy } from "../problem.ts";
import { placeForCache, userConfigFile } from "../pip-places.ts";

/**
 * pip's own test (`check_path_owner`, utils/filesystem.py, the same from 6.1 to 26.3): the nearest existing
 * directory must be writable by access(2); for root it must belong to root.
 */
function pipRefuses(facts: Facts, top: PathFact): Refused | undefined {
  if (facts.user.euid !== 0) return whyRefused(facts, top);
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
    evidence: evidenceOf(cache, top, refused),
    params: {
      path: cache.path, top: top.path, by: refused.by.path, kind: refused.kind, because: refused.because, pip: cache.pips,
      user: userName(facts), owner: accountName(facts, top.uid), mode: octal(top.mode),
    },
  }];
}

/** The user's name for an ACL entry as getfacl printed it. */
function aclEntry(facts: Facts, top: PathFact): string | undefined {
  const line = top.acl?.find((entry) => entry.startsWith(`user:${userName(facts)}:`) || entry.startsWith(`user:${facts.user.uid}:`));
  return line?.split(":").slice(0, 2).join(":");
}

function dropAclEntry(facts: Facts, top: PathFact, probes: readonly string[]): Remedy[] {
  const entry = aclEntry(facts, top);
  if (entry === undefined) return [];
  const own = top.uid === facts.user.euid;
  return [{
    id: "drop-acl-entry", needs: own ? "user" : "root", params: { path: top.path, entry }, probes,
    steps: [{ kind: "acl", why: `the entry ${entry} forbids what the mode allows`, actor: own ? "user" : "root", path: top.path, remove: entry }],
  }];
}

function elsewhere(facts: Facts, id: string, file: string | undefined, place: string | undefined): Remedy[] {
  if (file === undefined || place === undefined) return [];
  return [{
    id, needs: "user", params: { file, place }, probes: [],
    steps: [{ kind: "change-config", why: "pip keeps its cache there from now on", actor: selfActor(facts), path: file, change: { do: "set", section: "global", key: "cache-dir", value: place } }],
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
  const own = facts.user.homeAccount.ok && isBelow(top, facts.user.homeAccount.value);
  const takeBack: Remedy = {
    id: "give-back", needs: "user", params: { path: top }, probes: [top],
    steps: [{ kind: "chown", why: "only what is foreign changes its owner", actor: "root", root: top, within: top, select: top === found.subject ? "tree" : "top", to: { uid: 0, gid: 0 } }],
  };
  return [
    ...(own && !inContainer ? [takeBack] : []),
    ...(inContainer ? [...elsewhere(facts, "own-cache-for-root", file, "/root/.cache/pip"), cacheOff(facts, file)] : []),
    { id: "once-without", needs: "user", steps: [], shown: ["pip install --no-cache-dir PACKAGE"] },
  ];
}

function remediesForUser(facts: Facts, found: Finding): Remedy[] {
  const { path, top: topPath, by, kind } = found.params as Record<"path" | "top" | "by" | "kind", string>;
  const top = pathFact(facts, topPath);
  const decides = pathFact(facts, by);
  const home = homeOf(facts);
  const probes = [isAtOrBelow(path, topPath) && topPath !== path ? topPath : path];
  const atHome = home !== undefined && isAtOrBelow(home, topPath);
  const cures: Remedy[] = [];
  if (kind === "owner") cures.push({ id: "no-sudo", needs: "user", steps: [], shown: ["pip install PACKAGE", "sudo -H pip install PACKAGE"] });
  if (kind === "mode" || (kind === "parent" && decides.uid === facts.user.euid)) {
    cures.push(...restoreMode(facts, decides, { select: decides.path === path ? "tree" : "top", probes }));
  }
  if (!atHome && kind !== "mode" && kind !== "read-only") cures.push(...setAsideAndRenew(facts, top, probes));
  if (kind === "acl") cures.push(...dropAclEntry(facts, top, probes));
  if (!atHome && (kind === "owner" || kind === "acl")) {
    const whole = giveBack(facts, topPath, probes, topPath === path ? "tree" : "top");
    const below = facts.paths[path]?.state === "present" && topPath !== path ? giveBack(facts, path, probes) : [];
    cures.push(...whole.map((cure) => ({ ...cure, steps: [...cure.steps, ...below.flatMap((other) => other.steps)] })));
  }
  cures.push(
    ...elsewhere(facts, "cache-elsewhere", userConfigFile(facts), placeForCache(facts, dirname(path))),
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
