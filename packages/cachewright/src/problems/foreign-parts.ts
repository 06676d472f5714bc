import { dirname } from "node:path";
import type { Facts, PathFact } from "../facts/facts.ts";
import { whyRefused } from "./access-model.ts";
import { accountName, isAtOrBelow, nearestPresent, octal, pathFact, pipCaches, scanOf, userName, type CacheUse } from "./look-up.ts";
import { giveBack, restoreMode, setForeignPartsAside } from "./ownership-cures.ts";
import type { Evidence, Finding, Remedy } from "./problem.ts";

/** Parts below a cache whose top is fine: pip's own check cannot see them. Shared by the two rows of the catalogue. */

function evidenceOf(facts: Facts, parts: readonly PathFact[], total: number): Evidence[] {
  const evidence = parts.slice(0, 10).map((part): Evidence => ({
    says: whyRefused(facts, part)?.because ?? "may not be written", from: { path: part.path, call: "access" }, path: part,
  }));
  return total > evidence.length ? [...evidence, { says: `and ${total - evidence.length} more`, from: { call: "scan" } }] : evidence;
}

/** One finding for one cache, whatever the number of its ill parts. */
export function foreignParts(facts: Facts, problem: string, options: { severity: Finding["severity"]; mine: (cache: CacheUse, path: string) => boolean }): Finding[] {
  return pipCaches(facts).flatMap((cache): Finding[] => {
    const scan = scanOf(facts, cache.path);
    // A refused top is cache-not-owned: everything below it is the same finding.
    const topRefused = nearestPresent(facts, cache.path).access?.write !== "ok";
    const parts = (scan?.denied ?? []).filter((part) => part.path !== cache.path && options.mine(cache, part.path));
    const first = parts[0];
    if (scan === undefined || first === undefined || topRefused) return [];
    return [{
      problem, severity: options.severity, subject: first.path,
      evidence: evidenceOf(facts, parts, parts.length === scan.denied.length ? scan.deniedCount : parts.length),
      params: {
        path: first.path, cache: cache.path, pip: cache.pips, user: userName(facts), count: String(parts.length),
        owner: accountName(facts, first.uid), mode: octal(first.mode), because: whyRefused(facts, first)?.because ?? "it may not be written",
      },
    }];
  });
}

/** What the facts saw directly below a directory. */
function childrenIn(facts: Facts, directory: string): string[] {
  return Object.values(facts.paths).filter((path) => path.state === "present" && dirname(path.path) === directory && path.path !== directory).map((path) => path.path);
}

export function foreignPartsRemedies(facts: Facts, found: Finding, mine: (path: string) => boolean): Remedy[] {
  const cache = pathFact(facts, found.params["cache"] ?? "");
  const denied = (scanOf(facts, cache.path)?.denied ?? []).filter((part) => part.path !== cache.path);
  const parts = denied.filter((part) => mine(part.path));
  const probes = [...new Set(parts.map((part) => (part.type === "dir" ? part.path : dirname(part.path))))];
  if (parts.every((part) => part.uid === facts.user.euid)) {
    const restored = parts.flatMap((part) => restoreMode(facts, part, { select: "tree", probes }));
    const first = restored[0];
    return first === undefined ? [] : [{ ...first, steps: restored.flatMap((cure) => cure.steps) }];
  }
  const given = parts.filter((part) => !parts.some((other) => other !== part && isAtOrBelow(part.path, other.path))).flatMap((part) => giveBack(facts, part.path, probes));
  const first = given[0];
  return [
    // Every ill part must go, whichever row it belongs to: half a cure would leave the tool tripping.
    ...setForeignPartsAside(facts, cache, denied, (directory) => childrenIn(facts, directory)),
    ...(first === undefined ? [] : [{ ...first, steps: given.flatMap((cure) => cure.steps) }]),
  ];
}
