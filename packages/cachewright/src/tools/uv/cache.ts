/** What lies in a uv cache, by bucket and package. Layout: uv-cache lib.rs of 0.0.5 … 0.13.9. */
import { join } from "node:path";
import type { DirEntry, Looker } from "../../machine/machine.ts";
import { uvBucketName, type UvBucketKind } from "./buckets.ts";

export interface UvBucket {
  readonly kind: UvBucketKind;
  readonly version: number;
  readonly path: string;
  /** A link in its place: `uv cache prune` takes links away, and what it leads to may be another file system. */
  readonly isLink: boolean;
}

export interface UvCacheTop {
  readonly buckets: readonly UvBucket[];
  /** `CACHEDIR.TAG`, `.gitignore`, `.lock`, and `.git` of very old ones. */
  readonly marks: readonly string[];
  /** `.tmp…`: what a process is unpacking now, or one that was killed left. */
  readonly temporary: readonly string[];
  /** What is no uv's: `uv cache prune` and `uv cache clean` remove it all the same. */
  readonly foreign: readonly string[];
}

const marks: ReadonlySet<string> = new Set(["CACHEDIR.TAG", ".gitignore", ".lock", ".git"]);

/** Whether a directory is a uv cache: a bucket lies in it, or uv's own two marks do. */
export function looksLikeUvCache(looker: Looker, cache: string): boolean {
  const top = uvCacheTop(looker, cache);
  return top !== undefined && (top.buckets.length > 0 || (top.marks.includes("CACHEDIR.TAG") && top.marks.includes(".lock")));
}

/** The first level of a cache; undefined when it cannot be listed. */
export function uvCacheTop(looker: Looker, cache: string): UvCacheTop | undefined {
  const entries = looker.list(cache);
  if (!entries.ok) return undefined;
  const top = { buckets: [] as UvBucket[], marks: [] as string[], temporary: [] as string[], foreign: [] as string[] };
  for (const entry of entries.value) {
    const bucket = uvBucketName(entry.name);
    const type = typeOf(looker, cache, entry);
    if (bucket !== undefined && (type === "dir" || type === "link")) top.buckets.push({ ...bucket, path: join(cache, entry.name), isLink: type === "link" });
    else if (marks.has(entry.name)) top.marks.push(entry.name);
    else if (/^\.tmp[A-Za-z0-9]{6}$/.test(entry.name)) top.temporary.push(entry.name);
    else top.foreign.push(entry.name);
  }
  return top;
}

function typeOf(looker: Looker, directory: string, entry: DirEntry): DirEntry["type"] {
  if (entry.type !== undefined) return entry.type;
  const stat = looker.lstat(join(directory, entry.name));
  return stat.ok ? stat.value.type : undefined;
}

/** Where a wheel, a source distribution or a page came from. */
export type UvOrigin = "pypi" | "index" | "url" | "path" | "editable" | "git";

export interface UvPackageEntry {
  readonly bucket: UvBucketKind;
  readonly origin: UvOrigin;
  /** The package's name; null where only a digest of its URL stands. */
  readonly name: string | null;
  readonly path: string;
}

/**
 * The entries of one bucket by package: `wheels` and `sdists` hold a directory each, `simple` a `<name>.rkyv` page. URLs,
 * paths and repositories are named by a digest; of a wheel the name comes below it, of a source distribution it is only
 * in a binary file.
 */
export function uvPackageEntries(looker: Looker, bucket: UvBucket): UvPackageEntry[] {
  const { kind } = bucket;
  if (kind !== "wheels" && kind !== "sdists" && kind !== "built-wheels" && kind !== "simple") return [];
  return below(looker, bucket.path).flatMap((origin): UvPackageEntry[] => {
    if (!isOrigin(origin)) return [];
    const depth = origin === "pypi" ? 0 : origin === "git" ? 2 : 1;
    const isNamed = origin === "pypi" || origin === "index" || kind === "wheels";
    const at = join(bucket.path, origin);
    return packagesBelow(looker, at, isNamed ? depth : depth - 1).flatMap(({ name, path }) => {
      const own = kind === "simple" ? /^(.+)\.rkyv$/.exec(name)?.[1] : name;
      return own === undefined ? [] : [{ bucket: kind, origin, name: isNamed ? own : null, path }];
    });
  });
}

function isOrigin(name: string): name is UvOrigin {
  return name === "pypi" || name === "index" || name === "url" || name === "path" || name === "editable" || name === "git";
}

function below(looker: Looker, directory: string): string[] {
  const entries = looker.list(directory);
  return entries.ok ? entries.value.map(({ name }) => name).filter((name) => !name.startsWith(".") && !name.endsWith(".lock")) : [];
}

function packagesBelow(looker: Looker, directory: string, depth: number): { readonly name: string; readonly path: string }[] {
  const found = below(looker, directory).map((name) => ({ name, path: join(directory, name) }));
  return depth === 0 ? found : found.flatMap(({ path }) => packagesBelow(looker, path, depth - 1));
}

/** An entry of `archive-v0`: 16 characters since 0.11.24, 21 before; 24 with the preview of content addresses (0.12.8). */
export function isUvArchiveId(name: string): boolean {
  return /^(?:[\w-]{16}|[\w-]{21}|[0-9a-z]{24})$/.test(name);
}
