import { dirname } from "node:path";
import type { Facts, PathFact, ScanFact } from "../facts/facts.ts";
import { pipCacheMarks } from "../tools/pip/locations.ts";
import { isUnusable, whyUnusable } from "./access-model.ts";
import { accountName, isAtOrBelow, nearestPresent, octal, pathFact, pipCaches, scanOf, userName, type CacheUse } from "./look-up.ts";
import { giveBackOrReopen, setAsideAndRenew, setForeignPartsAside, type GiveBackOptions } from "./ownership-cures.ts";
import type { Evidence, Finding, Remedy } from "./problem.ts";
import { someOf } from "./some-of.ts";

/** Parts of a cache whose top passes pip's own check, which cannot see them. Shared by the two rows of the catalogue. */

function because(facts: Facts, part: PathFact): string {
  return whyUnusable(facts, part)?.because ?? "it may not be written";
}

function evidenceOf(facts: Facts, parts: readonly PathFact[], total: number): Evidence[] {
  return someOf(parts, { call: "access", total }, (part) => because(facts, part));
}

/**
 * What pip cannot use although access(2) lets it write the top: what the scan met below it, or that top itself when
 * it cannot be entered, which pip does not ask (`check_path_owner`). A refused top is cache-not-owned.
 */
function illParts(facts: Facts, cache: string): { readonly parts: readonly PathFact[]; readonly total: number } {
  const top = nearestPresent(facts, cache);
  if (top.access?.write !== "ok") return { parts: [], total: 0 };
  if (top.type === "dir" && isUnusable(top)) return { parts: [top], total: 1 };
  const scan = scanOf(facts, cache);
  return { parts: (scan?.denied ?? []).filter((part) => part.path !== cache), total: scan?.deniedCount ?? 0 };
}

/** One finding for one cache, whatever the number of its ill parts. */
export function foreignParts(facts: Facts, problem: string, options: { severity: Finding["severity"]; mine: (cache: CacheUse, path: string) => boolean }): Finding[] {
  return pipCaches(facts).flatMap((cache): Finding[] => {
    const ill = illParts(facts, cache.path);
    const parts = ill.parts.filter((part) => options.mine(cache, part.path));
    const first = parts[0];
    if (first === undefined) return [];
    return [{
      problem, severity: options.severity, subject: first.path,
      evidence: evidenceOf(facts, parts, parts.length === ill.parts.length ? ill.total : parts.length),
      params: {
        path: first.path, cache: cache.path, pip: cache.pips, user: userName(facts), count: String(parts.length),
        owner: accountName(facts, first.uid), mode: octal(first.mode), because: because(facts, first),
      },
    }];
  });
}

/** What the facts saw directly below a directory. */
function childrenIn(facts: Facts, directory: string): PathFact[] {
  return Object.values(facts.paths).filter((path) => path.state === "present" && dirname(path.path) === directory && path.path !== directory);
}

/** Every ill part must go, whichever row it belongs to: half a cure would leave the tool tripping. */
function setAside(facts: Facts, cache: PathFact, scan: ScanFact | undefined): Remedy[] {
  if (isUnusable(cache)) return setAsideAndRenew(facts, cache, [cache.path]);
  const denied = (scan?.denied ?? []).filter((part) => part.path !== cache.path);
  // With more of them than the facts list, nothing can be said of the rest: the whole is made anew.
  if (denied.length < (scan?.deniedCount ?? 0) && cache.uid === facts.user.euid) return setAsideAndRenew(facts, cache, [cache.path]);
  return denied.length === 0 ? [] : setForeignPartsAside(facts, cache, denied, (directory) => childrenIn(facts, directory));
}

export function foreignPartsRemedies(facts: Facts, found: Finding, mine: (path: string) => boolean): Remedy[] {
  const cache = pathFact(facts, found.params["cache"] ?? "");
  const parts = illParts(facts, cache.path).parts.filter((part) => mine(part.path));
  const ofPip = (part: PathFact): boolean => pipCacheMarks.some((mark) => isAtOrBelow(part.path, `${cache.path}/${mark}`));
  const options = (part: PathFact): Required<GiveBackOptions> => ({
    // Above the cache stand other programs' things too.
    select: isAtOrBelow(part.path, cache.path) ? "tree" : "top",
    recognised: ofPip(part),
    probes: [part.type === "dir" ? part.path : dirname(part.path)],
  });
  const reopened = giveBackOrReopen(facts, parts, options);
  if (reopened[0]?.id === "restore-mode") return reopened;
  return [...setAside(facts, cache, scanOf(facts, cache.path)), ...reopened];
}
