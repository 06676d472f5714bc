import { join } from "node:path";
import type { Looker } from "../../machine/machine.ts";
import { childOf } from "../../machine/path-steps.ts";
import { pipCacheMarks } from "./locations.ts";

/** One thing in pip's cache that can be removed alone. */
export interface PipCacheEntry {
  /** "damaged": a wheel cut short, which every pip takes and fails on. "leftover": no pip reads it. */
  readonly kind: "http" | "wheel" | "leftover" | "damaged";
  readonly paths: readonly string[];
  /** Bytes on disk. */
  readonly bytes: number;
  /** Best guess at the last use, ms: metadata is rewritten on revalidation, bodies are only read. */
  readonly lastUsedMs: number;
}

interface Found { readonly path: string; readonly name: string; readonly bytes: number; readonly lastUsedMs: number; readonly writtenMs: number }

/**
 * What pip writes, and nothing else, has these names: five directories that spell the beginning of a SHA-224
 * (cachecontrol `FileCache._fn`), and three pairs of digits with the rest (`_get_cache_path_parts`). A `wheels` or
 * `http` that somebody keeps beside a misplaced cache-dir has not, and what is removed does not come back.
 */
const layouts = {
  http: {
    directory: /^[0-9a-f](?:\/[0-9a-f]){0,4}$/,
    file: /^([0-9a-f])\/([0-9a-f])\/([0-9a-f])\/([0-9a-f])\/([0-9a-f])\/\1\2\3\4\5[0-9a-f]*(?:\.body)?(?:[a-z0-9_]*\.tmp)?$/,
  },
  wheels: {
    directory: /^[0-9a-f]{2}(?:\/[0-9a-f]{2}(?:\/[0-9a-f]{2}(?:\/[0-9a-f]{2,}(?:\/tmp[a-z0-9_]{8}(?:\/.*)?)?)?)?)?$/,
    file: /^(?:[0-9a-f]{2}\/){3}[0-9a-f]{2,}\/(?:[^/]*\.whl|origin\.json|[^/]*\.tmp|tmp[a-z0-9_]{8}\/.*)$/,
  },
} as const;

type Layout = (typeof layouts)[keyof typeof layouts];

/** Whether a path relative to the cache is that of a file pip may have put there as an entry. */
export function isPipCacheFile(rel: string): boolean {
  const [top = "", ...rest] = rel.split("/");
  const layout = top === "wheels" ? layouts.wheels : top === "http" || top === "http-v2" ? layouts.http : undefined;
  return layout !== undefined && layout.file.test(rest.join("/"));
}

const lessKnown = {
  /** One file an environment, by the SHA-224 of its prefix. */
  selfcheck: /^[0-9a-f]*(?:[a-z0-9_]*\.tmp)?$/,
  /** pip until 19.2 left its locks beside the entries. */
  lock: /^[0-9a-f](?:\/[0-9a-f]){4}\/[0-9a-f]+\.lock$/,
};

/** Whether a path relative to the cache is one that pip makes: a directory on the way, an entry, or what belongs to one. */
export function isPipCachePlace(rel: string): boolean {
  const [top = "", ...rest] = rel.split("/");
  const below = rest.join("/");
  if (top === "" || (below === "" && pipCacheMarks.includes(top))) return true;
  if (top === "selfcheck") return lessKnown.selfcheck.test(below);
  if (top === "wheels") return layouts.wheels.directory.test(below) || layouts.wheels.file.test(below);
  return (top === "http" || top === "http-v2") && (layouts.http.directory.test(below) || layouts.http.file.test(below) || lessKnown.lock.test(below));
}
/** How many entries may still be looked at; a walk that meets its end leaves out whole directories, never half of one. */
export interface Budget { left: number }

/** Regular files below a directory that lie where pip puts them, without following links. */
function filesBelow(looker: Looker, directory: string, { layout, budget }: { readonly layout: Layout; readonly budget: Budget }): Found[] {
  const found: Found[] = [];
  const pending = [""];
  for (let at = pending.pop(); at !== undefined && budget.left > 0; at = pending.pop()) {
    const entries = looker.list(at === "" ? directory : childOf(directory, at));
    if (!entries.ok) continue;
    for (const { name } of entries.value) {
      const rel = at === "" ? name : `${at}/${name}`;
      if (!layout.directory.test(rel) && !layout.file.test(rel)) continue;
      const path = childOf(directory, rel);
      const stat = looker.lstat(path);
      budget.left -= 1;
      if (!stat.ok) continue;
      if (stat.value.type === "dir") pending.push(rel);
      else if (stat.value.type === "file" && layout.file.test(rel)) found.push({ path, name, bytes: stat.value.allocated, lastUsedMs: Math.max(stat.value.mtimeMs, stat.value.atimeMs), writtenMs: stat.value.mtimeMs });
    }
  }
  return found;
}

function entry(kind: PipCacheEntry["kind"], files: readonly Found[]): PipCacheEntry {
  return {
    kind,
    paths: files.map((file) => file.path),
    bytes: files.reduce((sum, file) => sum + file.bytes, 0),
    // Nobody uses what was left half-written; a backup that reads it makes it no younger.
    lastUsedMs: Math.max(...files.map((file) => (kind === "leftover" ? file.writtenMs : file.lastUsedMs))),
  };
}

/** What a pip may still be writing looks exactly like what a killed one left; a day tells them apart. */
export const liveMs = 24 * 3600 * 1000;

/** `<hash>` and `<hash>.body` are one entry (pip >= 23.3); either alone, and every `.tmp`, is what an interrupted write left. */
function httpEntries(files: readonly Found[], needsBody: boolean, now: number): PipCacheEntry[] {
  const groups = new Map<string, Found[]>();
  for (const file of files) {
    const key = file.path.replace(/\.body$/, "");
    groups.set(key, [...(groups.get(key) ?? []), file]);
  }
  return [...groups.values()].map((group) => {
    const whole = !needsBody || group.length === 2;
    return entry(whole && !group.some((file) => file.name.endsWith(".tmp")) ? "http" : "leftover", group);
  }).filter((found) => found.kind === "http" || found.lastUsedMs < now - liveMs);
}

/** Files that a process of ours (root: any process) has open right now; empty where there is no /proc. */
function openFiles(looker: Looker): ReadonlySet<string> {
  const open = new Set<string>();
  const processes = looker.list("/proc");
  for (const { name } of processes.ok ? processes.value : []) {
    if (!/^\d+$/.test(name)) continue;
    const descriptors = looker.list(`/proc/${name}/fd`);
    for (const descriptor of descriptors.ok ? descriptors.value : []) {
      const target = looker.readlink(`/proc/${name}/fd/${descriptor.name}`);
      if (target.ok) open.add(target.value);
    }
  }
  return open;
}

/** A zip ends with its directory's end record (APPNOTE 4.3.16; wheels carry no comment); one cut short does not. */
function isCutShort(looker: Looker, path: string): boolean {
  const end = looker.readEnd(path, 22);
  return end.ok && end.value.indexOf("PK\x05\x06", "latin1") !== 0;
}

/** A directory of built wheels with its origin.json is one entry. */
function wheelEntries(looker: Looker, files: readonly Found[], now: number): PipCacheEntry[] {
  const groups = new Map<string, Found[]>();
  for (const file of files) {
    const directory = file.path.slice(0, file.path.length - file.name.length);
    groups.set(directory, [...(groups.get(directory) ?? []), file]);
  }
  let open: ReadonlySet<string> | undefined;
  return [...groups].map(([directory, group]) => {
    // pip >= 25.3 builds in a `tmp…` directory inside the entry and renames the wheel out of it.
    const building = /\/tmp[a-z0-9_]{8}\/$/.test(directory);
    const wheels = building ? [] : group.filter((file) => file.name.endsWith(".whl"));
    // Older pips write a wheel in place: what is still being written is no ruin yet.
    const damaged = wheels.some(({ path }) => isCutShort(looker, path) && !(open ??= openFiles(looker)).has(path));
    return entry(damaged ? "damaged" : wheels.length > 0 ? "wheel" : "leftover", group);
  }).filter((found) => found.kind !== "leftover" || found.lastUsedMs < now - liveMs);
}

/**
 * Every entry of a pip cache, of all eras. `selfcheck` is left out: a few hundred bytes for each environment; so is
 * what a live download may own. `now` in ms. Without a budget nothing is left out.
 */
export function pipCacheEntries(looker: Looker, cache: string, now: number, budget: Budget = { left: Number.POSITIVE_INFINITY }): PipCacheEntry[] {
  const below = (name: string, layout: Layout): Found[] => {
    const directory = join(cache, name);
    const top = looker.lstat(directory);
    // A link in the place of one leads out of the cache.
    return top.ok && top.value.type === "dir" ? filesBelow(looker, directory, { layout, budget }) : [];
  };
  return [
    ...httpEntries(below("http-v2", layouts.http), true, now),
    ...httpEntries(below("http", layouts.http), false, now),
    ...wheelEntries(looker, below("wheels", layouts.wheels), now),
  ];
}

const ranks: Record<PipCacheEntry["kind"], number> = { damaged: 0, leftover: 1, http: 2, wheel: 3 };

/**
 * Least useful first, until `atLeast` bytes come together: what makes pip fail, what no pip can use, then what can be
 * fetched again, then what took a build; within each the longest unused. What makes pip fail always goes.
 */
export function leastUseful(entries: readonly PipCacheEntry[], atLeast: number): PipCacheEntry[] {
  const ordered = [...entries].sort((a, b) => ranks[a.kind] - ranks[b.kind] || a.lastUsedMs - b.lastUsedMs);
  const chosen: PipCacheEntry[] = [];
  let bytes = 0;
  for (const candidate of ordered) {
    if (bytes >= atLeast && candidate.kind !== "damaged") break;
    chosen.push(candidate);
    bytes += candidate.bytes;
  }
  return chosen;
}
