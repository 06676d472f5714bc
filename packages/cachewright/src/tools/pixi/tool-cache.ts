/** The caches of pixi, and of rattler's other programs: the same directories, often the same root. Of two that name one root the first is answered. */
import { basename, dirname } from "node:path";
import type { CacheAsk, CacheEntry, CacheRoot, Fault, ToolCache, Verdict } from "../tool-cache.ts";
import type { ToolName, ToolPlace } from "../tool.ts";
import { detailsOf } from "../conda/entry-details.ts";
import { packageUsers } from "../conda/package-users.ts";
import { verifyIndex } from "../conda/verify-index.ts";
import { verifyPackage } from "../conda/verify-package.ts";
import { pixiLock, pixiLocks } from "./cache-locks.ts";
import { isPixiCache, listPixiCache } from "./list-cache.ts";
import { distOfRattler } from "./list-rattler-packages.ts";
import { pixiCacheKinds } from "./locations.ts";

/** Environments of projects are kept there by choice; they are no cache. */
const notHere = "detached-environments";

/** The place of each kind by its setting's name; of rattler's, "packages" and "repodata". */
function directoryOf(name: string): string | undefined {
  return name === "packages" ? "pkgs" : pixiCacheKinds.find(({ key }) => key === name)?.directory;
}

/** One root above all kinds that lie where they lie by default, and one for each kind that was sent elsewhere. */
function roots(places: readonly ToolPlace[]): CacheRoot[] {
  const caches = places.filter(({ kind, name }) => kind === "cache" && directoryOf(name) !== undefined);
  const parents = new Map<string, number>();
  for (const { name, path } of caches) if (basename(path) === directoryOf(name)) parents.set(dirname(path), (parents.get(dirname(path)) ?? 0) + 1);
  const [most] = [...parents].sort((a, b) => b[1] - a[1]);
  const common = most !== undefined && most[1] >= 2 ? most[0] : undefined;
  const elsewhere = caches.filter(({ name, path }) => name !== notHere && (common === undefined || dirname(path) !== common || basename(path) !== directoryOf(name)));
  return [...(common === undefined ? [] : [{ path: common, name: "all" }]), ...elsewhere.map(({ path, name }) => ({ path, name }))];
}

function* verify({ machine }: CacheAsk, entries: readonly CacheEntry[]): Iterable<Verdict> {
  for (const entry of entries) {
    if (entry.project !== null && (entry.kind === "package" || entry.kind === "damaged")) yield withLock(machine, entry, verifyPackage(machine, entry, distOfRattler));
    else if (entry.kind === "index" && entry.paths.some((path) => path.endsWith(".json"))) yield verifyIndex(machine, entry);
  }
}

/** A revision of eight bytes, with the archive's sha256 from rattler_cache 0.2 on; empty while nothing was unpacked. */
const lengths: readonly number[] = [0, 8, 40];

function withLock({ lstat }: CacheAsk["machine"], { id, paths }: CacheEntry, verdict: Verdict): Verdict {
  const path = paths.find((one) => one.endsWith(".lock"));
  const stat = path === undefined ? undefined : lstat(path);
  if (path === undefined || stat?.ok !== true || lengths.includes(stat.value.size)) return verdict;
  const fault: Fault = { entry: id, path, kind: stat.value.size < 40 ? "truncated" : "malformed", says: `it has ${stat.value.size} bytes instead of 40` };
  return { ...verdict, faults: [...verdict.faults, fault] };
}

function distName({ paths, project }: CacheEntry): string | null {
  const dist = project === null ? null : distOfRattler(basename(paths[0] ?? ""));
  return dist === null ? null : `${dist.name}-${dist.version}-${dist.build}`;
}

function cacheOf(tool: ToolName): ToolCache {
  return {
    tool,
    roots,
    recognises: isPixiCache,
    list: ({ machine, root, now }) => listPixiCache(machine, root, now),
    verify,
    usedBy: (ask, entries, environments) => packageUsers(ask, entries, environments, { distOf: distName }),
    details: ({ machine }, entry) => lockDetails(machine, detailsOf(machine, entry)),
    lock: ({ machine, root }) => pixiLock(machine, root),
    locks: ({ machine }, entries) => pixiLocks(machine, entries),
  };
}

/** The hash of the archive that a package was unpacked from. */
function lockDetails({ readFile }: CacheAsk["machine"], entry: CacheEntry): CacheEntry {
  const path = entry.paths.find((one) => one.endsWith(".lock"));
  const bytes = path === undefined ? undefined : readFile(path, 64);
  return bytes?.ok === true && bytes.value.length === 40 ? { ...entry, hashes: { ...entry.hashes, sha256: bytes.value.toString("hex", 8) } } : entry;
}

export const pixiCache = cacheOf("pixi");
export const rattlerCache = cacheOf("rattler");
