/** A pkgs directory of conda's as entries; mamba's tree in the same place is `tools/mamba/cache.ts`. */
import { join } from "node:path";
import type { Looker, Stat } from "../../machine/machine.ts";
import { archiveEndings, distOf, type CondaDist } from "./package-dir.ts";

export type CondaEntryKind =
  | "archive" | "extracted"
  /** `info/` without `index.json`: nothing links it; `conda clean -p` still takes it. */
  | "half-extracted"
  /** `.partial`: a download under way, or left behind. */
  | "download"
  /** `.c~`: set aside while another is put in its place. */
  | "held"
  /** Repodata and what was made of it. */
  | "index" | "trash" | "log" | "leftover";

export interface CondaCacheEntry {
  readonly kind: CondaEntryKind;
  readonly path: string;
  readonly dist: CondaDist | null;
  /** Bytes on disk of a file; null for a directory, which is not walked here (`packageLinks`). */
  readonly bytes: number | null;
  readonly lastUsedMs: number;
}

type Looked = Pick<Looker, "lstat" | "stat" | "list">;

/** What conda needs to take a directory for a cache, and what other tools lock: never entries. */
const kept: readonly string[] = ["urls.txt", "urls", "pkgs.lock"];

export function isCondaCache(looker: Looked, directory: string): boolean {
  return ["urls.txt", "cache"].some((name) => looker.lstat(join(directory, name)).ok);
}

/**
 * Every entry of one directory. Links in the place of packages are left out, as conda leaves them out. Reading goes one
 * level deep: a package's own files are not looked at.
 */
export function condaCacheEntries(looker: Looked, directory: string): CondaCacheEntry[] {
  const entries = looker.list(directory);
  if (!entries.ok) return [];
  return entries.value.map(({ name }) => name).sort().flatMap((name): CondaCacheEntry[] => {
    const path = join(directory, name);
    const stat = kept.includes(name) ? undefined : looker.lstat(path);
    if (stat === undefined || !stat.ok) return [];
    if (stat.value.type === "file") return fileEntry(name, path, stat.value);
    return stat.value.type === "dir" ? directoryEntries(looker, { name, path, stat: stat.value }) : [];
  });
}

function entry(kind: CondaEntryKind, path: string, stat: Stat, dist: CondaDist | null = null): CondaCacheEntry {
  return { kind, path, dist, bytes: stat.type === "file" ? stat.allocated : null, lastUsedMs: Math.max(stat.mtimeMs, stat.type === "file" ? stat.atimeMs : 0) };
}

function fileEntry(name: string, path: string, stat: Stat): CondaCacheEntry[] {
  if (archiveEndings.some((ending) => name.endsWith(ending))) return [entry("archive", path, stat, distOf(name))];
  if (name.endsWith(".partial")) return [entry("download", path, stat, distOf(name.slice(0, -".partial".length)))];
  const extra = extraKind(name);
  return extra === undefined ? [] : [entry(extra, path, stat)];
}

function extraKind(name: string): CondaEntryKind | undefined {
  if (name.endsWith(".c~")) return "held";
  if (/\.conda_trash(?:_\d+)?$|\.mamba_trash$/.test(name)) return "trash";
  return undefined;
}

interface Directory { readonly name: string; readonly path: string; readonly stat: Stat }

function directoryEntries(looker: Looked, { name, path, stat }: Directory): CondaCacheEntry[] {
  if (name === "cache") return filesOf(looker, path, indexKind);
  if (name === ".logs") return filesOf(looker, path, () => "log");
  if (name === ".trash") return [entry("trash", path, stat)];
  const extra = extraKind(name);
  if (extra !== undefined) return [entry(extra, path, stat)];
  const isIndexed = looker.stat(join(path, "info", "index.json"));
  if (isIndexed.ok && isIndexed.value.type === "file") return [entry("extracted", path, stat, distOf(name))];
  const info = looker.stat(join(path, "info"));
  return info.ok && info.value.type === "dir" ? [entry("half-extracted", path, stat, distOf(name))] : [];
}

/** `cache/`: files named by the first eight digits of an MD5, and the shards' database. Locks stay; half-written files are leftovers. */
function indexKind(name: string): CondaEntryKind | undefined {
  if (name.endsWith(".lock")) return undefined;
  if (/^[0-9a-f]{8}\.[^.]+\.tmp$/.test(name)) return "leftover";
  const isIndex = /^[0-9a-f]{8}1?\.(?:json|info\.json|state\.json|json\.zst|msgpack\.zst|solv|q)$/.test(name) || /^repodata_shards(?:_\d+)?\.db(?:-wal|-shm)?$/.test(name);
  return isIndex ? "index" : extraKind(name);
}

function filesOf(looker: Looked, directory: string, kindOf: (name: string) => CondaEntryKind | undefined): CondaCacheEntry[] {
  const entries = looker.list(directory);
  return (entries.ok ? entries.value : []).map(({ name }) => name).sort().flatMap((name): CondaCacheEntry[] => {
    const kind = kindOf(name);
    const stat = kind === undefined ? undefined : looker.lstat(join(directory, name));
    return kind !== undefined && stat?.ok === true && stat.value.type === "file" ? [entry(kind, join(directory, name), stat.value)] : [];
  });
}

/** URLs that were downloaded here, the newest last. conda dies of bytes that are not UTF-8; here they become replacement characters. */
export function downloadedUrls(looker: Pick<Looker, "readFile">, directory: string): string[] {
  const file = looker.readFile(join(directory, "urls.txt"), 64 << 20);
  return file.ok ? file.value.toString("utf8").split(/\r?\n/).map((line) => line.trim()).filter((line) => line !== "") : [];
}
