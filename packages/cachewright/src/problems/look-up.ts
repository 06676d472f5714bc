import { isAbsolute, join } from "node:path";
import type { Facts, InstallFact, PathFact, PipUseFact, ScanFact } from "../facts/facts.ts";
import { mountOfPath } from "../facts/mounts.ts";
import { parentOf } from "../machine/path-steps.ts";

/** Reading the facts: small questions several problems ask. All pure. */

export function pathFact(facts: Facts, path: string): PathFact {
  return facts.paths[path] ?? { path, state: "denied", errno: "not looked at" };
}

/** The path itself or the nearest directory above it that exists, as the facts saw it. */
export function nearestPresent(facts: Facts, path: string): PathFact {
  for (let at = path; ; at = parentOf(at)) {
    const seen = pathFact(facts, at);
    if (seen.state === "present" || at === parentOf(at)) return seen;
  }
}

export function isBelow(path: string, directory: string): boolean {
  return path.startsWith(directory === "/" ? "/" : `${directory}/`);
}

export function isAtOrBelow(path: string, directory: string): boolean {
  return path === directory || isBelow(path, directory);
}

const mostLinks = 40;

/** Whether the facts have seen a link on the way, or the path is not written plainly. */
function needsResolving(facts: Facts, path: string): boolean {
  if (!path.startsWith("/") || path.endsWith("/") || path.includes("//")) return true;
  for (let end = path.indexOf("/", 1); end > 0; end = path.indexOf("/", end + 1)) if (facts.paths[path.slice(0, end)]?.linkTo !== undefined) return true;
  return facts.paths[path]?.linkTo !== undefined;
}

/** The path with every link resolved that the facts have seen: what lies below /home -> /var/home has two names. */
export function resolvedPath(facts: Facts, path: string): string {
  if (!needsResolving(facts, path)) return path;
  let waiting = path.split("/").filter((name) => name !== "");
  let at = "";
  for (let links = 0; waiting.length > 0;) {
    const [name, ...rest] = waiting;
    const next = `${at}/${name}`;
    const target = links < mostLinks ? facts.paths[next]?.linkTo : undefined;
    waiting = rest;
    if (target === undefined) {
      at = next;
      continue;
    }
    links += 1;
    const whole = isAbsolute(target) ? target : join(at === "" ? "/" : at, target);
    waiting = [...whole.split("/").filter((part) => part !== ""), ...rest];
    at = "";
  }
  return at === "" ? "/" : at;
}

/** What is behind the path's links, as the facts saw it. */
export function behindLinks(facts: Facts, path: string): PathFact {
  const target = resolvedPath(facts, path);
  return facts.paths[target] ?? pathFact(facts, path);
}

/** Below the directory, under whichever name; never the directory itself, and nothing is below "/" in this sense. */
export function isInside(facts: Facts, path: string, directory: string): boolean {
  if (directory === "/") return false;
  return isBelow(path, directory) || isBelow(resolvedPath(facts, path), resolvedPath(facts, directory));
}

/** Below the home that the system's account data name: a variable may say anything. */
export function isInAccountHome(facts: Facts, path: string): boolean {
  return facts.user.homeAccount.ok && isInside(facts, path, facts.user.homeAccount.value);
}

export function isInHome(facts: Facts, path: string): boolean {
  return isInAccountHome(facts, path) || (facts.user.home.ok && isInside(facts, path, facts.user.home.value));
}

export function accountName(facts: Facts, uid: number | undefined): string {
  if (uid === undefined) return "an unknown account";
  // The account of a directory service is in no file.
  if (uid === facts.user.uid && facts.user.name.ok) return facts.user.name.value;
  return facts.accounts.users[uid] ?? `uid ${uid} (no account in /etc/passwd)`;
}

export function octal(mode: number | undefined): string {
  return mode === undefined ? "unknown" : mode.toString(8).padStart(4, "0");
}

export function userName(facts: Facts): string {
  return facts.user.name.ok ? facts.user.name.value : `uid ${facts.user.euid}`;
}

export function homeOf(facts: Facts): string | undefined {
  return facts.user.home.ok ? facts.user.home.value : undefined;
}

/** Root acts for itself through root's own, pinned, steps. */
export function selfActor(facts: Facts): "user" | "root" {
  return facts.user.euid === 0 ? "root" : "user";
}

export function chosenInstall(facts: Facts): InstallFact | undefined {
  return facts.installs.find((install) => install.chosen);
}

export interface CacheUse {
  /** Resolved, as pip prints it. */
  readonly path: string;
  readonly uses: readonly PipUseFact[];
  /** "pip 9.0.3, 24.3.1" */
  readonly pips: string;
}

export function pipNames(uses: readonly PipUseFact[]): string {
  return `pip ${[...new Set(uses.map((use) => use.pip))].join(", ")}`;
}

/** pip's words for false: with `no-cache-dir` they switch the cache off although the writer wanted it. */
export const falseWords = /^(?:n|no|f|false|off|0)$/i;

/** The distinct cache directories in force, each with the pips that use it. One that is off on purpose is in nobody's way. */
export function pipCaches(facts: Facts): CacheUse[] {
  const byPath = new Map<string, PipUseFact[]>();
  for (const use of facts.pip.uses) {
    if (use.cacheReal === null || (use.cacheOff !== null && !falseWords.test(use.cacheOff.value))) continue;
    byPath.set(use.cacheReal, [...(byPath.get(use.cacheReal) ?? []), use]);
  }
  return [...byPath].map(([path, uses]) => ({ path, uses, pips: pipNames(uses) }));
}

export function scanOf(facts: Facts, root: string): ScanFact | undefined {
  return facts.scans.find((scan) => scan.root === root);
}

/** `~/.cache/pip.cachewright-20261121-091500`: beside the original, dated, the same for one collection of facts. */
export function asideName(facts: Facts, path: string): string {
  const stamp = facts.at.replace(/[-:]/g, "").replace("T", "-").slice(0, 15);
  return `${path}.cachewright-${stamp}`;
}

/**
 * May the user rename `path` within its parent? The parent must be writable and searchable; a sticky parent
 * asks for ownership of one of the two; neither a mount point nor what is marked immutable can be renamed.
 */
export function canSetAside(facts: Facts, path: PathFact): boolean {
  if (path.state !== "present" || path.path === "/" || path.access?.write === "EPERM") return false;
  const parent = pathFact(facts, parentOf(path.path));
  if (parent.access?.write !== "ok" || parent.access.search !== "ok") return false;
  const sticky = ((parent.mode ?? 0) & 0o1000) !== 0;
  if (sticky && parent.uid !== facts.user.euid && path.uid !== facts.user.euid) return false;
  return mountOfPath(facts, path.path)?.point !== path.path;
}

/** The mode a fresh private directory of this user gets. */
export function freshMode(facts: Facts): number {
  return (0o777 & ~facts.user.umask) | 0o700;
}
