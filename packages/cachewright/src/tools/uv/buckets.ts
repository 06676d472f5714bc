/** The directories of a uv cache: each kind has a version of its own, and uv uses exactly one of each. */
import { uvAtLeast } from "./version.ts";

export type UvBucketKind =
  | "archive" | "wheels" | "built-wheels" | "sdists" | "simple" | "flat-index" | "git" | "interpreter" | "builds" | "environments" | "python" | "binaries" | "osv" | "files";

export interface UvBucketName {
  readonly kind: UvBucketKind;
  readonly version: number;
}

/** Kind and version by a directory's name; undefined for what is no bucket of any uv. */
export function uvBucketName(name: string): UvBucketName | undefined {
  const match = /^(archive|wheels|built-wheels|sdists|simple|flat-index|git|interpreter|builds|environments|python|binaries|osv|files)-v(\d+)$/.exec(name);
  return match === null ? undefined : { kind: match[1] as UvBucketKind, version: Number(match[2]) };
}

/**
 * The first uv that uses each version of each bucket; null ends a kind. Read from uv's tags up to 0.12.5, from the
 * programs 0.12.9, .13, .15, .17, .18, .20, .22, .23, .24 and 0.13.0, .4, .8, .9 after it: what changed between two of these has the later one here.
 */
const history: readonly (readonly [kind: UvBucketKind, since: string, version: number | null])[] = [
  ["archive", "0.0.5", 0],
  ["wheels", "0.0.5", 0], ["wheels", "0.1.32", 1], ["wheels", "0.4.13", 2], ["wheels", "0.5.0", 3], ["wheels", "0.6.0", 4], ["wheels", "0.6.4", 5],
  ["wheels", "0.10.0", 6], ["wheels", "0.13.0", 7], ["wheels", "0.13.9", 8],
  ["built-wheels", "0.0.5", 0], ["built-wheels", "0.1.24", 1], ["built-wheels", "0.1.26", 2], ["built-wheels", "0.1.32", 3], ["built-wheels", "0.4.13", null],
  ["sdists", "0.4.13", 4], ["sdists", "0.4.25", 5], ["sdists", "0.5.0", 6], ["sdists", "0.5.26", 7], ["sdists", "0.6.0", 8], ["sdists", "0.6.8", 9], ["sdists", "0.13.0", 10], ["sdists", "0.13.9", 11],
  ["simple", "0.0.5", 0], ["simple", "0.1.4", 1], ["simple", "0.1.9", 2], ["simple", "0.1.11", 3], ["simple", "0.1.22", 4], ["simple", "0.1.23", 5],
  ["simple", "0.1.26", 6], ["simple", "0.1.31", 7], ["simple", "0.2.3", 8], ["simple", "0.2.11", 9], ["simple", "0.2.28", 10], ["simple", "0.2.33", 11],
  ["simple", "0.2.35", 12], ["simple", "0.4.13", 13], ["simple", "0.5.0", 14], ["simple", "0.5.19", 15], ["simple", "0.7.5", 16], ["simple", "0.8.15", 17],
  ["simple", "0.8.18", 18], ["simple", "0.9.27", 19], ["simple", "0.10.0", 20], ["simple", "0.11.3", 21], ["simple", "0.11.27", 22], ["simple", "0.11.30", 24],
  ["simple", "0.12.13", 25], ["simple", "0.13.0", 26], ["simple", "0.13.4", 27], ["simple", "0.13.9", 28],
  ["flat-index", "0.0.5", 0], ["flat-index", "0.4.16", 1], ["flat-index", "0.5.0", 2], ["flat-index", "0.11.27", 3], ["flat-index", "0.11.30", 4],
  ["flat-index", "0.12.13", 5], ["flat-index", "0.13.0", 6], ["flat-index", "0.13.4", 7],
  ["git", "0.0.5", 0], ["git", "0.12.20", 1], ["git", "0.13.9", 2],
  ["interpreter", "0.0.5", 0], ["interpreter", "0.1.32", 1], ["interpreter", "0.2.9", 2], ["interpreter", "0.5.0", 3], ["interpreter", "0.5.9", 4], ["interpreter", "0.13.8", 5],
  ["builds", "0.2.22", 0],
  ["environments", "0.2.11", 0], ["environments", "0.2.22", 1], ["environments", "0.6.0", 2],
  ["python", "0.8.4", 0], ["python", "0.13.0", 1],
  ["binaries", "0.8.13", 0],
  ["osv", "0.11.16", 0], ["osv", "0.13.0", 1],
];

/** The newest uv whose buckets are known. A newer one may use others, and they are not to be called dead. */
export const newestKnownUv = "0.13.9";

/** The buckets a uv uses, by kind. `files` belongs to a preview that anybody may switch on. */
export function uvBuckets(version: string): ReadonlyMap<UvBucketKind, number> {
  const buckets = new Map<UvBucketKind, number>();
  for (const [kind, since, number] of history) {
    if (!uvAtLeast(version, since)) continue;
    if (number === null) buckets.delete(kind);
    else buckets.set(kind, number);
  }
  return buckets;
}

/**
 * Whether a bucket is of use to any of these uvs: "dead" only when all of them are known and none uses it. A bucket newer
 * than all that is known belongs to a uv we have not met.
 */
export function uvBucketState({ kind, version }: UvBucketName, uvs: readonly string[]): "used" | "dead" | "unknown" {
  if (kind === "files") return "unknown";
  if (uvs.some((uv) => uvBuckets(uv).get(kind) === version)) return "used";
  const newest = uvBuckets(newestKnownUv).get(kind);
  if (kind !== "built-wheels" && (newest === undefined || version > newest)) return "unknown";
  const isKnown = uvs.length > 0 && uvs.every((uv) => !uvAtLeast(uv, newestKnownUv) || uv === newestKnownUv);
  return isKnown ? "dead" : "unknown";
}
