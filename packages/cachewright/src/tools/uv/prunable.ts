/** What `uv cache prune` of the newest uv here would take (uv-cache lib.rs `prune`): buckets that are not its own, environments, half-written and unreferenced things. */
import type { CacheAsk, CacheEntry } from "../tool-cache.ts";
import { uvBuckets } from "./buckets.ts";
import { compareUvVersions } from "./version.ts";

/** Ids. Empty where no uv is known: which buckets are its own nobody can tell. */
export function uvPrunable({ root, versions }: CacheAsk, entries: readonly CacheEntry[]): string[] {
  const newest = [...versions].sort(compareUvVersions).at(-1);
  if (newest === undefined) return [];
  const own = new Set([...uvBuckets(newest)].map(([kind, version]) => `${kind}-v${version}`));
  return entries.filter((entry) => {
    const tops = entry.paths.map((path) => path.slice(root.length + 1).split("/")[0] ?? "");
    // Archives go with what leads to them.
    const telling = tops.some((top) => !top.startsWith("archive-v")) ? tops.filter((top) => !top.startsWith("archive-v")) : tops;
    if (telling.every((top) => !own.has(top) && !top.startsWith("archive-v") && !top.startsWith("files-v"))) return true;
    if (telling.every((top) => top.startsWith("environments-v"))) return true;
    return entry.kind === "leftover" && (tops.every((top) => top.startsWith("archive-v")) || telling.every((top) => top.startsWith("sdists-v")));
  }).map(({ id }) => id);
}
