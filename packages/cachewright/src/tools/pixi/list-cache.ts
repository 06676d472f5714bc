/**
 * What pixi and rattler keep: the whole root with a directory for each kind, or one of these directories that was sent
 * elsewhere. Sources: pixi 0.77 crates/pixi_consts, pixi_compute_cache_dirs, pixi_cli clean.rs, and the names that its
 * versions since 0.20 have used; rattler_cache and rattler_repodata_gateway of 2026; py-rattler keeps what it notes of
 * channels in the root itself.
 */
import { basename, join } from "node:path";
import type { CacheEntry, CacheListing } from "../tool-cache.ts";
import { gather, groupOf, listingOf, namesIn, type Gathered, type Named } from "../conda/gathered.ts";
import { groupName, listIndex } from "../conda/list-index.ts";
import { listRattlerPackages } from "./list-rattler-packages.ts";

type Lister = (gathered: Gathered, directory: string, below: string) => readonly Named[];

/** Every directory that is removed and made as a whole. */
function whole(kind: CacheEntry["kind"], recreate: CacheEntry["recreate"], detail: string): Lister {
  return (gathered, directory, below) => {
    const members = namesIn(gathered, directory);
    add(gathered, groupOf(gathered, members, { id: below === "" ? members[0]?.name ?? "" : below.slice(0, -1), kind, detail, recreate }));
    return [];
  };
}

/** Every child by itself; a file beside it of the same name and `.lock` stays. */
function each(kind: CacheEntry["kind"], recreate: CacheEntry["recreate"]): Lister {
  return (gathered, directory, below) => namesIn(gathered, directory).filter((named) => {
    if (named.type === "file" && named.name.endsWith(".lock")) gathered.marks.push(named.path);
    else if (named.type === "dir" || (named.type === "file" && kind !== "environment")) add(gathered, groupOf(gathered, [named], { id: below + named.name, kind, detail: null, recreate }));
    else return true;
    return false;
  });
}

/** `db`, `checkouts` and `archives` by address, with `locks` beside them: a checkout borrows from its database. */
const sources: Lister = (gathered, directory, below) => {
  const parts = namesIn(gathered, directory);
  const members = new Map<string, Named[]>();
  for (const part of parts.filter(({ name, type }) => type === "dir" && /^(?:db|checkouts|archives)$/.test(name))) {
    for (const named of namesIn(gathered, part.path)) members.set(named.name, [...(members.get(named.name) ?? []), named]);
  }
  for (const [name, group] of members) add(gathered, groupOf(gathered, group, { id: below + (group[0]?.path.slice(directory.length + 1) ?? name), kind: "source", detail: name, recreate: "download" }));
  gathered.marks.push(...parts.filter(({ name }) => name === "locks").map(({ path }) => path));
  return parts.filter(({ name, type }) => type !== "dir" || !/^(?:db|checkouts|archives|locks)$/.test(name));
};

const listers: Readonly<Record<string, Lister>> = {
  pkgs: listRattlerPackages,
  repodata: (gathered, directory, below) => listIndex(gathered, directory, below),
  "run-exports": each("metadata", "download"),
  "conda-pypi-mapping": whole("index", "download", "names of projects on PyPI"),
  "cached-envs-v0": each("environment", "download"),
  "cached-build-tool-envs-v0": each("environment", "download"),
  "cached-build-envs-v0": each("environment", "download"),
  exec: each("environment", "download"),
  "backends-v0": each("environment", "download"),
  "build-backends-v1": each("environment", "download"),
  "git-v0": sources,
  "git-cache-v0": sources,
  "url-v0": sources,
  "meta-v0": whole("metadata", "build", "metadata of source packages"),
  meta: whole("metadata", "build", "metadata of source packages"),
  metadata: whole("metadata", "build", "metadata of source packages"),
  source_metadata: whole("metadata", "build", "metadata of source packages"),
  "artifacts-v0": each("package", "build"),
  bld: whole("source", "build", "work of builds"),
  work: whole("source", "build", "work of builds"),
  "work-v0": whole("source", "build", "work of builds"),
  "build-v0": whole("source", "build", "work of builds"),
};

export function listPixiCache(looker: Gathered["looker"], root: string, now: number): CacheListing {
  const gathered = gather(looker, now);
  const inner: { tool: "uv"; path: string }[] = [];
  const kind = kindOf(looker, root);
  if (kind === "uv") inner.push({ tool: "uv", path: root });
  else if (kind !== "root") gathered.foreign.push(...(listers[kind]?.(gathered, root, "") ?? []).map(({ path }) => path));
  else for (const named of listIndex(gathered, root, "")) {
    const lister = named.type === "dir" ? listers[named.name] : undefined;
    if (lister !== undefined) gathered.foreign.push(...lister(gathered, named.path, `${named.name}/`).map(({ path }) => path));
    else if (named.type === "dir" && named.name === "uv-cache") inner.push({ tool: "uv", path: named.path });
    else (isMark(named) ? gathered.marks : gathered.foreign).push(named.path);
  }
  return { ...listingOf(gathered), ...(inner.length === 0 ? {} : { inner }) };
}

/** `envs` holds environments of projects (`detached-environments`); without `notices` what was read is shown again. None is a cache. */
function isMark({ name, type }: Named): boolean {
  return type === "dir" ? name === "envs" || name === "notices" : name === "CACHEDIR.TAG";
}

/** uv's own buckets (uv 0.8 uv-cache/src/lib.rs `CacheBucket`), when its cache was sent elsewhere. */
const uvBucket = /^(?:wheels|archive|simple|sdists|builds|interpreter|environments|git|binaries)-v\d+$/;

/** What a directory is, by what lies in it. "root" also where nothing tells. */
export function kindOf(looker: Pick<Gathered["looker"], "lstat" | "list">, directory: string): string {
  const entries = looker.list(directory);
  const names = (entries.ok ? entries.value : []).map(({ name }) => name);
  if (names.some((name) => listers[name] !== undefined || name === "uv-cache")) return "root";
  if (isPackageCache(looker, directory, names)) return "pkgs";
  if (names.some((name) => uvBucket.test(name))) return "uv";
  const own = basename(directory);
  return listers[own] !== undefined && own !== "pkgs" && !names.some((name) => groupName(name) !== undefined) ? own : "root";
}

function isPackageCache({ lstat }: Pick<Gathered["looker"], "lstat">, directory: string, names: readonly string[]): boolean {
  if (names.includes(".cache.lock")) return true;
  const all = new Set(names);
  return names.some((name) => name.endsWith(".lock") && all.has(name.slice(0, -".lock".length)) && lstat(join(directory, name.slice(0, -".lock".length), "info")).ok);
}

/** By the tools' own marks; an environment has a tag, too, and is none. */
export function isPixiCache(looker: Pick<Gathered["looker"], "lstat" | "list">, directory: string): boolean {
  const entries = looker.list(directory);
  if (!entries.ok) return false;
  const names = entries.value.map(({ name }) => name);
  if (names.includes("conda-meta") || names.includes("urls.txt")) return false;
  if (isPackageCache(looker, directory, names) || names.some((name) => uvBucket.test(name) || (groupName(name) !== undefined && /^[0-9a-f]{8}\./.test(name)))) return true;
  // Names that nobody else gives; "meta", "work", "pkgs" and "repodata" others give, too.
  const certain = names.filter((name) => /^(?:conda-pypi-mapping|cached-(?:build-(?:tool-)?)?envs-v0|backends-v0|build-backends-v1)$/.test(name));
  return certain.length > 0 || ["pkgs", "repodata"].some((name) => names.includes(name) && isPart(looker, join(directory, name)));
}

function isPart(looker: Pick<Gathered["looker"], "lstat" | "list">, directory: string): boolean {
  const entries = looker.lstat(join(directory, "urls.txt")).ok ? undefined : looker.list(directory);
  const names = entries?.ok === true ? entries.value.map(({ name }) => name) : [];
  return isPackageCache(looker, directory, names) || names.some((name) => groupName(name) !== undefined);
}

function add({ entries }: Gathered, entry: CacheEntry | undefined): void {
  if (entry !== undefined) entries.push(entry);
}
