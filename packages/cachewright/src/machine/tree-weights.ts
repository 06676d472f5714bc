/**
 * How much disk trees take: every inode once, whatever the number of its names. The shape of the question and of the
 * answer; `weigh-trees.ts` walks.
 */
import type { LinkRecords } from "./link-records.ts";
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
  /** Some of it may not be looked into: it is at least this much. */
  readonly unknown?: true;
}

/**
 * Directories `depth` levels below `under` hold a few files each, and their tool adds to a tree by making new ones: a name
 * that comes is told by the level above. Of them a later look stats one in `watchedOneIn`: a part of the cache that is
 * cleared is seen, one file that is exchanged in its place mostly not.
 */
export interface SparseLevel {
  readonly under: string;
  readonly depth: number;
}

export const watchedOneIn = 16;

export interface TreeQuestion {
  /** Absolute, links resolved. */
  readonly root: string;
  /**
   * Paths below the root, files or directories, each wanted by itself, too: none below another. Groups weigh together,
   * each inode of a group once.
   */
  readonly units?: readonly (readonly string[])[];
  /**
   * Directories below the root whose insides never change once they are there: written aside and renamed into place. A
   * later look needs only their own stat.
   */
  readonly sealed?: readonly string[];
  /** Trees of directories that are too many to look at again each by itself. */
  readonly sparse?: readonly SparseLevel[];
  /** Files that are written again in place: no directory tells of it, so a later look stats each. */
  readonly rewritten?: readonly string[];
}

/** What a directory was when it was looked into; another stamp means that names came or went. Times in ms. */
export interface DirectoryStamps {
  readonly paths: readonly string[];
  /** ino, mtime, ctime of each. */
  readonly stamps: Float64Array;
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
  /**
   * The file system can share blocks between files (reflinks) and tells nobody cheaply with whom: what comes free is
   * `reclaimable` at most.
   */
  readonly atMost?: true;
  /** When asked for: the files with several names, by units. */
  readonly links?: LinkRecords;
  /** When asked for: every directory that is not inside a sealed one. Absent where there are too many to keep. */
  readonly watched?: DirectoryStamps;
}
