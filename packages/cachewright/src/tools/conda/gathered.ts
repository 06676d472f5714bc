/** What a listing is put together from, and the questions that every part of it asks of a path. */
import { join } from "node:path";
import type { DirEntry, FileType, Looker, Stat } from "../../machine/machine.ts";
import type { CacheEntry, CacheListing, EntrySize, Unread } from "../tool-cache.ts";

export interface Gathered {
  readonly looker: Pick<Looker, "lstat" | "stat" | "list" | "readFile">;
  /** Moment of the question, ms. */
  readonly now: number;
  readonly entries: CacheEntry[];
  readonly unread: Unread[];
  readonly marks: string[];
  readonly foreign: string[];
}

export function gather(looker: Gathered["looker"], now: number): Gathered {
  return { looker, now, entries: [], unread: [], marks: [], foreign: [] };
}

export function listingOf({ entries, unread, marks, foreign }: Gathered): CacheListing {
  const order = (a: { readonly id: string }, b: { readonly id: string }): number => (a.id < b.id ? -1 : 1);
  return { entries: entries.sort(order), unread, marks: marks.sort(), foreign: foreign.sort() };
}

/** What has gone since the directory was read is nothing; what may not be seen is unknown. */
export function statOf({ looker, unread }: Gathered, path: string): Stat | undefined {
  const stat = looker.lstat(path);
  if (stat.ok) return stat.value;
  if (stat.errno !== "ENOENT" && stat.errno !== "ENOTDIR") unread.push({ path, errno: stat.errno });
  return undefined;
}

export interface Named {
  readonly name: string;
  readonly path: string;
  readonly type: FileType;
}

/** The names in a directory, in order. One that cannot be listed is unknown, one that has gone is empty. */
export function namesIn(gathered: Gathered, directory: string): Named[] {
  const entries = gathered.looker.list(directory);
  if (!entries.ok) {
    if (entries.errno !== "ENOENT") gathered.unread.push({ path: directory, errno: entries.errno });
    return [];
  }
  return entries.value.flatMap((entry): Named[] => namedOf(gathered, directory, entry)).sort((a, b) => (a.name < b.name ? -1 : 1));
}

function namedOf(gathered: Gathered, directory: string, { name, type }: DirEntry): Named[] {
  const path = join(directory, name);
  const known = type ?? statOf(gathered, path)?.type;
  return known === undefined ? [] : [{ name, path, type: known }];
}

export function sizeOf(stats: readonly Stat[]): EntrySize {
  const bytes = stats.reduce((sum, { allocated }) => sum + allocated, 0);
  const shared = stats.reduce((sum, { nlink, allocated }) => sum + (nlink > 1 ? allocated : 0), 0);
  return { bytes, reclaimable: bytes - shared, files: stats.length };
}

/** A few files of one directory that go together, as an entry without a project. */
export function groupOf(gathered: Gathered, members: readonly Named[], words: Pick<CacheEntry, "id" | "kind" | "detail" | "recreate"> & { readonly url?: string }): CacheEntry | undefined {
  const seen = members.flatMap(({ path }) => {
    const stat = statOf(gathered, path);
    return stat === undefined ? [] : [{ path, stat }];
  });
  if (seen.length === 0) return undefined;
  const stats = seen.map(({ stat }) => stat);
  const writtenMs = Math.max(...stats.map(({ mtimeMs }) => mtimeMs));
  const hasDirectory = stats.some(({ type }) => type === "dir");
  return {
    project: null, version: null, python: null, ...words, paths: seen.map(({ path }) => path), size: hasDirectory ? null : sizeOf(stats),
    writtenMs, usedMs: hasDirectory ? null : Math.max(writtenMs, ...stats.map(({ atimeMs }) => atimeMs)),
  };
}
