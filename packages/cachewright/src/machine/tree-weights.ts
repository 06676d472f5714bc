/**
 * How much disk trees take: every inode once, whatever the number of its names. The shape of the question and of the
 * answer; `weigh-trees.ts` walks.
 */
import type { Errno } from "./machine.ts";

export interface Weight {
  /** Bytes on disk, each inode once. */
  readonly bytes: number;
  /** Of these: of inodes all of whose names lie inside what was weighed; what is linked from outside frees nothing. */
  readonly reclaimable: number;
  /** Regular files, links and other non-directories, by name. */
  readonly files: number;
  readonly directories: number;
  /** ms; the newest of all files, 0 for none. */
  readonly writtenMs: number;
  readonly readMs: number;
  /** Inodes that have names outside. */
  readonly shared: number;
}

export interface TreeQuestion {
  /** Absolute, links resolved. */
  readonly root: string;
  /**
   * Paths below the root, files or directories, each wanted by itself, too: none below another. Groups weigh together,
   * each inode of a group once.
   */
  readonly units?: readonly (readonly string[])[];
}

export interface TreeAnswer {
  readonly root: string;
  readonly total: Weight;
  /** In the order of `units`. */
  readonly units: readonly Weight[];
  /** Directories that may not be looked into: what they hold is unknown. */
  readonly unread: readonly { readonly path: string; readonly errno: Errno }[];
  /** Mount points below the root: not entered. */
  readonly otherMounts: readonly string[];
}
