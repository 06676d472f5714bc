import type { Guard } from "./guard.ts";
import { SET_ID } from "./pinned-attributes.ts";
import type { TreeEntry } from "./pinned-tree.ts";

/** Why an entry's owner is left alone. */
export type GiveBackRefusal = "other-mount" | "special-file" | "set-id" | "outside-hard-link";

/**
 * Whether an entry may be given to somebody: null, or why not. A device would give away a disk, a socket or FIFO the
 * program behind it, a set-id file its rights, and a file with names outside the tree is somebody else's file too.
 */
export function classifyForGiveBack(guard: Guard, linksInside: number, rootMount: number | null): GiveBackRefusal | null {
  if (guard.mount !== rootMount) return "other-mount";
  if (guard.type === "dir") return null;
  if (guard.type !== "file" && guard.type !== "link") return "special-file";
  if (guard.type === "file" && (guard.mode & SET_ID) !== 0) return "set-id";
  return guard.nlink > linksInside ? "outside-hard-link" : null;
}

export interface LinkCounter {
  /** Takes note of an entry of a walk. */
  see(entry: TreeEntry): void;
  /** How many of the object's names are certainly inside the tree; 1 for what has only the one. */
  inside(guard: Guard): number;
}

const keyOf = (guard: Guard): string => `${guard.dev}:${guard.ino}`;

/**
 * Counts the names of hard-linked files within a walked tree. Only names in directories that nobody but `trustedUid`
 * can change are counted, each once: in any other, one name of an outside file can be moved ahead of the walk and be
 * met as often as the file has names.
 */
export function linkCounter(trustedUid: number): LinkCounter {
  const names = new Map<string, Set<string>>();
  return {
    see({ guard, place, parentGuard }) {
      if (guard.type === "dir" || guard.nlink < 2 || place === null || parentGuard === null) return;
      if (parentGuard.uid !== trustedUid || (parentGuard.mode & 0o022) !== 0) return;
      const met = names.get(keyOf(guard)) ?? new Set();
      names.set(keyOf(guard), met.add(`${keyOf(parentGuard)}/${place.name}`));
    },
    inside: (guard) => Math.max(1, names.get(keyOf(guard))?.size ?? 1),
  };
}
