/** One extracted package, as conda, mamba and rattler all lay it out. */
import { join, posix } from "node:path";
import type { Errno, Looker, Stat } from "../../machine/machine.ts";

export interface CondaDist {
  readonly name: string;
  readonly version: string;
  readonly build: string;
}

export const archiveEndings: readonly string[] = [".conda", ".tar.bz2"];

/** `<name>-<version>-<build>`, an archive's ending taken off; only names hold a "-". */
export function distOf(fileName: string): CondaDist | null {
  const ending = archiveEndings.find((one) => fileName.endsWith(one)) ?? "";
  const parts = /^(.+)-([^-]+)-([^-]+)$/.exec(fileName.slice(0, fileName.length - ending.length));
  return parts === null ? null : { name: parts[1] ?? "", version: parts[2] ?? "", build: parts[3] ?? "" };
}

export type PackageFault =
  /** `info/index.json` is not there or no JSON: no tool links it. */
  | "no-index"
  /** `info/repodata_record.json` is not there, empty or no JSON: conda makes it anew where it may write. */
  | "no-record"
  /** `info/paths.json` is no JSON: an install dies. */
  | "bad-paths"
  /** A file the manifest names is not there: an install dies (CondaVerificationError). */
  | "missing"
  /** A file has another size than the manifest says: conda warns and links it. */
  | "size"
  | "unreadable";

export function isManifest(manifest: readonly ManifestPath[] | PackageCheck): manifest is readonly ManifestPath[] {
  return Array.isArray(manifest);
}

export interface PackageCheck {
  readonly fault: PackageFault;
  readonly path: string;
  readonly errno?: Errno;
  readonly expected?: number;
  readonly found?: number;
}

type Looked = Pick<Looker, "lstat" | "list" | "readFile">;

/** One file of a package, as its manifest tells it. */
export interface ManifestPath {
  readonly path: string;
  readonly size: number | null;
  readonly sha256: string | null;
  readonly isLink: boolean;
}

/** Every fault that a stat of each file shows. Contents are not read; `limit` faults at the most. */
export function checkPackage(looker: Looked, directory: string, options: { readonly wantsRecord: boolean; readonly limit?: number }): PackageCheck[] {
  const limit = options.limit ?? 16;
  const index = jsonAt(looker, join(directory, "info", "index.json"));
  const found: PackageCheck[] = index.ok ? [] : [faultOf(index, "no-index")];
  const record = options.wantsRecord ? jsonAt(looker, join(directory, "info", "repodata_record.json")) : undefined;
  if (record !== undefined && !record.ok) found.push(faultOf(record, "no-record"));
  const manifest = packageManifest(looker, directory);
  if (!isManifest(manifest)) return [...found, manifest];
  for (const entry of manifest) {
    if (found.length >= limit) break;
    const fault = checkFile(looker, directory, entry);
    if (fault !== undefined) found.push(fault);
  }
  return found;
}

function checkFile(looker: Looked, directory: string, { path, size, isLink }: ManifestPath): PackageCheck | undefined {
  const at = join(directory, path);
  const stat = looker.lstat(at);
  if (!stat.ok) return stat.errno === "ENOENT" || stat.errno === "ENOTDIR" ? { fault: "missing", path: at } : { fault: "unreadable", path: at, errno: stat.errno };
  const isComparable = size !== null && !isLink && stat.value.type === "file";
  return isComparable && stat.value.size !== size ? { fault: "size", path: at, expected: size, found: stat.value.size } : undefined;
}

type Json = { readonly ok: true; readonly value: Record<string, unknown> } | { readonly ok: false; readonly path: string; readonly errno?: Errno };

function jsonAt(looker: Pick<Looker, "readFile">, path: string): Json {
  const bytes = looker.readFile(path, 64 << 20);
  if (!bytes.ok) return { ok: false, path, errno: bytes.errno };
  try {
    const value: unknown = JSON.parse(bytes.value.toString("utf8"));
    return typeof value === "object" && value !== null ? { ok: true, value: value as Record<string, unknown> } : { ok: false, path };
  } catch {
    return { ok: false, path };
  }
}

function faultOf({ path, errno }: Extract<Json, { ok: false }>, fault: PackageFault): PackageCheck {
  const isDenied = errno !== undefined && errno !== "ENOENT" && errno !== "ENOTDIR";
  return { fault: isDenied ? "unreadable" : fault, path, ...(errno === undefined ? {} : { errno }) };
}

/** What conda writes down of a package's origin beside it; rattler writes none. */
export interface PackageRecord {
  readonly fn?: string;
  readonly url?: string;
  readonly subdir?: string;
  readonly size?: number;
  readonly sha256?: string;
  readonly md5?: string;
}

export function recordOf(looker: Pick<Looker, "readFile">, directory: string): PackageRecord | undefined {
  const json = jsonAt(looker, join(directory, "info", "repodata_record.json"));
  if (!json.ok) return undefined;
  const { fn, url, subdir, size, sha256, md5 } = json.value;
  const found = Object.entries({ fn, url, subdir, sha256, md5 }).filter(([, value]) => typeof value === "string" && value !== "");
  return { ...Object.fromEntries(found), ...(typeof size === "number" ? { size } : {}) };
}

/** Name, version and build as the package itself states them. */
export function indexOf(looker: Pick<Looker, "readFile">, directory: string): (CondaDist & { readonly subdir: string | null }) | null {
  const json = jsonAt(looker, join(directory, "info", "index.json"));
  if (!json.ok) return null;
  const { name, version, build, subdir } = json.value;
  const isWhole = typeof name === "string" && typeof version === "string" && typeof build === "string";
  return isWhole ? { name, version, build, subdir: typeof subdir === "string" ? subdir : null } : null;
}

/** `info/paths.json`; packages from before conda-build 2.1 list names only, in `info/files`. */
export function packageManifest(looker: Pick<Looker, "readFile">, directory: string): readonly ManifestPath[] | PackageCheck {
  const json = jsonAt(looker, join(directory, "info", "paths.json"));
  if (json.ok) {
    const { paths } = json.value;
    if (!Array.isArray(paths)) return { fault: "bad-paths", path: join(directory, "info", "paths.json") };
    return paths.flatMap((entry: unknown): ManifestPath[] => pathIn(entry));
  }
  if (json.errno !== "ENOENT") return faultOf(json, "bad-paths");
  const files = looker.readFile(join(directory, "info", "files"), 64 << 20);
  const names = files.ok ? files.value.toString("utf8").split("\n").map((line) => line.trim()) : [];
  return names.filter((name) => isInside(name)).map((path) => ({ path, size: null, sha256: null, isLink: false }));
}

function pathIn(entry: unknown): ManifestPath[] {
  const { _path: path, size_in_bytes: size, path_type: type, sha256 } = (typeof entry === "object" && entry !== null ? entry : {}) as Record<string, unknown>;
  if (typeof path !== "string" || !isInside(path)) return [];
  return [{ path, size: typeof size === "number" ? size : null, sha256: typeof sha256 === "string" && /^[0-9a-f]{64}$/i.test(sha256) ? sha256.toLowerCase() : null, isLink: type === "softlink" }];
}

/** A manifest is somebody else's text: nothing outside the package is looked at for its sake. */
function isInside(path: string): boolean {
  const clean = posix.normalize(path);
  return path !== "" && !posix.isAbsolute(clean) && clean !== ".." && !clean.startsWith("../");
}

export interface PackageLinks {
  readonly bytes: number;
  readonly files: number;
  /** Files with a hard link outside the package: something uses them, or did. */
  readonly linkedOutside: number;
  /** Directories that could not be listed: then "unused" is not known. */
  readonly unreadable: readonly string[];
  readonly newestMs: number;
}

/** Bytes on disk and links, each inode once. A package linked within itself only counts as unlinked, which conda's own test does not see. */
export function packageLinks(looker: Pick<Looker, "lstat" | "list">, directory: string): PackageLinks {
  const inodes = new Map<string, { stat: Stat; names: number }>();
  const unreadable: string[] = [];
  const pending = [directory];
  for (let at = pending.pop(); at !== undefined; at = pending.pop()) {
    const entries = looker.list(at);
    if (!entries.ok) unreadable.push(at);
    for (const { name } of entries.ok ? entries.value : []) {
      const path = join(at, name);
      const stat = looker.lstat(path);
      if (!stat.ok) unreadable.push(path);
      else if (stat.value.type === "dir") pending.push(path);
      else {
        const key = `${stat.value.dev}:${stat.value.ino}`;
        inodes.set(key, { stat: stat.value, names: (inodes.get(key)?.names ?? 0) + 1 });
      }
    }
  }
  const all = [...inodes.values()];
  return {
    bytes: all.reduce((sum, { stat }) => sum + stat.allocated, 0),
    files: all.length,
    linkedOutside: all.filter(({ stat, names }) => stat.type === "file" && stat.nlink > names).length,
    unreadable,
    newestMs: all.reduce((newest, { stat }) => Math.max(newest, stat.mtimeMs), 0),
  };
}
