import { join } from "node:path";
import type { Facts, PathFact, SharedFact } from "../../facts/facts.ts";
import type { Step } from "../../fixes/step.ts";
import { pipCacheMarks } from "../../tools/pip/locations.ts";
import { whyUnusable } from "../access-model.ts";
import { accountName, isInHome, octal, pathFact, pipCaches, scanOf, userName, type CacheUse } from "../look-up.ts";
import { cacheElsewhere, placeForCache, userConfigFile } from "../pip-places.ts";
import { condaShareCures, condaShares } from "./conda.ts";
import type { Evidence, Finding, Problem, Remedy } from "../problem.ts";
import { someOf } from "../some-of.ts";

/**
 * Is the directory meant for the group? The user is in it, and somebody else is too; in the home it takes an entry of
 * somebody else's, for there the bits may be a habit of the umask.
 */
function isMeantForGroup(facts: Facts, shared: SharedFact): boolean {
  const { euid, gid, groups } = facts.user;
  const top = pathFact(facts, shared.cache);
  if (!groups.includes(shared.gid) || (shared.gid === gid && shared.members < 2)) return false;
  return top.uid !== euid || !isInHome(facts, shared.cache) || shared.owners.length > 0;
}

interface Shut {
  readonly cache: CacheUse;
  readonly shared: SharedFact;
  /** What the user is refused by its mode. */
  readonly denied: readonly PathFact[];
  /** What the group is refused, as far as the facts list it. */
  readonly closed: readonly PathFact[];
}

function shutCaches(facts: Facts): Shut[] {
  if (facts.user.euid === 0) return [];
  return pipCaches(facts).flatMap((cache): Shut[] => {
    const shared = facts.shared?.find((one) => one.cache === cache.path);
    if (shared === undefined || !isMeantForGroup(facts, shared)) return [];
    const closed = shared.closed.map((path) => pathFact(facts, path));
    const denied = (scanOf(facts, cache.path)?.denied ?? []).filter((part) => part.path !== cache.path && whyUnusable(facts, part)?.kind === "owner");
    const own = closed.filter(({ uid }) => uid === facts.user.euid);
    return denied.length === 0 && own.length === 0 ? [] : [{ cache, shared, denied, closed }];
  });
}

function groupName(facts: Facts, gid: number): string {
  return facts.accounts.groups[gid] ?? `gid ${gid}`;
}

/** What is wrong with one entry, for the other members of the group. */
function whyShut(facts: Facts, path: PathFact, gid: number): string {
  const owner = path.uid === facts.user.euid ? "you" : accountName(facts, path.uid);
  const mode = octal(path.mode);
  if (path.gid !== gid) return `made by ${owner} and of the group ${groupName(facts, path.gid ?? -1)}, not ${groupName(facts, gid)} (mode ${mode})`;
  if (((path.mode ?? 0) & 0o020) === 0) return `made by ${owner}, and mode ${mode} keeps the group from writing`;
  if (((path.mode ?? 0) & 0o050) !== 0o050 && path.type === "dir") return `made by ${owner}, and mode ${mode} keeps the group from reading and entering`;
  return `without the setgid bit (mode ${mode}), so what is made in it belongs to another group`;
}

function detect(facts: Facts): Finding[] {
  return [...pipShares(facts), ...condaShares(facts)];
}

function pipShares(facts: Facts): Finding[] {
  return shutCaches(facts).map(({ cache, shared, denied, closed }) => {
    const told = denied.length > 0 ? denied : closed.filter(({ uid }) => uid === facts.user.euid);
    const first = told[0] ?? pathFact(facts, cache.path);
    const top = pathFact(facts, cache.path);
    const evidence: Evidence[] = [
      { says: `the cache is open to the group ${groupName(facts, shared.gid)}`, from: { path: cache.path, call: "lstat" }, path: top },
      ...someOf(told, { call: "lstat", total: denied.length > 0 ? (scanOf(facts, cache.path)?.deniedCount ?? 0) : told.length }, (path) => whyShut(facts, path, shared.gid)),
    ];
    return {
      problem: "shared-cache-modes", severity: denied.length > 0 ? "error" : "warning", subject: cache.path, evidence,
      params: {
        path: first.path, cache: cache.path, pip: cache.pips, user: userName(facts), owner: accountName(facts, first.uid), mode: octal(first.mode),
        group: groupName(facts, shared.gid), variant: denied.length > 0 ? "denied" : "own",
      },
      explains: [
        ...denied.flatMap(({ path }) => [{ problem: "cache-write-denied", subject: path }, { problem: "wheel-cache-write-denied", subject: path }]),
        ...(((top.mode ?? 0) & 0o002) === 0 ? [] : [{ problem: "cache-world-writable", subject: cache.path }]),
      ],
    };
  });
}

/** Group, bits and, where there is a program for it, the default list that makes new entries so as well. */
function shareSteps({ cache, shared: { gid, setfacl, closedCount }, closed }: Shut, actor: Step["actor"]): Step[] {
  const tree = { actor, root: cache.path, within: cache.path, select: "tree" as const, only: [...pipCacheMarks] };
  const isMixed = closed.length < closedCount || closed.some((path) => path.gid !== gid);
  return [
    ...(isMixed ? [{ kind: "chgrp" as const, why: "everything belongs to the one group", ...tree, gid }] : []),
    { kind: "chmod", why: "the group may write, new entries keep the group, and nobody else may write", ...tree, dirs: { add: 0o2070, remove: 0o002 }, files: { add: 0o060, remove: 0o002 } },
    ...(setfacl ? [{ kind: "default-acl" as const, why: "what is made from now on is open to the group whatever the umask", ...tree }] : []),
  ];
}

function share(facts: Facts, shut: Shut): Remedy {
  const { cache, shared, closed } = shut;
  // Everybody may open what is their own; the rest takes root.
  const isOwn = closed.length === shared.closedCount && closed.every(({ uid }) => uid === facts.user.euid);
  const marks = ["http-v2", "wheels"].map((mark) => join(cache.path, mark)).filter((path) => facts.paths[path]?.type === "dir");
  // In somebody else's directory a user's probe would leave its time changed.
  const probes = [cache.path, ...marks].filter((path) => !isOwn || facts.paths[path]?.uid === facts.user.euid);
  const partners = [...new Set(closed.flatMap(({ uid }) => (uid === undefined || uid === facts.user.euid ? [] : [uid])).concat(shared.owners))];
  return {
    id: shared.setfacl ? "share" : "share-by-modes", needs: isOwn ? "user" : "root", params: { cache: cache.path, group: groupName(facts, shared.gid) }, probes,
    share: { directories: probes, gid: shared.gid, partners, umask: shared.setfacl ? 0o022 : 0o002 },
    steps: shareSteps(shut, isOwn ? "user" : "root"),
  };
}

function remedies(found: Finding, facts: Facts): Remedy[] {
  return condaShareCures(found, facts) ?? pipCures(found, facts);
}

function pipCures(found: Finding, facts: Facts): Remedy[] {
  const shut = shutCaches(facts).find(({ cache }) => cache.path === found.subject);
  if (shut === undefined) return [];
  return [
    share(facts, shut),
    ...cacheElsewhere(facts, { id: "own-cache", file: userConfigFile(facts), place: placeForCache(facts, found.subject), uses: shut.cache.uses }),
    { id: "once-without", needs: "user", steps: [], shown: ["pip install --no-cache-dir PACKAGE"] },
  ];
}

export const problem: Problem = { id: "shared-cache-modes", severity: "error", tools: ["pip", "conda"], when: "always", detect, remedies };
