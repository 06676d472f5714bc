/** What lies in pdm's cache directory, as entries. */
import { basename, join } from "node:path";
import { archiveName } from "../python/archive-name.ts";
import { addEntry, beginWalk, childrenOf, filesAt, listingOf, type CacheWalk, type Child } from "../python/cache-walk.ts";
import { wholeFile } from "../python/file-part.ts";
import { isResponse } from "../python/http-responses.ts";
import { heldInResponse } from "../python/response-check.ts";
import type { CacheAsk, CacheEntry, CacheListing, HeldDistribution } from "../tool-cache.ts";
import { listHttp } from "./http.ts";
import { listPackages, packageSite } from "./packages.ts";

const pair = /^[0-9a-f]{2}$/;

/** Each child, or what it is not. */
function eachFile(walk: CacheWalk, children: readonly Child[], add: (child: Child) => boolean): void {
  for (const child of children) if (child.type !== "file" || !add(child)) walk.foreign.push(child.path);
}

/** Wheels that pdm built, in a directory for each address and Python (`WheelCache`). */
function wheels(walk: CacheWalk, directory: string): void {
  eachFile(walk, filesAt(walk, directory, [pair, pair, pair, /^[0-9a-f]{50}$/]), ({ name, path }) => {
    const named = archiveName(name);
    if (named?.type === "wheel") addEntry(walk, { kind: "built-wheel", ...named.about, paths: [path], recreate: "build" });
    return named?.type === "wheel";
  });
}

/** One small file for each address whose hash was found out (`HashCache`). */
function hashes(walk: CacheWalk, directory: string): void {
  eachFile(walk, filesAt(walk, directory, [pair, pair, pair, pair]), ({ name, path }) => {
    const isOurs = /^[0-9a-f]{48}$/.test(name);
    if (isOurs) addEntry(walk, { kind: "metadata", detail: "hash", paths: [path], recreate: "download" });
    return isOurs;
  });
}

function metadata(walk: CacheWalk, directory: string): void {
  eachFile(walk, childrenOf(walk, directory), ({ name, path }) => {
    const isOurs = /^package_meta(?:_[\w.-]+)?\.json$/.test(name);
    if (isOurs) addEntry(walk, { kind: "metadata", detail: "what candidates need", paths: [path], recreate: "download" });
    return isOurs;
  });
}

/** When it was last asked for a newer pdm; asked again when that is missing. */
function selfCheck(walk: CacheWalk, directory: string): void {
  eachFile(walk, childrenOf(walk, directory), ({ name, path }) => {
    const isOurs = /^[0-9a-f]{56}$/.test(name);
    if (isOurs) addEntry(walk, { kind: "metadata", project: "pdm", detail: "newest version", paths: [path], recreate: "download" });
    return isOurs;
  });
}

const directories: Readonly<Record<string, (walk: CacheWalk, directory: string) => void>> = { packages: listPackages, wheels, hashes, metadata, http: listHttp, "self-check": selfCheck };

function other(walk: CacheWalk, { name, path, type }: Child): void {
  if (type === "file" && name === "pip.whl") addEntry(walk, { kind: "download", project: "pip", detail: "pip.whl", paths: [path], recreate: "download" });
  else if (type === "file" && name === "use_cache.json") addEntry(walk, { kind: "metadata", detail: "Pythons that were chosen", paths: [path], recreate: "nothing" });
  // environments/base.py `_ensure_compat_lib`: installed again where a Python before 3.10 needs it.
  else if (type === "dir" && name === ".compat_libs") addEntry(walk, { kind: "package", detail: "for Pythons before 3.10", paths: [path], recreate: "download" });
  else ((type === "dir" && name === "plugins") || (type === "file" && name === ".compat_libs.lock") ? walk.marks : walk.foreign).push(path);
}

export function listPdmCache(ask: CacheAsk): CacheListing {
  const walk = beginWalk(ask);
  for (const child of childrenOf(walk, ask.root)) {
    const list = child.type === "dir" && Object.hasOwn(directories, child.name) ? directories[child.name] : undefined;
    if (list === undefined) other(walk, child);
    else list(walk, join(ask.root, child.name));
  }
  return listingOf(walk);
}

/** Wheels that were built, and packages as directories; responses of pdm 2.13 and later lie in a database, in pieces. */
export function* pdmDistributions(ask: CacheAsk, entries: readonly CacheEntry[]): Iterable<HeldDistribution> {
  const { machine, root } = ask;
  for (const entry of entries) {
    const { id, kind, paths: [path], project, version, detail } = entry;
    const held = isResponse(entry) ? heldInResponse(ask, entry) : undefined;
    if (held !== undefined) yield held;
    if (path === undefined) continue;
    const body = kind === "built-wheel" ? wholeFile(machine, path) : undefined;
    if (body?.ok === true) yield { entry: id, filename: basename(path), hashes: {}, body: body.value };
    if (kind === "package" && project !== null && id.startsWith("packages/")) yield { entry: id, filename: `${project}-${version}-${detail}.whl`, hashes: {}, body: { unpacked: packageSite(join(root, id)) } };
  }
}
