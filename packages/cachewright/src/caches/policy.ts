/** Which entries a policy gives up, and in which order. Pure. */
import { matchesPattern } from "./entry-pattern.ts";
import type { HeldEntry } from "./inventory.ts";
import { removalWeb, removalWithin } from "./removal.ts";
import { isUnused, lastUse } from "./select.ts";

export interface PrunePolicy {
  /** What no tool reads any more, and what is broken: true unless switched off. */
  readonly leftovers: boolean;
  /** Not used for so long, ms. */
  readonly olderThan?: number | undefined;
  /** Packages that no environment uses. */
  readonly unused?: boolean | undefined;
  /** So many versions of each project are kept, the newest used first. */
  readonly keepVersions?: number | undefined;
  /** Wheels that were built for a Python that is not on this machine any more. */
  readonly gonePythons?: boolean | undefined;
  /** Each cache is brought down to so many bytes. */
  readonly keepSize?: number | undefined;
  /** So many bytes are to be free on the file system. */
  readonly free?: number | undefined;
  /** Projects that stay whatever happens. */
  readonly keep?: readonly string[] | undefined;
}

/** Cheapest to have back first. */
const costs = { nothing: 0, download: 1, build: 2, impossible: 3 } as const;
const kindRanks: Partial<Record<HeldEntry["kind"], number>> = { damaged: -2, leftover: -1, log: 0, "built-wheel": 2 };

/** Leftovers, then what is cheapest to get back and longest unused; what was built here last. */
export function pruneOrder(entries: readonly HeldEntry[]): HeldEntry[] {
  const rank = ({ kind, recreate }: HeldEntry): number => (kindRanks[kind] ?? 1) * 10 + costs[recreate];
  return [...entries].sort((a, b) => rank(a) - rank(b) || lastUse(a) - lastUse(b) || (a.id < b.id ? -1 : 1));
}

export interface Chosen {
  readonly entry: HeldEntry;
  /** Which part of the policy it falls under. */
  readonly because: "leftover" | "damaged" | "unused-for-long" | "unused" | "older-version" | "python-gone" | "size" | "space";
}

export interface PolicyContext {
  readonly now: number;
  /** Bytes free now on the file system of a cache's root. */
  available(root: string): number;
  /** Whether a tag like "cp311" is of a Python on this machine; undefined where nobody knows. */
  isPythonHere(tag: string): boolean | undefined;
}

export function chooseByPolicy(entries: readonly HeldEntry[], policy: PrunePolicy, context: PolicyContext): Chosen[] {
  const free = entries.filter((entry) => mayGo(entry, policy));
  const chosen = new Map<HeldEntry, Chosen>();
  const choose = (entry: HeldEntry, because: Chosen["because"]): void => {
    if (!chosen.has(entry)) chosen.set(entry, { entry, because });
  };
  for (const entry of free) {
    const because = reasonFor(entry, policy, context);
    if (because !== undefined) choose(entry, because);
  }
  if (policy.keepVersions !== undefined) for (const entry of olderVersions(free, policy.keepVersions)) choose(entry, "older-version");
  if (policy.keepSize !== undefined || policy.free !== undefined) {
    const stuck = stuckAmong(entries);
    for (const group of byRoot(entries)) shrink(group, { policy, context, free: new Set(free.filter((entry) => !stuck.has(entry))), stuck, chosen });
  }
  return pruneOrder([...chosen.keys()]).flatMap((entry) => chosen.get(entry) ?? []);
}

function mayGo(entry: HeldEntry, { keep = [] }: PrunePolicy): boolean {
  return entry.keep === undefined && !keep.some((pattern) => matchesPattern(entry, pattern));
}

/** What would stay although it is asked for, because something links to it or needs it: it makes nothing smaller. */
function stuckAmong(entries: readonly HeldEntry[]): Set<HeldEntry> {
  const web = removalWeb(entries);
  return new Set(entries.filter((entry) => removalWithin([entry], web).stays.length > 0));
}

export interface PrunedCache {
  readonly entries: readonly HeldEntry[];
  readonly policy: PrunePolicy;
  readonly context: PolicyContext;
}

/** Caches with a policy each. What is to be free on a file system is taken once, from all that lie on it. */
export function chooseFromCaches(caches: readonly PrunedCache[], fileSystemOf: (root: string) => string): Chosen[] {
  const chosen = caches.flatMap(({ entries, policy, context }) => chooseByPolicy(entries, { ...policy, free: undefined }, context));
  const known = new Set(chosen.map(({ entry }) => entry));
  const freed = new Map<string, number>();
  const stuck = new Set(caches.flatMap(({ entries, policy }) => (policy.free === undefined ? [] : [...stuckAmong(entries)])));
  const count = (entry: HeldEntry): void => {
    if (stuck.has(entry)) return;
    const { place, size } = entry;
    const where = fileSystemOf(place.root);
    freed.set(where, (freed.get(where) ?? 0) + size.reclaimable);
  };
  for (const entry of known) count(entry);
  const cacheOf = new Map(caches.filter(({ policy }) => policy.free !== undefined).flatMap((cache) =>
    cache.entries.filter((entry) => entry.size.reclaimable > 0 && !known.has(entry) && !stuck.has(entry) && mayGo(entry, cache.policy)).map((entry) => [entry, cache] as const)));
  for (const entry of pruneOrder([...cacheOf.keys()])) {
    const { root } = entry.place;
    const cache = cacheOf.get(entry);
    if (cache?.policy.free === undefined || cache.context.available(root) + (freed.get(fileSystemOf(root)) ?? 0) >= cache.policy.free) continue;
    chosen.push({ entry, because: "space" });
    count(entry);
  }
  return chosen;
}

function reasonFor(entry: HeldEntry, policy: PrunePolicy, { now, isPythonHere }: PolicyContext): Chosen["because"] | undefined {
  if (policy.leftovers && (entry.kind === "leftover" || entry.kind === "damaged")) return entry.kind;
  if (policy.olderThan !== undefined && now - lastUse(entry) > policy.olderThan) return "unused-for-long";
  if (policy.unused === true && isUnused(entry)) return "unused";
  if (policy.gonePythons === true && entry.kind === "built-wheel" && entry.unused !== undefined) return "python-gone";
  if (policy.gonePythons === true && entry.kind === "built-wheel" && entry.python !== null && entry.python.split(".").every((tag) => isPythonHere(tag) === false)) return "python-gone";
  return undefined;
}

/** Versions by their last use: what is used is not for us to order by number. */
function olderVersions(entries: readonly HeldEntry[], count: number): HeldEntry[] {
  const projects = new Map<string, HeldEntry[]>();
  for (const entry of entries) {
    if (entry.project === null || entry.version === null) continue;
    const key = `${entry.place.root}\0${entry.project.toLowerCase().replaceAll(/[-_.]+/g, "-")}`;
    projects.set(key, [...(projects.get(key) ?? []), entry]);
  }
  return [...projects.values()].flatMap((held) => {
    const newest = new Map<string, number>();
    for (const entry of held) newest.set(entry.version ?? "", Math.max(newest.get(entry.version ?? "") ?? 0, lastUse(entry)));
    const kept = new Set([...newest].sort(([, a], [, b]) => b - a).slice(0, count).map(([version]) => version));
    return held.filter(({ version }) => !kept.has(version ?? ""));
  });
}

function byRoot(entries: readonly HeldEntry[]): HeldEntry[][] {
  const groups = new Map<string, HeldEntry[]>();
  for (const entry of entries) groups.set(entry.place.root, [...(groups.get(entry.place.root) ?? []), entry]);
  return [...groups.values()];
}

interface Shrinking {
  readonly policy: PrunePolicy;
  readonly context: PolicyContext;
  readonly free: ReadonlySet<HeldEntry>;
  readonly stuck: ReadonlySet<HeldEntry>;
  readonly chosen: Map<HeldEntry, Chosen>;
}

/** Until the cache is small enough and the disk free enough; what frees nothing is not given up for space. */
function shrink(group: readonly HeldEntry[], { policy, context, free, stuck, chosen }: Shrinking): void {
  const root = group[0]?.place.root;
  if (root === undefined || (policy.keepSize === undefined && policy.free === undefined)) return;
  const gone = group.filter((entry) => chosen.has(entry) && !stuck.has(entry));
  let size = group.reduce((sum, { size: { bytes } }) => sum + bytes, 0) - gone.reduce((sum, entry) => sum + entry.size.bytes, 0);
  let available = context.available(root) + gone.reduce((sum, entry) => sum + entry.size.reclaimable, 0);
  for (const entry of pruneOrder(group.filter((one) => free.has(one) && !chosen.has(one)))) {
    const isTooLarge = policy.keepSize !== undefined && size > policy.keepSize;
    const isTooFull = policy.free !== undefined && available < policy.free;
    if (!isTooLarge && !isTooFull) return;
    if (!isTooLarge && entry.size.reclaimable === 0) continue;
    chosen.set(entry, { entry, because: isTooLarge ? "size" : "space" });
    size -= entry.size.bytes;
    available += entry.size.reclaimable;
  }
}
