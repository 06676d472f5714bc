/**
 * The tree that mamba from 2.6 makes in a pkgs directory: `https/conda.anaconda.org/conda-forge/linux-64/<package>`, or
 * `<channel>/<subdir>/<package>` where no URL is known. conda neither sees nor cleans it. Sources: mamba 2.8
 * libmamba/src/core/package_cache.cpp (`package_cache_folder_relative_path`).
 */
import { join } from "node:path";
import type { Looker } from "../../machine/machine.ts";
import { condaCacheEntries, type CondaCacheEntry } from "../conda/cache.ts";

export interface MambaCacheEntry extends CondaCacheEntry {
  /** Below the pkgs directory: "https/conda.anaconda.org/conda-forge". */
  readonly channel: string;
  readonly subdir: string;
}

const subdirName = /^(?:noarch|(?:linux|osx|win|emscripten|wasi|freebsd|zos)-[a-z0-9]+)$/;
const notChannels: readonly string[] = ["cache", ".trash", ".logs"];
/** A channel's URL has a few parts; a tree that is deeper is somebody else's. */
const deepest = 10;

export function mambaCacheEntries(looker: Pick<Looker, "lstat" | "stat" | "list">, pkgsDir: string): MambaCacheEntry[] {
  const pending = [{ channel: "", depth: 0 }];
  const found: MambaCacheEntry[] = [];
  for (let at = pending.pop(); at !== undefined; at = pending.pop()) {
    const entries = looker.list(join(pkgsDir, at.channel));
    for (const { name } of entries.ok ? entries.value : []) {
      if (at.depth === 0 && notChannels.includes(name)) continue;
      const below = at.channel === "" ? name : `${at.channel}/${name}`;
      const stat = looker.lstat(join(pkgsDir, below));
      // A package has `info`, a channel has not; links lead out of the cache.
      if (!stat.ok || stat.value.type !== "dir" || looker.lstat(join(pkgsDir, below, "info")).ok) continue;
      if (at.depth > 0 && subdirName.test(name)) found.push(...packagesIn(looker, pkgsDir, { channel: at.channel, subdir: name }));
      else if (at.depth < deepest) pending.push({ channel: below, depth: at.depth + 1 });
    }
  }
  return found.sort((a, b) => (a.path < b.path ? -1 : 1));
}

function packagesIn(looker: Pick<Looker, "lstat" | "stat" | "list">, pkgsDir: string, place: { readonly channel: string; readonly subdir: string }): MambaCacheEntry[] {
  return condaCacheEntries(looker, join(pkgsDir, place.channel, place.subdir)).map((entry) => ({ ...entry, ...place }));
}
