/** What goes through the walks of a uv cache: where they are, and what they have come upon. */
import { join } from "node:path";
import { redact } from "../../machine/redact.ts";
import type { DirEntry, FileType, Looker, Stat } from "../../machine/machine.ts";
import type { CacheEntry, EntrySize, Unread } from "../tool-cache.ts";

/** An entry before it is known which archives are its own. */
export interface Draft extends Omit<CacheEntry, "paths" | "needs" | "size"> {
  readonly paths: string[];
  /** Below the root: "archive-v0/<id>". Whether they are there is another question. */
  readonly archives: readonly string[];
  readonly needs?: string[];
  readonly size: EntrySize | null;
}

export interface UvWalk {
  readonly looker: Looker;
  readonly root: string;
  readonly now: number;
  readonly drafts: Draft[];
  readonly marks: string[];
  readonly foreign: string[];
  readonly unread: Unread[];
}

export interface Item {
  readonly name: string;
  /** Absolute. */
  readonly path: string;
  readonly type: FileType | undefined;
}

export function startWalk(looker: Looker, root: string, now: number): UvWalk {
  return { looker, root, now, drafts: [], marks: [], foreign: [], unread: [] };
}

/** A directory's entries by their own types; what may not be listed is told once, what has gone meanwhile is nothing. */
export function itemsIn({ looker, unread }: UvWalk, directory: string): Item[] {
  const entries = looker.list(directory);
  if (!entries.ok) {
    if (entries.errno !== "ENOENT" && entries.errno !== "ENOTDIR") unread.push({ path: directory, errno: entries.errno });
    return [];
  }
  return entries.value.map((entry) => item(looker, directory, entry));
}

function item(looker: Looker, directory: string, { name, type }: DirEntry): Item {
  const path = join(directory, name);
  if (type !== undefined) return { name, path, type };
  const stat = looker.lstat(path);
  return { name, path, type: stat.ok ? stat.value.type : undefined };
}

/** The path below the root: what people type. */
export function idOf({ root }: Pick<UvWalk, "root">, path: string): string {
  return path.slice(root.length + 1);
}

export interface Times {
  readonly writtenMs: number;
  readonly usedMs: number | null;
}

/** By the newest write and the newest read of these; a write is a use. */
export function timesOf(stats: readonly Stat[]): Times {
  const writtenMs = stats.reduce((newest, { mtimeMs }) => Math.max(newest, mtimeMs), 0);
  return { writtenMs, usedMs: stats.length === 0 ? null : stats.reduce((newest, { atimeMs }) => Math.max(newest, atimeMs), writtenMs) };
}

/** Of files that are there alone; a file with a name elsewhere frees nothing. */
export function sizeOf(stats: readonly Stat[]): EntrySize {
  const inodes = new Map<string, { readonly stat: Stat; names: number }>();
  for (const stat of stats) {
    const key = `${stat.dev}:${stat.ino}`;
    const known = inodes.get(key);
    if (known === undefined) inodes.set(key, { stat, names: 1 });
    else known.names += 1;
  }
  const all = [...inodes.values()];
  const sum = (some: typeof all): number => some.reduce((bytes, { stat }) => bytes + stat.allocated, 0);
  return { bytes: sum(all), reclaimable: sum(all.filter(({ stat, names }) => stat.nlink <= names)), files: stats.length };
}

export function statsOf({ looker }: UvWalk, paths: readonly string[]): Stat[] {
  return paths.flatMap((path) => {
    const stat = looker.lstat(path);
    return stat.ok ? [stat.value] : [];
  });
}

type Described = Pick<Draft, "kind" | "recreate"> & Partial<Draft>;

const nothingTold = { project: null, version: null, detail: null, python: null, archives: [] as readonly string[] };

/** An entry that is one directory: only a walk can weigh it. */
export function addDirectory(walk: UvWalk, path: string, described: Described): void {
  const stat = walk.looker.lstat(path);
  if (!stat.ok) return;
  // Reading a directory's list, as we do, is no use of it.
  walk.drafts.push({ ...nothingTold, id: idOf(walk, path), paths: [path], size: null, writtenMs: stat.value.mtimeMs, usedMs: null, ...described });
}

/** An entry of files alone. */
export function addFiles(walk: UvWalk, paths: readonly string[], described: Described & { readonly id: string }): void {
  const stats = statsOf(walk, paths);
  if (stats.length === 0) return;
  walk.drafts.push({ ...nothingTold, paths: [...paths], size: sizeOf(stats), ...timesOf(stats), ...described });
}

/** How uv names what it is writing (Rust's tempfile). */
export function isTemporary(name: string): boolean {
  return /^\.tmp[A-Za-z0-9]{6}$/.test(name);
}

const liveMs = 24 * 3_600_000;

/** What a uv may still be writing looks like what a killed one left; a day tells them apart. */
export function addLeftover(walk: UvWalk, path: string, told: Partial<Draft> & { readonly detail: string }): void {
  const stat = walk.looker.lstat(path);
  if (!stat.ok) return;
  const isYoung = stat.value.mtimeMs > walk.now - liveMs;
  const described = { ...told, kind: "leftover", recreate: "nothing", ...(isYoung ? { keep: "a uv may be writing it" } : {}) } as const;
  if (stat.value.type === "dir") addDirectory(walk, path, described);
  else addFiles(walk, [path], { ...described, id: idOf(walk, path) });
}

/** Where something came from, fit to be shown. */
export function shownUrl(url: string | undefined): { readonly url?: string } {
  return url === undefined ? {} : { url: redact(url) };
}
