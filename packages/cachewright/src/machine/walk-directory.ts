import { lstatSync, readdirSync, type Stats } from "node:fs";
import type { LinkedName } from "./inode-table.ts";
import { addNames } from "./inode-table.ts";
import type { Errno } from "./machine.ts";
import { pathFromBytes, pathToBytes } from "./path-bytes.ts";
import { row, type Tallies } from "./tree-tallies.ts";
import { watchedOneIn, type SparseLevel } from "./tree-weights.ts";

/** A directory still to be looked into. */
export interface PendingDirectory {
  readonly path: string;
  readonly tree: number;
  /** Whom its content counts for. */
  readonly owner: number;
  /** The owner is a group: nothing below is asked about again. */
  readonly grouped: boolean;
  readonly sealed: boolean;
  /** The path has bytes that are no UTF-8. */
  readonly escaped: boolean;
}

export interface Walk {
  readonly tallies: Tallies;
  /** What paths mean: `markOf`. */
  readonly marks: ReadonlyMap<string, number>;
  readonly mounts: ReadonlySet<string>;
  readonly sparse: readonly SparseLevel[];
  /** Directories of sparse levels met so far. */
  spared: number;
  /** `st_dev` of each tree's root. */
  readonly devices: readonly number[];
  readonly unread: { readonly tree: number; readonly path: string; readonly errno: Errno }[];
  readonly otherMounts: { readonly tree: number; readonly path: string }[];
  /** Stamps of directories outside sealed ones; null: not wanted, or too many. */
  stamps: { readonly trees: number[]; readonly paths: string[]; readonly values: number[] } | null;
  entries: number;
  bytes: number;
}

/** More directories than this are not looked at again one by one: to walk anew is not much dearer. */
const MOST_STAMPS = 200_000;

const silent = { throwIfNoEntry: false } as const;
const SLASH = 47;
const FORMAT = 0o170000;
const DIRECTORY = 0o040000;
const gone = new Set(["ENOENT", "ENOTDIR"]);

/** One number for a path: the owner it begins, if any, and whether it is sealed. */
export function markOf(owner: number | undefined, sealed: boolean): number {
  return ((owner ?? -1) + 1) * 2 + (sealed ? 1 : 0);
}

function errnoIn(error: unknown): Errno {
  return (error as NodeJS.ErrnoException).code ?? "EIO";
}

function add(walk: Walk, owner: number, column: number, value: number): void {
  const { rows } = walk.tallies;
  const at = owner * row.length + column;
  rows[at] = (rows[at] as number) + value;
}

function raise(walk: Walk, owner: number, column: number, value: number): void {
  const { rows } = walk.tallies;
  const at = owner * row.length + column;
  if (value > (rows[at] as number)) rows[at] = value;
}

function notRead(walk: Walk, { path, tree, owner }: PendingDirectory, error: unknown): void {
  const errno = errnoIn(error);
  if (gone.has(errno)) return;
  add(walk, owner, row.unknown, 1);
  walk.unread.push({ tree, path, errno });
}

const linkedName: LinkedName = { low: 0, high: 0, owner: 0, names: 1, links: 0, bytes: 0 };

/** A double cannot tell neighbours above 2^53 apart (some FUSE, NFS and overlay mounts number that high). */
function numberInode(walk: Walk, stat: Stats, at: { readonly path: string | Buffer; readonly tree: number }): boolean {
  linkedName.low = stat.ino >>> 0;
  linkedName.high = Math.floor(stat.ino / 0x1_0000_0000) >>> 0;
  if (!Number.isSafeInteger(stat.ino)) {
    const exact = lstatSync(at.path, { bigint: true, throwIfNoEntry: false });
    if (exact === undefined) return false;
    linkedName.low = Number(exact.ino & 0xffff_ffffn);
    linkedName.high = Number((exact.ino >> 32n) & 0xffff_ffffn);
  }
  // overlayfs can show files with the device of a layer below (Documentation/filesystems/overlayfs.rst, "inode properties").
  if (stat.dev !== walk.devices[at.tree]) {
    linkedName.high = (linkedName.high ^ Math.imul(stat.dev, 0x9e3779b1)) >>> 0;
  }
  return true;
}

interface Found {
  readonly stat: Stats;
  readonly path: string | Buffer;
  readonly tree: number;
  readonly owner: number;
}

function countFile(walk: Walk, found: Found): void {
  const { stat, owner } = found;
  const bytes = stat.blocks * 512;
  walk.bytes += bytes;
  add(walk, owner, row.files, 1);
  raise(walk, owner, row.written, stat.mtimeMs);
  raise(walk, owner, row.read, stat.atimeMs);
  if (stat.nlink < 2) {
    add(walk, owner, row.bytes, bytes);
    return;
  }
  if (!numberInode(walk, stat, found)) return;
  linkedName.owner = owner;
  linkedName.links = stat.nlink;
  linkedName.bytes = bytes;
  addNames(walk.tallies.linked, linkedName);
}

function isSpared(walk: Walk, path: string): boolean {
  if (!walk.sparse.some(({ under, depth }) => isAtDepth(path, under, depth))) return false;
  walk.spared++;
  return walk.spared % watchedOneIn !== 0;
}

function isAtDepth(path: string, under: string, depth: number): boolean {
  if (!path.startsWith(under) || path.charCodeAt(under.length) !== SLASH) return false;
  let parts = 1;
  for (let at = path.indexOf("/", under.length + 1); at >= 0; at = path.indexOf("/", at + 1)) parts++;
  return parts === depth;
}

export function keepStamp(walk: Walk, tree: number, path: string, stat: Stats): void {
  if (walk.stamps === null || isSpared(walk, path)) return;
  walk.stamps.trees.push(tree);
  walk.stamps.paths.push(path);
  walk.stamps.values.push(stat.ino, stat.mtimeMs, stat.ctimeMs);
  if (walk.stamps.paths.length > MOST_STAMPS) walk.stamps = null;
}

/** What a name is taken for, under the directory that holds it: counted, and a directory is put on `next`. */
function meet(walk: Walk, path: string, from: PendingDirectory, next: PendingDirectory[]): void {
  const { tree, escaped } = from;
  const exact = escaped ? pathToBytes(path) : path;
  const stat = lstatSync(exact, silent);
  if (stat === undefined) return;
  walk.entries++;
  const directory = (stat.mode & FORMAT) === DIRECTORY;
  if ((walk.mounts.size > 0 && path !== from.path && walk.mounts.has(path)) || (directory && stat.dev !== walk.devices[tree])) {
    walk.otherMounts.push({ tree, path });
    return;
  }
  const mark = walk.marks.size === 0 || (from.grouped && (from.sealed || !directory)) ? 0 : walk.marks.get(path) ?? 0;
  const owner = mark > 1 ? (mark >> 1) - 1 : from.owner;
  if (!directory) {
    countFile(walk, { stat, path: exact, tree, owner });
    return;
  }
  const bytes = stat.blocks * 512;
  walk.bytes += bytes;
  add(walk, owner, row.bytes, bytes);
  add(walk, owner, row.directories, 1);
  if (!from.sealed) keepStamp(walk, tree, path, stat);
  next.push({ path, tree, owner, escaped, grouped: from.grouped || mark > 1, sealed: from.sealed || (mark & 1) === 1 });
}

/** A name that is no UTF-8 comes with U+FFFD in it; so may one that is, so the bytes decide. */
function meetExactNames(walk: Walk, directory: PendingDirectory, next: PendingDirectory[]): void {
  for (const bytes of readdirSync(pathToBytes(directory.path), "buffer")) {
    if (!meetOrTell(walk, `${directory.path}/${pathFromBytes(bytes)}`, { ...directory, escaped: true }, next)) return;
  }
}

function meetOrTell(walk: Walk, path: string, from: PendingDirectory, next: PendingDirectory[]): boolean {
  try {
    meet(walk, path, from, next);
    return true;
  } catch (error) {
    // Names can be read without search permission, and then every one of them fails alike: the directory is what is closed.
    const closed = errnoIn(error) === "EACCES";
    notRead(walk, closed ? from : { ...from, path }, error);
    return !closed;
  }
}

/** Looks into one directory. What cannot be read is told, what is gone by now is passed over. */
export function walkDirectory(walk: Walk, directory: PendingDirectory, next: PendingDirectory[]): void {
  const { path, escaped } = directory;
  try {
    const names = readdirSync(escaped ? pathToBytes(path) : path);
    if (escaped || names.some((name) => name.includes("\ufffd"))) {
      meetExactNames(walk, directory, next);
      return;
    }
    for (const name of names) if (!meetOrTell(walk, `${path}/${name}`, directory, next)) return;
  } catch (error) {
    notRead(walk, directory, error);
  }
}

/** The root itself: what it is, and its directory as the first to look into. */
export function meetRoot(walk: Walk, root: Omit<PendingDirectory, "escaped" | "sealed" | "grouped">, next: PendingDirectory[]): void {
  const from = { ...root, escaped: /\p{Surrogate}/u.test(root.path), sealed: false, grouped: false };
  try {
    const stat = lstatSync(pathToBytes(root.path), silent);
    if (stat === undefined) throw Object.assign(new Error(root.path), { code: "ENOENT" });
    (walk.devices as number[])[root.tree] = stat.dev;
    meet(walk, root.path, from, next);
  } catch (error) {
    add(walk, root.owner, row.unknown, 1);
    walk.unread.push({ tree: root.tree, path: root.path, errno: errnoIn(error) });
  }
}
