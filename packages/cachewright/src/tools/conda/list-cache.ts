/** A pkgs directory whole: conda's packages, mamba's tree among them, indexes, logs, and the channels' notices in their own place. */
import { join } from "node:path";
import type { CacheListing } from "../tool-cache.ts";
import { byFile, downloadedUrls, isSubdir } from "./dist-urls.ts";
import { gather, groupOf, listingOf, namesIn, type Gathered, type Named } from "./gathered.ts";
import { listIndex } from "./list-index.ts";
import { listPackages } from "./list-packages.ts";

type Looked = Gathered["looker"];

export function listCondaCache(looker: Looked, root: string, now: number): CacheListing {
  const gathered = gather(looker, now);
  if (looker.lstat(join(root, "notices.cache")).ok) listNotices(gathered, root);
  else listPkgsDir(gathered, root);
  return listingOf(gathered);
}

/** mamba's tree alone. */
export function listMambaTree(looker: Looked, root: string, now: number): CacheListing {
  const gathered = gather(looker, now);
  for (const named of namesIn(gathered, root)) {
    if (named.type === "dir" && !notChannels.includes(named.name) && !looker.lstat(join(named.path, "info")).ok) treeIn(gathered, named, { below: `${named.name}/`, depth: 1, urls: [] });
  }
  return listingOf(gathered);
}

const notChannels: readonly string[] = ["cache", ".trash", ".logs"];

function listPkgsDir(gathered: Gathered, root: string): void {
  const urls = downloadedUrls(gathered.looker, root);
  for (const named of listPackages(gathered, { directory: root, below: "", urls: byFile(urls), subdir: null })) {
    if (named.name === "cache") for (const other of listIndex(gathered, named.path, "cache/")) gathered.foreign.push(other.path);
    else if (named.name === ".logs") logs(gathered, named.path);
    else if (named.name === ".trash") add(gathered, groupOf(gathered, [named], { id: named.name, kind: "leftover", detail: null, recreate: "nothing" }));
    else if (!treeIn(gathered, named, { below: `${named.name}/`, depth: 1, urls })) gathered.foreign.push(named.path);
  }
}

/** Kept by conda-libmamba-solver of 2022; `conda clean --logfiles` takes them. */
function logs(gathered: Gathered, directory: string): void {
  for (const named of namesIn(gathered, directory)) {
    if (named.type === "file") add(gathered, groupOf(gathered, [named], { id: `.logs/${named.name}`, kind: "log", detail: null, recreate: "nothing" }));
    else gathered.foreign.push(named.path);
  }
}

/**
 * `notices.cache` says which notices were seen: without it they would be shown again, so it stays. The others are what
 * channels answered, and asked for anew (conda notices/cache.py).
 */
function listNotices(gathered: Gathered, root: string): void {
  for (const named of namesIn(gathered, root)) {
    if (named.name === "notices.cache") gathered.marks.push(named.path);
    else if (named.type === "file" && /^[0-9a-f]{32,64}\.json$/.test(named.name)) add(gathered, groupOf(gathered, [named], { id: named.name, kind: "metadata", detail: "notices of a channel", recreate: "download" }));
    else gathered.foreign.push(named.path);
  }
}

function add({ entries }: Gathered, entry: Gathered["entries"][number] | undefined): void {
  if (entry !== undefined) entries.push(entry);
}

/** A channel's URL has a few parts; a tree that is deeper is somebody else's. */
const deepest = 10;

interface Branch {
  readonly below: string;
  readonly depth: number;
  /** Lines of `urls.txt`. */
  readonly urls: readonly string[];
}

/**
 * mamba from 2.6: `https/conda.anaconda.org/conda-forge/linux-64/<package>`, `<channel>/<subdir>/<package>` where no URL is
 * known (libmamba core/package_cache.cpp `package_cache_folder_relative_path`). conda neither sees nor cleans it. False:
 * nothing here is mamba's, and nothing of it was put anywhere.
 */
function treeIn(gathered: Gathered, { path }: Named, { below, depth, urls }: Branch): boolean {
  const own = gather(gathered.looker, gathered.now);
  let found = false;
  for (const named of namesIn(own, path)) {
    const at = `${below}${named.name}/`;
    const isChannel = named.type === "dir" && isSubdir(named.name) && packagesIn(own, named, { below: at, depth, urls });
    const isBranch = !isChannel && named.type === "dir" && depth < deepest && !own.looker.lstat(join(named.path, "info")).ok && treeIn(own, named, { below: at, depth: depth + 1, urls });
    if (isChannel || isBranch) found = true;
    else (named.name.endsWith(".lock") ? own.marks : own.foreign).push(named.path);
  }
  const isUnknown = own.unread.length > 0;
  if (!found && !isUnknown) return false;
  for (const part of ["entries", "unread", "marks", "foreign"] as const) for (const one of own[part]) (gathered[part] as unknown[]).push(one);
  return true;
}

function packagesIn(gathered: Gathered, { name, path }: Named, { below, urls }: Branch): boolean {
  const own = gather(gathered.looker, gathered.now);
  const others = listPackages(own, { directory: path, below, urls: urlsOfPlace(below, urls), subdir: name });
  if (own.entries.length === 0 && own.unread.length === 0) return false;
  gathered.foreign.push(...own.foreign, ...others.map((other) => other.path));
  gathered.entries.push(...own.entries);
  gathered.unread.push(...own.unread);
  gathered.marks.push(...own.marks);
  return true;
}

/** The same file name from another channel is another package: only URLs that lead to this place. */
function urlsOfPlace(below: string, urls: readonly string[]): ReadonlyMap<string, string> {
  return byFile(urls.filter((url) => placeOf(url) === below));
}

/** As mamba makes a place of a URL: "://" and then every other ":" are replaced, the file's name is left away. */
function placeOf(url: string): string {
  return url.replace("://", "/").replace(/[:\\]/g, "_").replace(/[^/]*$/, "");
}
