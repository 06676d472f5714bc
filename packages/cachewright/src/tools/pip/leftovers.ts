/**
 * What pips leave behind that nothing will use again: writes and builds that were killed, the layout of another age,
 * wheels for Pythons that are gone, and temporary directories of runs that died.
 */
import { join } from "node:path";
import type { Looker, Stat } from "../../machine/machine.ts";
import { liveMs, pipCacheEntries, type Budget, type PipCacheEntry } from "./cache.ts";

/** Where to look, and what is known of who may still need something there. */
export type LeftoverPlace =
  | {
    readonly place: "cache";
    readonly root: string;
    /** Parts of the cache that no pip found here reads. */
    readonly unread: readonly string[];
    /** Interpreters found here, as in a wheel's tag: "311". */
    readonly pythons: readonly string[];
  }
  /** `uid`: only what belongs to this account. */
  | { readonly place: "temp"; readonly root: string; readonly uid: number };

export interface Leftover {
  readonly root: string;
  readonly place: LeftoverPlace["place"];
  readonly kind: "interrupted" | "unread" | "interpreter-gone" | "temporary";
  readonly paths: readonly string[];
  readonly bytes: number;
  readonly newestMs: number;
}

/** A pip of another version may live where nobody looked: what it would still use is used once a month. */
const unusedMs = 30 * liveMs;

/** `TempDirectory(kind=…)` makes `pip-<kind>-<8>` (utils/temp_dir.py, 10.0 and later); pips before wrote `pip-<8>-build`. */
const tempName = /^pip-(?:(?:[a-z]+-)+[a-z0-9_]{8}|[A-Za-z0-9_]{6,8}-(?:build|unpack|uninstall)|build-[A-Za-z0-9_]{6,8})$/;

/** `cp36`, `py27` … of a wheel that fits one interpreter alone; none for `py3` and `abi3`. */
function interpreterOf(file: string): string | undefined {
  return file.endsWith(".whl") && !/-abi3-/.test(file) ? /-(?:cp|py)(\d{2,})-[^-]+-[^-]+\.whl$/.exec(file)?.[1] : undefined;
}

function isForGonePython(entry: PipCacheEntry, pythons: readonly string[]): boolean {
  const wheels = entry.paths.filter((path) => path.endsWith(".whl"));
  return pythons.length > 0 && wheels.length > 0 && wheels.every((path) => {
    const python = interpreterOf(path);
    return python !== undefined && !pythons.includes(python);
  });
}

export type CachePlace = Extract<LeftoverPlace, { place: "cache" }>;

function kindOf(entry: PipCacheEntry, { root, unread, pythons }: CachePlace, now: number): Leftover["kind"] | undefined {
  if (entry.kind === "leftover") return "interrupted";
  if (entry.lastUsedMs > now - unusedMs) return undefined;
  if (unread.some((part) => entry.paths[0]?.startsWith(`${join(root, part)}/`))) return "unread";
  return entry.kind === "wheel" && isForGonePython(entry, pythons) ? "interpreter-gone" : undefined;
}

/** What of a cache's entries is left over; `now` in ms. */
export function leftoversOf(found: readonly PipCacheEntry[], place: CachePlace, now: number): Leftover[] {
  const kinds = new Map<Leftover["kind"], PipCacheEntry[]>();
  for (const entry of found) {
    const kind = kindOf(entry, place, now);
    if (kind !== undefined) kinds.set(kind, [...(kinds.get(kind) ?? []), entry]);
  }
  return [...kinds].map(([kind, entries]) => ({
    root: place.root, place: "cache", kind, paths: entries.flatMap(({ paths }) => paths),
    bytes: entries.reduce((sum, { bytes }) => sum + bytes, 0), newestMs: entries.reduce((newest, { lastUsedMs }) => Math.max(newest, lastUsedMs), 0),
  }));
}

interface Tree { readonly paths: string[]; bytes: number; newestMs: number; whole: boolean }

/** Everything below a directory of the account's, on its own file system; links are entries, never ways. */
function treeOf(looker: Looker, top: { path: string; stat: Stat }, budget: Budget): Tree {
  const tree: Tree = { paths: [], bytes: 0, newestMs: top.stat.mtimeMs, whole: true };
  const pending = [top.path];
  for (let at = pending.pop(); at !== undefined; at = pending.pop()) {
    const entries = looker.list(at);
    if (!entries.ok || budget.left <= 0) return { ...tree, whole: false };
    for (const { name } of entries.value) {
      const path = join(at, name);
      const seen = looker.lstat(path);
      budget.left -= 1;
      if (!seen.ok || seen.value.dev !== top.stat.dev || seen.value.uid !== top.stat.uid) return { ...tree, whole: false };
      tree.newestMs = Math.max(tree.newestMs, seen.value.mtimeMs);
      if (seen.value.type === "dir") pending.push(path);
      else {
        tree.paths.push(path);
        tree.bytes += seen.value.allocated;
      }
    }
  }
  return tree;
}

/** Directories below `root` that a process works in or holds a file of, as far as /proc tells this account. */
function inUse(looker: Looker, root: string): Set<string> {
  const used = new Set<string>();
  const note = (path: string): void => {
    const to = looker.readlink(path);
    if (to.ok && to.value.startsWith(`${root}/`)) used.add(join(root, to.value.slice(root.length + 1).split("/")[0] ?? ""));
  };
  const processes = looker.list("/proc");
  for (const { name } of processes.ok ? processes.value : []) {
    if (!/^\d+$/.test(name)) continue;
    note(`/proc/${name}/cwd`);
    const files = looker.list(`/proc/${name}/fd`);
    if (files.ok) for (const file of files.value) note(`/proc/${name}/fd/${file.name}`);
  }
  return used;
}

function inTemp(looker: Looker, { root, uid }: Extract<LeftoverPlace, { place: "temp" }>, { now, budget }: { now: number; budget: Budget }): Leftover[] {
  const names = looker.list(root);
  if (!names.ok) return [];
  const dead = names.value.filter(({ name }) => tempName.test(name)).flatMap(({ name }): { path: string; tree: Tree }[] => {
    const path = join(root, name);
    const stat = looker.lstat(path);
    if (!stat.ok || stat.value.type !== "dir" || stat.value.uid !== uid || stat.value.mtimeMs > now - liveMs) return [];
    const tree = treeOf(looker, { path, stat: stat.value }, budget);
    return tree.whole && tree.bytes > 0 && tree.newestMs < now - liveMs ? [{ path, tree }] : [];
  });
  if (dead.length === 0) return [];
  const used = inUse(looker, root);
  const trees = dead.filter(({ path }) => !used.has(path)).map(({ tree }) => tree);
  if (trees.length === 0) return [];
  return [{
    root, place: "temp", kind: "temporary", paths: trees.flatMap(({ paths }) => paths),
    bytes: trees.reduce((sum, { bytes }) => sum + bytes, 0), newestMs: Math.max(...trees.map(({ newestMs }) => newestMs)),
  }];
}

/** `now` in ms. A budget that is used up leaves out whole directories: what is told is true, and there may be more. */
export function pipLeftovers(looker: Looker, place: LeftoverPlace, now: number, budget: Budget = { left: Number.POSITIVE_INFINITY }): Leftover[] {
  return place.place === "cache" ? leftoversOf(pipCacheEntries(looker, place.root, now, budget), place, now) : inTemp(looker, place, { now, budget });
}
