import type { Guard } from "./guard.ts";
import { mountIdOf } from "./mount-id.ts";
import { closePinned, openPinnedAt, type Pinned, type Place } from "./pinned.ts";
import { errnoOf } from "./pinned-failure.ts";
import { guardOf } from "./pinned-guard.ts";
import { namesInPinned } from "./pinned-read.ts";

/** One open descriptor a level; no cache and no environment is nested half as deep. */
export const DEEPEST = 128;

export interface TreeEntry {
  /** Relative to the root, "" for the root itself. */
  readonly rel: string;
  /** Held until `visit` returns; a directory, until everything below it was visited. */
  readonly pinned: Pinned;
  readonly guard: Guard;
  /** Where the entry was found, and the guard of the directory that holds it; null for the root. */
  readonly place: Place | null;
  readonly parentGuard: Guard | null;
}

export type PassedOver = "vanished" | "other-mount" | "too-deep" | "unreadable";

/** What a walk did not look into. */
export interface TreeGap {
  readonly rel: string;
  readonly why: PassedOver;
}

/** Called for a directory before what is in it. The answer says whether to descend; for anything else it is not asked. */
export type Visit = (entry: TreeEntry) => boolean;

interface Walk {
  readonly visit: Visit;
  readonly mount: number | null;
  readonly gaps: TreeGap[];
}

const gapOf: Readonly<Record<string, PassedOver>> = {
  ENOENT: "vanished", ENOTDIR: "vanished", ELOOP: "vanished", ESTALE: "vanished", EACCES: "unreadable", EPERM: "unreadable", EIO: "unreadable",
};

/** Runs `look`; a failure that only concerns this entry becomes a gap, any other one ends the walk. */
function orGap<T>(walk: Walk, rel: string, look: () => T): T | undefined {
  try {
    return look();
  } catch (error) {
    const why = gapOf[errnoOf(error) ?? ""];
    if (why === undefined) throw error;
    walk.gaps.push({ rel, why });
    return undefined;
  }
}

function walkEntry(walk: Walk, directory: TreeEntry, name: string): void {
  const rel = directory.rel === "" ? name : `${directory.rel}/${name}`;
  const pinned = orGap(walk, rel, () => openPinnedAt(directory.pinned, name));
  if (pinned === undefined) return;
  try {
    // The mount first: even an fstat can hang on somebody's FUSE mount.
    const mount = mountIdOf(pinned.fd);
    if (mount !== walk.mount) {
      walk.gaps.push({ rel, why: "other-mount" });
      return;
    }
    const guard = orGap(walk, rel, () => guardOf(pinned, mount));
    if (guard === undefined) return;
    const entry = { rel, pinned, guard, place: { parent: directory.pinned, name }, parentGuard: directory.guard };
    const descend = walk.visit(entry);
    if (guard.type === "dir" && descend) walkDirectory(walk, entry);
  } finally {
    closePinned(pinned);
  }
}

function walkDirectory(walk: Walk, directory: TreeEntry): void {
  if (directory.rel.split("/").length >= DEEPEST) {
    walk.gaps.push({ rel: directory.rel, why: "too-deep" });
    return;
  }
  const names = orGap(walk, directory.rel, () => namesInPinned(directory.pinned));
  for (const name of names ?? []) walkEntry(walk, directory, name);
}

/**
 * Visits a held root and everything below it on the same mount, depth first, through held parents; links are visited,
 * never followed. The root stays the caller's to close. Answers with what was passed over.
 */
export function walkPinned(root: Pinned, visit: Visit): TreeGap[] {
  const mount = mountIdOf(root.fd);
  const walk: Walk = { visit, mount, gaps: [] };
  const entry: TreeEntry = { rel: "", pinned: root, guard: guardOf(root, mount), place: null, parentGuard: null };
  if (visit(entry) && entry.guard.type === "dir") walkDirectory(walk, entry);
  return walk.gaps;
}
