import { dirname, join } from "node:path";
import type { Facts, PathFact } from "../../facts/facts.ts";
import { isUnusable, whyUnusable } from "../access-model.ts";
import { accountName, isAtOrBelow, isBelow, octal, pathFact, scanOf, userName } from "../look-up.ts";
import { giveBack, giveBackOrReopen, setAside, setAsideAndRenew, together } from "../ownership-cures.ts";
import type { Finding, Problem, Remedy } from "../problem.ts";
import { someOf } from "../some-of.ts";

/** The user base and what pip writes below it: scripts, packages, data. */
export function userSitePlaces(userSite: string): string[] {
  const version = dirname(userSite);
  const base = dirname(dirname(version));
  return [base, join(base, "bin"), join(base, "share"), join(base, "lib"), version, userSite];
}

/** Denied places of every Python with a user site, topmost first, each once. */
function deniedPlaces(facts: Facts, sites: readonly string[]): PathFact[] {
  const denied = new Map<string, PathFact>();
  for (const userSite of sites) {
    for (const place of userSitePlaces(userSite)) if (isUnusable(pathFact(facts, place))) denied.set(place, pathFact(facts, place));
    const parts = scanOf(facts, userSite)?.denied ?? [];
    // Foreign files alone are replaced by rename; beside a foreign package they are its modules, and in its way.
    if (parts.some((part) => part.type === "dir")) for (const part of parts) denied.set(part.path, part);
  }
  return [...denied.values()].sort((a, b) => a.path.length - b.path.length || a.path.localeCompare(b.path));
}

function userSites(facts: Facts): string[] {
  return facts.installs.flatMap((install) => install.userSite ?? []);
}

/** With those of Pythons that nobody found: no finding by themselves, but cured along. */
function allUserSites(facts: Facts): string[] {
  const known = userSites(facts);
  const libs = new Set(known.map((userSite) => dirname(dirname(userSite))));
  const others = facts.scans.filter((scan) => scan.purpose === "target" && libs.has(dirname(dirname(scan.root)))).map((scan) => scan.root);
  return [...new Set([...known, ...others])];
}

/** The Python whose user site it is, or the one that is used here: root has to be told. */
function pythonOf(facts: Facts, path: string): string {
  const installs = facts.installs.filter((install) => install.userSite !== null);
  const own = installs.find((install) => isAtOrBelow(path, dirname(install.userSite ?? "")));
  return (own ?? installs.find((install) => install.chosen) ?? installs[0])?.python ?? "";
}

/** Problems about tools that put their programs where `pip install --user` does. */
const othersThere = ["pipx-dir-not-writable", "uv-dir-not-writable", "tool-dir-not-writable"];

function detect(facts: Facts): Finding[] {
  if (facts.user.euid === 0) return [];
  const denied = deniedPlaces(facts, userSites(facts));
  const first = denied[0];
  if (first === undefined) return [];
  const because = whyUnusable(facts, first)?.because ?? "it may not be entered";
  return [{
    problem: "user-site-not-writable", severity: "error", subject: first.path, blocker: first.path,
    // The same directory for another tool. What is only below it may be foreign by itself.
    explains: denied.flatMap(({ path }) => othersThere.map((problem) => ({ problem, subject: path }))),
    evidence: someOf(denied, { call: "access" }, (path) => whyUnusable(facts, path)?.because ?? "may not be entered"),
    params: {
      path: first.path, base: dirname(dirname(dirname(userSites(facts)[0] ?? first.path))), user: userName(facts), owner: accountName(facts, first.uid),
      mode: octal(first.mode), count: String(denied.length), because, python: pythonOf(facts, first.path),
    },
  }];
}

/**
 * Only `bin` and a Python's own `lib/pythonX.Y` are pip's to the bottom. In `~/.local`, `lib` and `share` live other
 * programs' data, containers' files of other uids among them: there only the directory itself changes.
 */
function isPipsOwn(facts: Facts, path: string): boolean {
  return allUserSites(facts).some((userSite) => isAtOrBelow(path, dirname(userSite)) || path === userSitePlaces(userSite)[1]);
}

/** `~/.local` itself may go aside while nothing in it is the user's: data of other programs must not vanish. */
function isWhollyForeign(facts: Facts, path: PathFact): boolean {
  const inside = ["bin", "share", "lib"].map((name) => pathFact(facts, join(path.path, name)));
  return userSites(facts).some((userSite) => userSitePlaces(userSite)[0] === path.path) && inside.every((part) => part.state === "absent" || isUnusable(part));
}

/** User sites with more foreign parts than the facts list. */
function crowdedSites(facts: Facts): string[] {
  return [...new Set(userSites(facts))].filter((userSite) => {
    const scan = scanOf(facts, userSite);
    return scan !== undefined && scan.deniedCount > scan.denied.length;
  });
}

function setTopsAside(facts: Facts, denied: readonly PathFact[]): Remedy[] {
  // Half of the parts aside would leave the rest in pip's way.
  if (crowdedSites(facts).length > 0) return [];
  const tops = denied.filter((path) => !denied.some((other) => other !== path && isAtOrBelow(path.path, other.path)));
  if (!tops.every((path) => path.uid !== facts.user.euid && (isPipsOwn(facts, path.path) || isWhollyForeign(facts, path)))) return [];
  const isPackage = (path: PathFact): boolean => userSites(facts).some((userSite) => isBelow(path.path, userSite));
  return together(tops.flatMap((path) => (isPackage(path) ? setAside(facts, path, [dirname(path.path)]) : setAsideAndRenew(facts, path, [path.path]))), tops.length);
}

function remedies(_found: Finding, facts: Facts): Remedy[] {
  const denied = deniedPlaces(facts, allUserSites(facts));
  const crowded = crowdedSites(facts);
  const isCovered = (path: PathFact): boolean => crowded.some((site) => isBelow(path.path, site));
  // Each place by itself, but for what a place above it covers to the bottom.
  const places = denied.filter((path) => !isCovered(path) && !denied.some((other) => other !== path && isPipsOwn(facts, other.path) && isAtOrBelow(path.path, other.path)));
  const probesOf = (path: PathFact): string[] => [path.type === "dir" ? path.path : dirname(path.path)];
  const given = giveBackOrReopen(facts, places, (path) => ({ select: isPipsOwn(facts, path.path) ? "tree" : "top", recognised: false, probes: probesOf(path) }));
  const whole = crowded.flatMap((site) => giveBack(facts, site, { probes: [site] }));
  return [...setTopsAside(facts, denied), ...together([...whole, ...given], crowded.length + Math.min(1, places.length))];
}

export const problem: Problem = { id: "user-site-not-writable", severity: "error", tools: ["pip"], when: "always", detect, remedies };
