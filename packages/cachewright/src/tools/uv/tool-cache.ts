/** uv's cache, and the directory of Pythons it fetched (UV_PYTHON_CACHE_DIR), by the questions asked of every tool's. */
import { join } from "node:path";
import type { Looker } from "../../machine/machine.ts";
import type { CacheAsk, CacheLock, CacheRoot, ToolCache } from "../tool-cache.ts";
import type { ToolPlace } from "../tool.ts";
import { looksLikeUvCache } from "./cache.ts";
import { uvDistributions } from "./distributions.ts";
import { listUvCache } from "./list-cache.ts";
import { isPythonArchive } from "./small-entries.ts";
import { uvUsedBy } from "./used-by.ts";
import { verifyUvCache } from "./verify-cache.ts";
import { uvAtLeast } from "./version.ts";

export const uvCache: ToolCache = {
  tool: "uv",
  roots,
  recognises: (looker, directory) => looksLikeUvCache(looker, directory) || holdsPythons(looker, directory),
  list: listUvCache,
  verify: verifyUvCache,
  usedBy: uvUsedBy,
  distributions: uvDistributions,
  lock,
};

function roots(places: readonly ToolPlace[]): CacheRoot[] {
  return places.filter(({ kind }) => kind === "cache").map(({ path, name }) => ({ path, name }));
}

/** Nothing but archives of Pythons, and what is half-written of them. */
function holdsPythons(looker: Looker, directory: string): boolean {
  const entries = looker.list(directory);
  return entries.ok && entries.value.some(({ name }) => isPythonArchive(name)) && entries.value.every(({ name }) => isPythonArchive(name) || name.startsWith("."));
}

const commands = ["uv", "uvx"];

/**
 * Every uv from 0.8.19 on holds a shared lock on `.lock` as long as it runs, with whatever it runs, and waits for an
 * exclusive one (uv-cache lib.rs, uv-fs locked_file.rs). Older ones have no lock, or none that keeps a removal away.
 */
function lock({ machine, root, versions }: CacheAsk): CacheLock {
  if (!looksLikeUvCache(machine, root)) return { how: "not-running", commands, why: "uv takes no lock for the archives of Pythons" };
  const isOld = versions.some((version) => !uvAtLeast(version, "0.8.19"));
  return isOld ? { how: "not-running", commands, why: "uv before 0.8.19 does not lock its cache" } : { how: "flock", path: join(root, ".lock"), exclusive: true };
}
