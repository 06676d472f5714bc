import { dirname, join } from "node:path";
import type { Facts, PathFact } from "../../facts/facts.ts";
import { whyRefused } from "../access-model.ts";
import { accountName, isAtOrBelow, octal, pathFact, scanOf, userName } from "../look-up.ts";
import { giveBack, restoreMode, setAsideAndRenew } from "../ownership-cures.ts";
import type { Finding, Problem, Remedy } from "../problem.ts";

/** The user base and what pip writes below it: scripts, packages, data. */
export function userSitePlaces(userSite: string): string[] {
  const version = dirname(userSite);
  const base = dirname(dirname(version));
  return [base, join(base, "bin"), join(base, "share"), join(base, "lib"), version, userSite];
}

function isRefused(path: PathFact): boolean {
  return path.state === "present" && path.access !== undefined && (path.access.write !== "ok" || path.access.search !== "ok");
}

/** Denied places of every Python with a user site, topmost first, each once. */
function deniedPlaces(facts: Facts): PathFact[] {
  const denied = new Map<string, PathFact>();
  for (const install of facts.installs) {
    if (install.userSite === null) continue;
    for (const place of userSitePlaces(install.userSite)) if (isRefused(pathFact(facts, place))) denied.set(place, pathFact(facts, place));
    for (const part of scanOf(facts, install.userSite)?.denied ?? []) denied.set(part.path, part);
  }
  return [...denied.values()].sort((a, b) => a.path.length - b.path.length || a.path.localeCompare(b.path));
}

function topmost(paths: readonly PathFact[]): PathFact[] {
  return paths.filter((path) => !paths.some((other) => other !== path && isAtOrBelow(path.path, other.path)));
}

function detect(facts: Facts): Finding[] {
  if (facts.user.euid === 0) return [];
  const denied = deniedPlaces(facts);
  const first = denied[0];
  if (first === undefined) return [];
  const base = dirname(dirname(dirname(facts.installs.find((install) => install.userSite !== null)?.userSite ?? first.path)));
  return [{
    problem: "user-site-not-writable", severity: "error", subject: first.path,
    evidence: denied.slice(0, 10).map((path) => ({ says: whyRefused(facts, path)?.because ?? "may not be entered", from: { path: path.path, call: "access" }, path })),
    params: {
      path: first.path, base, user: userName(facts), owner: accountName(facts, first.uid), mode: octal(first.mode), count: String(denied.length),
      because: whyRefused(facts, first)?.because ?? "it may not be entered",
    },
  }];
}

function remedies(_found: Finding, facts: Facts): Remedy[] {
  const tops = topmost(deniedPlaces(facts));
  const probes = tops.map((path) => path.path);
  const merged = (cures: Remedy[]): Remedy[] => {
    const first = cures[0];
    return first === undefined || cures.length < tops.length ? [] : [{ ...first, params: { path: probes.join(", ") }, steps: cures.flatMap((cure) => cure.steps) }];
  };
  if (tops.every((path) => path.uid === facts.user.euid)) return merged(tops.flatMap((path) => restoreMode(facts, path, { select: "tree", probes })));
  return [
    ...merged(tops.flatMap((path) => setAsideAndRenew(facts, path, probes))),
    ...merged(tops.flatMap((path) => giveBack(facts, path.path, probes))),
  ];
}

export const problem: Problem = { id: "user-site-not-writable", severity: "error", tools: ["pip"], when: "always", detect, remedies };
