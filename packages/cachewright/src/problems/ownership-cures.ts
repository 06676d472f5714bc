import { dirname } from "node:path";
import type { Facts, PathFact } from "../facts/facts.ts";
import { mountOfPath } from "../facts/mounts.ts";
import { asideName, canSetAside, freshMode, isBelow, isInAccountHome, isInHome, pathFact, selfActor } from "./look-up.ts";
import type { Remedy } from "./problem.ts";

/** The cures that several problems of ownership and mode share. */

/**
 * Is it the user's to move away? Below the home it is; elsewhere only a directory that stands for the tool alone,
 * in a directory of the user's own: what others made in a shared place is not touched.
 */
function mayDisplace(facts: Facts, path: PathFact): boolean {
  return isInHome(facts, path.path) || path.uid === facts.user.euid || pathFact(facts, dirname(path.path)).uid === facts.user.euid;
}

/** Renames what is in the way. Needs no root. */
export function setAside(facts: Facts, path: PathFact, probes: readonly string[]): Remedy[] {
  if (!canSetAside(facts, path) || !mayDisplace(facts, path)) return [];
  const aside = asideName(facts, path.path);
  return [{
    id: "set-aside",
    needs: "user",
    params: { path: path.path, aside },
    probes,
    steps: [{ kind: "rename", why: "out of the way; nothing in it is lost", actor: selfActor(facts), from: path.path, to: aside, aside: true }],
  }];
}

/** The same with a fresh, own directory in its place. */
export function setAsideAndRenew(facts: Facts, path: PathFact, probes: readonly string[]): Remedy[] {
  return setAside(facts, path, probes).map((cure) => ({
    ...cure,
    steps: [...cure.steps, { kind: "make-dir", why: "a fresh directory of your own in its place", actor: selfActor(facts), path: path.path, mode: freshMode(facts) }],
  }));
}

/**
 * A file system that somebody mounted below the home (a container's volume, a share): its owners are theirs to say,
 * unless its top is the user's own.
 */
function isOnForeignMount(facts: Facts, path: string): boolean {
  const point = mountOfPath(facts, path)?.point;
  return point === path || (point !== undefined && isInHome(facts, point) && pathFact(facts, point).uid !== facts.user.uid);
}

export interface GiveBackOptions {
  readonly probes: readonly string[];
  readonly select?: "top" | "tree";
  /** The caller knows the place by the tool's marks: then a directory of the user's own around it serves as well as the home. */
  readonly recognised?: boolean;
}

/**
 * Root gives what is foreign at or below `root` to the user. Only for places that are the user's by their nature:
 * below the home of the account, or the tool's own tree in a directory of the user's.
 */
export function giveBack(facts: Facts, root: string, { probes, select = "tree", recognised = false }: GiveBackOptions): Remedy[] {
  const isUsers = isInAccountHome(facts, root) || (recognised && pathFact(facts, dirname(root)).uid === facts.user.uid);
  if (facts.user.euid === 0 || !isUsers || isOnForeignMount(facts, root)) return [];
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
export function restoreMode(facts: Facts, path: PathFact, options: { readonly select: "top" | "tree"; readonly probes: readonly string[]; readonly only?: readonly string[] }): Remedy[] {
  if (path.uid !== facts.user.euid) return [];
  return [{
    id: "restore-mode",
    needs: "user",
    params: { path: path.path },
    probes: options.probes,
    steps: [{
      kind: "chmod", why: "its owner may write and enter it again", actor: selfActor(facts), root: path.path, within: path.path, select: options.select,
      ...(options.only !== undefined && { only: [...options.only] }),
      dirs: { add: 0o700, remove: 0 }, files: { add: path.type === "file" ? 0o600 : 0, remove: 0 },
    }],
  }];
}

/** A directory that changes its parent must be writable itself: its ".." is rewritten (rename(2)). Of a foreign one nobody asked. */
function canMoveBack(facts: Facts, child: PathFact): boolean {
  return child.type !== "dir" || (child.uid === facts.user.euid && ((child.mode ?? 0) & 0o200) !== 0);
}

/**
 * Foreign parts below a cache that is the user's own: the whole cache goes aside beside itself, a fresh one is
 * made, and what is sound moves back. Nothing set aside stays inside the cache, where the tool would trip over it.
 *
 * `foreign` are directories (or files) below `cache`; every directory on the way to one is made anew.
 */
export function setForeignPartsAside(facts: Facts, cache: PathFact, foreign: readonly PathFact[], children: (directory: string) => readonly PathFact[]): Remedy[] {
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
      if (bad.has(child.path) || onTheWay.has(child.path) || !canMoveBack(facts, child)) continue;
      steps.push({ kind: "rename", why: "sound: moves back", actor, from: moved(child.path), to: child.path, aside: false });
    }
  }
  return [{ ...remedy, steps }];
}

/** Several cures of one kind as one remedy; nothing where one of them could not be had: half a cure is none. */
export function together(cures: readonly Remedy[], asked: number): Remedy[] {
  const [first] = cures;
  if (first === undefined || cures.length < asked) return [];
  const paths = [...new Set(cures.map((cure) => cure.params?.["path"] ?? ""))].join(", ");
  return [{
    ...first,
    needs: cures.some((cure) => cure.needs === "root") ? "root" : "user",
    params: { ...first.params, path: paths },
    probes: [...new Set(cures.flatMap((cure) => cure.probes ?? []))],
    steps: cures.flatMap((cure) => cure.steps),
  }];
}

/** Gives back what is foreign and reopens what is closed, of whichever there is. */
export function giveBackOrReopen(facts: Facts, parts: readonly PathFact[], options: (part: PathFact) => Required<GiveBackOptions>): Remedy[] {
  const cures = parts.flatMap((part) => (part.uid === facts.user.euid ? restoreMode(facts, part, options(part)) : giveBack(facts, part.path, options(part))));
  // Named by what it needs: giving back is the part that is not the user's own to do.
  const ordered = [...cures].sort((a, b) => Number(b.id === "give-back") - Number(a.id === "give-back"));
  return together(ordered, parts.length);
}
