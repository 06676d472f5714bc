/**
 * rattler's package cache: extracted packages only, no archives and no `urls.txt`. Beside each package `<name>.lock` holds
 * a revision and a hash: it is no lock, and a package whose own cannot be opened for writing cannot be used, whole as it
 * is. The lock is `.cache.lock`. Sources: rattler crates/rattler_cache/src/package_cache (`cache_lock.rs`, `mod.rs`);
 * layout of py-rattler 0.28.
 */
import { join } from "node:path";
import type { Errno, Looker } from "../../machine/machine.ts";
import { distOf, type CondaDist } from "../conda/package-dir.ts";

export type RattlerEntryKind =
  | "extracted"
  /** No `info/index.json`: it is made anew when it is asked for. */
  | "half-extracted"
  /** `.<name>XXXX`: being unpacked, or left behind. */
  | "leftover";

export interface RattlerCacheEntry {
  readonly kind: RattlerEntryKind;
  readonly path: string;
  /** What goes with it: the file with its revision and hash. */
  readonly beside: string | null;
  readonly dist: CondaDist | null;
  readonly lastUsedMs: number;
}

type Looked = Pick<Looker, "lstat" | "stat" | "list">;

export function isRattlerCache(looker: Looked, directory: string): boolean {
  return looker.lstat(join(directory, ".cache.lock")).ok;
}

export function rattlerCacheEntries(looker: Looked, directory: string): RattlerCacheEntry[] {
  const entries = looker.list(directory);
  const names = entries.ok ? entries.value.map(({ name }) => name).sort() : [];
  return names.flatMap((name): RattlerCacheEntry[] => {
    const path = join(directory, name);
    const stat = looker.lstat(path);
    if (!stat.ok || stat.value.type !== "dir") return [];
    const lastUsedMs = stat.value.mtimeMs;
    if (name.startsWith(".")) return [{ kind: "leftover", path, beside: null, dist: null, lastUsedMs }];
    const dist = distOfRattler(name);
    if (dist === null) return [];
    const index = looker.stat(join(path, "info", "index.json"));
    return [{ kind: index.ok ? "extracted" : "half-extracted", path, beside: names.includes(`${name}.lock`) ? `${path}.lock` : null, dist, lastUsedMs }];
  });
}

/** `<name>-<version>-<build>`, or that with the hash of where it came from. A version begins with a digit; that tells the two apart. */
export function distOfRattler(name: string): CondaDist | null {
  const origin = /^(.+)-[0-9a-f]{8,64}$/.exec(name)?.[1];
  const without = origin === undefined ? null : distOf(origin);
  return without !== null && /^\d/.test(without.version) ? without : distOf(name);
}

export interface RattlerDenied {
  readonly path: string;
  readonly errno: Errno;
}

/** What rattler opens for writing even to read: the cache's lock, and each package's own file. `limit` answers at the most. */
export function rattlerDenied(looker: Looked & Pick<Looker, "access">, directory: string, limit = 16): RattlerDenied[] {
  const entries = looker.list(directory);
  if (!entries.ok) return entries.errno === "ENOENT" ? [] : [{ path: directory, errno: entries.errno }];
  const locks = entries.value.map(({ name }) => name).filter((name) => name.endsWith(".lock")).sort().map((name) => join(directory, name));
  const denied: RattlerDenied[] = [];
  for (const path of [directory, ...locks]) {
    if (denied.length >= limit) break;
    const answer = looker.access(path, "write");
    if (answer !== "ok") denied.push({ path, errno: answer });
  }
  return denied;
}
