import { join } from "node:path";
import type { Machine } from "../machine/machine.ts";
import { condaLocks } from "./conda-locks.ts";
import { condaDamage } from "./conda-packages.ts";
import type { MambaFact } from "./facts.ts";
import { lookToWrite, type Looks } from "./looks.ts";

export interface MambaRequest {
  readonly home: string | undefined;
  readonly asked: readonly string[];
  readonly deep: boolean;
  /** Package caches that a conda answers for. */
  readonly known: readonly string[];
}

/**
 * Package caches of a mamba or micromamba without a conda beside it, by the variables and the usual places (mamba 2.8
 * libmamba/src/api/configuration.cpp). Nothing is looked at unless somebody asks.
 */
export function mambaFact(looks: Looks, { home, asked, deep, known }: MambaRequest): MambaFact | undefined {
  const wantsLocks = asked.includes("conda-lock");
  const wantsDamage = deep || asked.includes("conda-package-corrupt");
  if (!wantsLocks && !wantsDamage) return undefined;
  const isThere = (path: string): boolean => looks.machine.lstat(path).ok;
  const pkgsDirs = places(looks.machine, home).filter((path) => !known.includes(path) && isThere(path));
  const running = wantsLocks ? runningDirs(looks.machine, home).filter(isThere) : [];
  if (pkgsDirs.length + running.length === 0) return undefined;
  for (const path of pkgsDirs) lookToWrite(looks, path);
  return {
    pkgsDirs,
    ...(wantsDamage && { damaged: condaDamage(looks, pkgsDirs) }),
    ...(wantsLocks && { locks: condaLocks(looks, [...pkgsDirs.flatMap((path) => [path, join(path, "cache")]), ...running]) }),
  };
}

/** Where `mamba run` notes what it has started, under a lock: below the cache from 2.0, in `~/.mamba` before (libmamba/src/core/run.cpp). */
function runningDirs({ env }: Machine, home: string | undefined): string[] {
  const cache = env["XDG_CACHE_HOME"] || (home === undefined ? undefined : join(home, ".cache"));
  return [...(cache === undefined ? [] : [join(cache, "mamba", "proc")]), ...(home === undefined ? [] : [join(home, ".mamba", "proc")])];
}

function places({ env }: Machine, home: string | undefined): string[] {
  const inHome = (...parts: string[]): string[] => (home === undefined ? [] : [join(home, ...parts)]);
  const data = env["XDG_DATA_HOME"] ? [env["XDG_DATA_HOME"]] : inHome(".local", "share");
  const roots = [...(env["MAMBA_ROOT_PREFIX"] ? [env["MAMBA_ROOT_PREFIX"]] : []), ...inHome("micromamba"), ...data.map((path) => join(path, "mamba")), ...inHome(".mamba")];
  const named = (env["CONDA_PKGS_DIRS"] ?? "").split(",").map((path) => path.trim()).filter((path) => path.startsWith("/"));
  return [...new Set([...named, ...roots.map((root) => join(root, "pkgs"))])];
}
