/**
 * What keeps pixi and rattler out, all of it flock(2). Packages: `.cache.lock` for the whole of an installation
 * (rattler_cache `CacheGlobalLock`, from November 2025: py-rattler 0.17); before that `<package>.lock` of each package that
 * is unpacked or linked. Channels: `<hash>.lock`, or the file of shards itself (rattler_repodata_gateway utils/flock.rs,
 * gateway/sharded_subdir). Environments: a file in their `conda-meta`, which goes with them, so that the lock proves nothing
 * to the next who comes (pixi_utils environment_lock.rs). The rest has none.
 */
import { dirname, join } from "node:path";
import type { Looker } from "../../machine/machine.ts";
import type { CacheEntry, CacheLock } from "../tool-cache.ts";
import { kindOf } from "./list-cache.ts";

const running: CacheLock = {
  how: "not-running", commands: ["pixi", "rattler-build", "rattler", "pixi-build-python", "pixi-build-cmake", "pixi-build-rattler-build"],
  why: "it has no lock that holds for all of this",
};

/** Of the cache as a whole. */
export function pixiLock(looker: Pick<Looker, "lstat" | "list">, root: string): CacheLock {
  return kindOf(looker, root) === "pkgs" && looker.lstat(join(root, ".cache.lock")).ok ? flock(join(root, ".cache.lock")) : running;
}

export function pixiLocks(looker: Pick<Looker, "lstat">, entries: readonly CacheEntry[]): CacheLock[] {
  const locks = new Map<string, CacheLock>();
  for (const entry of entries) for (const lock of locksOf(looker, entry)) locks.set("path" in lock ? lock.path : "", lock);
  return [...locks.values()];
}

function flock(path: string): CacheLock {
  return { how: "flock", path, exclusive: true };
}

function locksOf(looker: Pick<Looker, "lstat">, { kind, paths }: CacheEntry): CacheLock[] {
  const [path = ""] = paths;
  const lockFile = paths.find((one) => one.endsWith(".lock"));
  if (lockFile !== undefined) return packageLocks(looker, lockFile);
  if (kind === "index" && path.endsWith(".shards-cache-v1")) return [flock(path)];
  const channel = kind === "index" ? /^(.*\/[0-9a-f]{8})\.(?:info\.)?json$/.exec(path)?.[1] : undefined;
  if (channel !== undefined) return [flock(`${channel}.lock`)];
  const isPackage = kind === "package" || kind === "damaged" || (kind === "leftover" && looker.lstat(join(dirname(path), ".cache.lock")).ok);
  return isPackage && looker.lstat(join(dirname(path), ".cache.lock")).ok ? [flock(join(dirname(path), ".cache.lock"))] : [running];
}

/** Without the one for all, only versions that lock each package have been here. */
function packageLocks(looker: Pick<Looker, "lstat">, lockFile: string): CacheLock[] {
  const all = join(dirname(lockFile), ".cache.lock");
  return [flock(looker.lstat(all).ok ? all : lockFile)];
}
