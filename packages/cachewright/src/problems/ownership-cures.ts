import { dirname } from "node:path";
import type { Facts, PathFact } from "../facts/facts.ts";
import { mountOfPath } from "../facts/mounts.ts";
import { asideName, canSetAside, freshMode, isBelow, selfActor } from "./look-up.ts";
import type { Remedy } from "./problem.ts";

/** The cures that several problems of ownership and mode share. */

/** Renames a directory that is in the way and makes a fresh, own one in its place. Needs no root. */
export function setAsideAndRenew(facts: Facts, path: PathFact, probes: readonly string[]): Remedy[] {
  if (!canSetAside(facts, path)) return [];
  const actor = selfActor(facts);
  const aside = asideName(facts, path.path);
  return [{
    id: "set-aside",
    needs: "user",
    params: { path: path.path, aside },
    probes,
    steps: [
      { kind: "rename", why: "out of the way; nothing in it is lost", actor, from: path.path, to: aside, aside: true },
      { kind: "make-dir", why: "a fresh directory of your own in its place", actor, path: path.path, mode: freshMode(facts) },
    ],
  }];
}

/**
 * Root gives what is foreign at or below `root` to the user. Only for places that are the user's by their nature:
 * below the home, or the tool's own cache; never a mount point's top that belongs to somebody else's file system.
 */
export function giveBack(facts: Facts, root: string, probes: readonly string[], select: "top" | "tree" = "tree"): Remedy[] {
  const home = facts.user.homeAccount.ok ? facts.user.homeAccount.value : undefined;
  if (facts.user.euid === 0 || home === undefined || !isBelow(root, home)) return [];
  return [{
    id: "give-back",
    needs: "root",
    params: { path: root },
    probes,
    steps: [{
      kind: "chown", why: "only what is foreign changes its owner", actor: "root", root, within: root, select,
      to: { uid: facts.user.uid, gid: facts.user.gid },
    }],
  }];
}

/** Gives an own directory back the bits its owner needs. */
export function restoreMode(facts: Facts, path: PathFact, options: { select: "top" | "tree"; probes: readonly string[] }): Remedy[] {
  if (path.uid !== facts.user.euid) return [];
  return [{
    id: "restore-mode",
    needs: "user",
    params: { path: path.path },
    probes: options.probes,
    steps: [{
      kind: "chmod", why: "its owner may write and enter it again", actor: selfActor(facts), root: path.path, within: path.path, select: options.select,
      dirs: { add: 0o700, remove: 0 }, files: { add: path.type === "file" ? 0o600 : 0, remove: 0 },
    }],
  }];
}

/**
 * Foreign parts below a cache that is the user's own: the whole cache goes aside beside itself, a fresh one is
 * made, and what is sound moves back. Nothing set aside stays inside the cache, where the tool would trip over it.
 *
 * `foreign` are directories (or files) below `cache`; every directory on the way to one is made anew.
 */
export function setForeignPartsAside(facts: Facts, cache: PathFact, foreign: readonly PathFact[], children: (directory: string) => readonly string[]): Remedy[] {
  if (!canSetAside(facts, cache) || cache.uid !== facts.user.euid || foreign.some((part) => part.path === cache.path)) return [];
  const actor = selfActor(facts);
  const aside = asideName(facts, cache.path);
  const bad = new Set(foreign.map((part) => part.path));
  const onTheWay = new Set([cache.path]);
  for (const part of foreign) for (let at = dirname(part.path); isBelow(at, cache.path); at = dirname(at)) onTheWay.add(at);
  const moved = (path: string): string => aside + path.slice(cache.path.length);
  const remedy: Remedy = {
    id: "set-aside", needs: "user", params: { path: cache.path, aside }, probes: [cache.path, ...foreign.map((part) => dirname(part.path))],
    steps: [{ kind: "rename", why: "the whole cache moves beside itself, with the foreign parts in it", actor, from: cache.path, to: aside, aside: true }],
  };
  const steps = [...remedy.steps];
  for (const directory of [...onTheWay].sort()) {
    steps.push({ kind: "make-dir", why: "a directory of your own", actor, path: directory, mode: facts.paths[directory]?.mode ?? freshMode(facts) });
    for (const child of children(directory)) {
      if (bad.has(child) || onTheWay.has(child)) continue;
      steps.push({ kind: "rename", why: "sound: moves back", actor, from: moved(child), to: child, aside: false });
    }
  }
  return [{ ...remedy, steps }];
}

/** True where the mount says that other machines or containers share the directory: its owner may be theirs. */
export function isOwnMountPoint(facts: Facts, path: string): boolean {
  return mountOfPath(facts, path)?.point === path;
}

