import { basename, join } from "node:path";
import { pipCacheEntries } from "../tools/pip/cache.ts";
import { pipCacheMarks } from "../tools/pip/locations.ts";
import { quickLook } from "./cache-entries.ts";
import { uvCacheTop } from "../tools/uv/cache.ts";
import { uvLeftovers } from "../tools/uv/leftovers.ts";
import type { AbandonedFact, PipUseFact, ToolFact } from "./facts.ts";
import { lookWithAccess, type Looks } from "./looks.ts";
import { isAtOrBelow } from "./mounts.ts";

/**
 * uv's usual place, when a file sends every uv here to another one and nothing was touched there for a month. On macOS an old
 * place is in use while it is there, so only what XDG says is asked for.
 */
export function abandonedUvCaches(looks: Looks, { tools, home, whole }: { readonly tools: readonly ToolFact[]; readonly home: string | undefined; readonly whole: boolean }): AbandonedFact[] {
  const { machine } = looks;
  const places = tools.flatMap(({ tool, places: all }) => (tool === "uv" ? all.filter(({ kind, name }) => kind === "cache" && name === "packages") : []));
  const base = machine.env["XDG_CACHE_HOME"]?.startsWith("/") === true ? machine.env["XDG_CACHE_HOME"] : home && join(home, ".cache");
  if (base === undefined || places.length === 0 || places.some(({ from }) => from.path === undefined)) return [];
  const path = join(base, "uv");
  if (places.some(({ root }) => isAtOrBelow(root, path) || isAtOrBelow(path, root)) || lookWithAccess(looks, path).type !== "dir") return [];
  const buckets = (uvCacheTop(machine, path)?.buckets ?? []).filter(({ isLink }) => !isLink).map(({ path: bucket }) => basename(bucket));
  const found = uvLeftovers(machine, { place: "buckets", root: path, buckets }, { now: machine.now().getTime(), uid: machine.identity.euid, ...(!whole && { most: quickLook }) });
  return found === undefined ? [] : [{ path, bytes: found.bytes, entries: found.paths.length, newest: new Date(found.newestMs).toISOString(), complete: found.complete, buckets }];
}

/** Default places that no pip found here uses any more, with what the parts of both caches look like. */
export function abandonedFacts(looks: Looks, { uses, whole }: { readonly uses: readonly PipUseFact[]; readonly whole: boolean }): AbandonedFact[] {
  const inUse = uses.flatMap((use) => [...(use.cacheReal === null ? [] : [use.cacheReal]), ...(use.otherCaches ?? []).map(({ real }) => real)]);
  const left = new Set(uses.flatMap((use) => use.defaultCache ?? []).filter((path) => !inUse.some((used) => isAtOrBelow(used, path) || isAtOrBelow(path, used))));
  const { machine } = looks;
  return [...left].flatMap((path): AbandonedFact[] => {
    const top = lookWithAccess(looks, path);
    if (top.type !== "dir" || top.uid !== machine.identity.euid) return [];
    const budget = { left: whole ? Number.POSITIVE_INFINITY : quickLook };
    const entries = pipCacheEntries(machine, path, machine.now().getTime(), budget);
    if (entries.length === 0) return [];
    for (const mark of pipCacheMarks) lookWithAccess(looks, join(path, mark));
    return [{
      path, bytes: entries.reduce((sum, { bytes }) => sum + bytes, 0), entries: entries.length,
      newest: new Date(entries.reduce((newest, { lastUsedMs }) => Math.max(newest, lastUsedMs), 0)).toISOString(), complete: budget.left > 0,
    }];
  });
}
