/** Gathers what lies in a cache: used by the adapters of tools whose caches are plain directories of files. */
import { join } from "node:path";
import type { FileType, Stat } from "../../machine/machine.ts";
import { pythonGone } from "../pip/wheel-pythons.ts";
import type { CacheAsk, CacheEntry, CacheListing, EntrySize, Unread } from "../tool-cache.ts";

export interface CacheWalk {
  readonly ask: CacheAsk;
  readonly entries: CacheEntry[];
  readonly unread: Unread[];
  readonly marks: string[];
  readonly foreign: string[];
}

export interface Child {
  readonly name: string;
  readonly path: string;
  /** Of itself: a link is a link, wherever it leads. */
  readonly type: FileType;
}

/** What a tool knows of an entry; the rest is looked up. */
export interface FoundEntry extends Pick<CacheEntry, "kind" | "paths" | "recreate" | "url" | "hashes" | "keep" | "unused" | "needs" | "onlyForThem"> {
  readonly project?: string | null;
  readonly version?: string | null;
  readonly detail?: string | null;
  readonly python?: string | null;
}

export function beginWalk(ask: CacheAsk): CacheWalk {
  return { ask, entries: [], unread: [], marks: [], foreign: [] };
}

/** Gone meanwhile, or something else is in its place: neither is unknown. */
const isGone = (errno: string): boolean => errno === "ENOENT" || errno === "ENOTDIR";

/** What lies in a directory that is no link; what cannot be listed is noted as unread. */
export function childrenOf(walk: CacheWalk, directory: string): Child[] {
  const { machine } = walk.ask;
  const entries = machine.list(directory);
  if (!entries.ok) {
    if (!isGone(entries.errno)) walk.unread.push({ path: directory, errno: entries.errno });
    return [];
  }
  return entries.value.flatMap(({ name, type }): Child[] => {
    const path = join(directory, name);
    if (type !== undefined) return [{ name, path, type }];
    const seen = machine.lstat(path);
    return seen.ok ? [{ name, path, type: seen.value.type }] : [];
  });
}

/** Sub-directories and other children apart; what a pattern of names does not allow is nothing the tool made. */
export function childDirs(walk: CacheWalk, directory: string, names: RegExp): Child[] {
  return childrenOf(walk, directory).filter((child) => {
    const isOurs = child.type === "dir" && names.test(child.name);
    if (!isOurs) walk.foreign.push(child.path);
    return isOurs;
  });
}

/** Directories on the way to files, one pattern for each level; every file below them is handed over. */
export function filesAt(walk: CacheWalk, directory: string, levels: readonly RegExp[]): Child[] {
  const [level, ...rest] = levels;
  if (level === undefined) return childrenOf(walk, directory);
  return childDirs(walk, directory, level).flatMap(({ path }) => filesAt(walk, path, rest));
}

/** Two names of one file in one entry are counted once. */
function weigh(stats: readonly Stat[]): EntrySize {
  const inodes = new Map<string, { readonly stat: Stat; names: number }>();
  for (const stat of stats) {
    const id = `${stat.dev}:${stat.ino}`;
    const known = inodes.get(id);
    if (known === undefined) inodes.set(id, { stat, names: 1 });
    else known.names += 1;
  }
  let [bytes, reclaimable] = [0, 0];
  for (const { stat, names } of inodes.values()) {
    bytes += stat.allocated;
    if (stat.nlink <= names) reclaimable += stat.allocated;
  }
  return { bytes, reclaimable, files: stats.length };
}

/** Of wheels, packed or not: why no Python that was found would take them. */
function noPythonFor({ ask }: CacheWalk, { kind, detail }: FoundEntry): string | undefined {
  const isWheel = (kind === "download" || kind === "built-wheel" || kind === "package") && typeof detail === "string" && /^[^-\s]+-[^-\s]+-[^-\s]+$/.test(detail);
  return isWheel ? pythonGone(detail, ask.pythons) : undefined;
}

/** The path below the root of the first of the entry's paths is its name. What is gone meanwhile is no entry. */
export function addEntry(walk: CacheWalk, found: FoundEntry): void {
  const { machine, root } = walk.ask;
  const there = found.paths.flatMap((path) => {
    const seen = machine.lstat(path);
    if (!seen.ok && !isGone(seen.errno)) walk.unread.push({ path, errno: seen.errno });
    return seen.ok ? [{ path, stat: seen.value }] : [];
  });
  const [first] = there;
  if (first === undefined) return;
  const stats = there.map(({ stat }) => stat);
  const writtenMs = Math.max(...stats.map(({ mtimeMs }) => mtimeMs));
  const gone = found.unused ?? noPythonFor(walk, found);
  const isTree = stats.some(({ type }) => type === "dir");
  walk.entries.push({
    project: null, version: null, detail: null, python: null, ...found, ...(gone === undefined ? {} : { unused: gone }),
    id: first.path.slice(root.length + 1), paths: there.map(({ path }) => path),
    size: isTree ? null : weigh(stats), writtenMs,
    // Whoever lists a directory reads it: its own times tell nothing of the use of what is in it.
    usedMs: isTree ? null : Math.max(writtenMs, ...stats.map(({ atimeMs }) => atimeMs)),
  });
}

export function listingOf({ entries, unread, marks, foreign }: CacheWalk): CacheListing {
  return { entries, unread, marks, foreign };
}
