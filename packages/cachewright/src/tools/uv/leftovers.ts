/** Buckets of a uv cache that no uv found here reads any more: an upgrade begins a new one beside the old, and only `uv cache prune` takes that away. */
import { join } from "node:path";
import type { Looker } from "../../machine/machine.ts";
import { uvBucketName, uvBucketState } from "./buckets.ts";

export interface UvLeftoverPlace {
  readonly place: "buckets";
  readonly root: string;
  /** Names of the buckets. */
  readonly buckets: readonly string[];
}

export interface UvLeftover {
  readonly paths: readonly string[];
  readonly bytes: number;
  readonly newestMs: number;
  /** False: a bounded look. */
  readonly complete: boolean;
}

/** A uv of another version may live where nobody looked: what it would still use is used once a month. */
const unusedMs = 30 * 24 * 3_600_000;

/** Which of these names are buckets that none of these uvs, all of them known, uses. */
export function deadUvBuckets(names: readonly string[], versions: readonly string[]): string[] {
  return names.filter((name) => {
    const bucket = uvBucketName(name);
    return bucket !== undefined && uvBucketState(bucket, versions) === "dead";
  });
}

/** Own files below the dead buckets, when the whole of it is old; `most`: so many entries are looked at. */
export function uvLeftovers(looker: Looker, { root, buckets }: UvLeftoverPlace, { now, uid, most = Number.POSITIVE_INFINITY }: { readonly now: number; readonly uid: number; readonly most?: number }): UvLeftover | undefined {
  const found = { paths: [] as string[], bytes: 0, newestMs: 0, complete: true };
  const pending = buckets.map((name) => join(root, name));
  let left = most;
  for (let at = pending.pop(); at !== undefined; at = pending.pop()) {
    const top = looker.lstat(at);
    if (!top.ok || top.value.type !== "dir" || top.value.uid !== uid) continue;
    found.newestMs = Math.max(found.newestMs, top.value.mtimeMs);
    const entries = looker.list(at);
    for (const { name } of entries.ok ? entries.value : []) {
      if (left <= 0) return isOld({ ...found, complete: false }, now);
      left -= 1;
      const path = join(at, name);
      const seen = looker.lstat(path);
      if (!seen.ok || seen.value.uid !== uid || seen.value.dev !== top.value.dev) continue;
      found.newestMs = Math.max(found.newestMs, seen.value.mtimeMs);
      if (seen.value.type === "dir") pending.push(path);
      else {
        found.paths.push(path);
        // What environments share with the cache frees nothing.
        found.bytes += seen.value.nlink > 1 ? 0 : seen.value.allocated;
      }
    }
  }
  return isOld(found, now);
}

function isOld(found: UvLeftover, now: number): UvLeftover | undefined {
  return found.paths.length === 0 || found.newestMs > now - unusedMs ? undefined : found;
}
