import { lstatSync } from "node:fs";
import type { Machine } from "./machine.ts";
import { mayShareBlocks } from "./may-share-blocks.ts";
import { mountsBelow } from "./mounts-below.ts";
import { nativePath } from "./path-bytes.ts";
import type { SparseLevel, TreeAnswer } from "./tree-weights.ts";
import { keepStamp, type Walk } from "./walk-directory.ts";
import { keepWeighed, type KeptAnswer } from "./weigh-kept.ts";
import { newWalk } from "./weigh-part.ts";

/** A tree of which somebody has seen every name. */
export interface ListedTree {
  readonly root: string;
  readonly sparse: readonly SparseLevel[];
  /** All of them, the root first. */
  readonly directories: readonly string[];
  /** Files that are in no entry. */
  readonly marks: readonly string[];
  readonly files: readonly { readonly size: { readonly bytes: number; readonly files: number } | null; readonly writtenMs: number; readonly usedMs: number | null }[];
  /** Moment, ms, before the first of them was listed. */
  readonly start: number;
}

interface Sum { bytes: number; files: number; writtenMs: number; readMs: number }

/** False: it is not what it was, or other names lead to it. */
function addDirectory(walk: Walk, sum: Sum, path: string): boolean {
  const stat = lstatSync(nativePath(path), { throwIfNoEntry: false });
  if (stat === undefined || !stat.isDirectory() || stat.dev !== walk.devices[0]) return false;
  sum.bytes += stat.blocks * 512;
  keepStamp(walk, 0, path, stat);
  return true;
}

function addMark(sum: Sum, path: string): boolean {
  const stat = lstatSync(nativePath(path), { throwIfNoEntry: false });
  if (stat === undefined || !stat.isFile() || stat.nlink > 1) return false;
  sum.bytes += stat.blocks * 512;
  sum.files += 1;
  sum.writtenMs = Math.max(sum.writtenMs, stat.mtimeMs);
  return true;
}

function walkFor(root: string, sparse: readonly SparseLevel[]): Walk | undefined {
  const mounts = mountsBelow([root]);
  const stat = lstatSync(nativePath(root), { throwIfNoEntry: false });
  return stat === undefined || mounts.size > 0 ? undefined : newWalk({ owners: 1, marks: new Map(), mounts, sparse, devices: [stat.dev], stamps: true });
}

/**
 * Weighs a tree whose files have been weighed one by one, each with one name only: what lacks is its directories. Keeps the
 * answer as `weighKept` does. undefined: it has changed meanwhile or is no simple tree; then it has to be walked.
 */
export function weighListed(machine: Pick<Machine, "env" | "identity" | "account">, { root, sparse, directories, marks, files, start }: ListedTree): KeptAnswer | undefined {
  try {
    const walk = walkFor(root, sparse);
    const sum: Sum = { bytes: 0, files: 0, writtenMs: 0, readMs: 0 };
    if (walk === undefined || !directories.every((path) => addDirectory(walk, sum, path)) || !marks.every((path) => addMark(sum, path))) return undefined;
    for (const { size, writtenMs, usedMs } of files) {
      sum.bytes += size?.bytes ?? 0;
      sum.files += size?.files ?? 0;
      sum.writtenMs = Math.max(sum.writtenMs, writtenMs);
      sum.readMs = Math.max(sum.readMs, usedMs ?? 0);
    }
    const answer: TreeAnswer = {
      root, total: { ...sum, reclaimable: sum.bytes, directories: directories.length, shared: 0 }, units: [], unread: [], otherMounts: [],
      ...(mayShareBlocks(root) ? { atMost: true as const } : {}),
      ...(walk.stamps === null ? {} : { watched: { paths: walk.stamps.paths, stamps: Float64Array.from(walk.stamps.values) } }),
    };
    return keepWeighed(machine, { question: { root, sparse }, answer, start });
  } catch {
    return undefined;
  }
}
