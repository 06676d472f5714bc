/** What pipenv keeps beside its pip's cache: parsed pages of indexes (2026), archives and hashes of older ones. */
import { basename } from "node:path";
import { archiveName } from "../python/archive-name.ts";
import { addEntry, beginWalk, childDirs, childrenOf, filesAt, listingOf, type CacheWalk, type Child } from "../python/cache-walk.ts";
import { checkArchive, checkJson, type FileCheck } from "../python/entry-check.ts";
import { wholeFile } from "../python/file-part.ts";
import type { CacheAsk, CacheEntry, CacheListing, HeldDistribution } from "../tool-cache.ts";

const digest = /^[0-9a-f]{64}$/;
const liveMs = 24 * 3600 * 1000;
/** `depcache-py3.9.json`: the dependency cache of pip-tools, in pipenv until 2022. */
const dependencies = /^depcache-[\w.-]+\.json$/;

export function isOwnName(name: string): boolean {
  return name === "pipenv-manifests" || name === "pkgs" || dependencies.test(name);
}

export function isOwn({ id }: CacheEntry): boolean {
  return isOwnName(id.split("/", 1)[0] ?? "");
}

/** Written beside and renamed (`<name>.json.<random>.tmp`). */
function jsonFile(walk: CacheWalk, { name, path, type }: Child, found: { readonly kind: "index" | "metadata"; readonly detail: string; readonly shape: RegExp }): void {
  if (type === "file" && found.shape.test(name)) {
    addEntry(walk, { kind: found.kind, project: found.kind === "index" ? name.slice(0, -".json".length) : null, detail: found.detail, paths: [path], recreate: "download" });
  } else if (type === "file" && name.endsWith(".tmp")) {
    const seen = walk.ask.machine.lstat(path);
    const isLive = seen.ok && seen.value.mtimeMs > walk.ask.now - liveMs;
    addEntry(walk, { kind: "leftover", detail: "a write that broke off", paths: [path], recreate: "nothing", ...(isLive ? { keep: "it may be being written" } : {}) });
  } else walk.foreign.push(path);
}

/** `manifests-v1/<sha256 of the index>/<project>.json`, `metadata-v1/<sha256 of the wheel's address>.json`. */
function manifests(walk: CacheWalk, directory: string): void {
  for (const { name, path } of childDirs(walk, directory, /^(?:manifests|metadata)-v\d+$/)) {
    const isIndex = name.startsWith("manifests");
    for (const child of isIndex ? filesAt(walk, path, [digest]) : childrenOf(walk, path)) {
      jsonFile(walk, child, isIndex ? { kind: "index", detail: "page, parsed", shape: /^[a-z0-9][a-z0-9-]*\.json$/ } : { kind: "metadata", detail: "metadata of a wheel", shape: /^[0-9a-f]{64}\.json$/ });
    }
  }
}

/** PIP_DESTINATION_DIR, where older ones let pip download to. */
function packages(walk: CacheWalk, directory: string): void {
  for (const { name, path, type } of childrenOf(walk, directory)) {
    const named = type === "file" ? archiveName(name) : undefined;
    if (named === undefined) walk.foreign.push(path);
    else addEntry(walk, { kind: "download", ...named.about, paths: [path], recreate: "download" });
  }
}

/** `paths`: children of the root that have names of pipenv's own. */
export function listOwn(ask: CacheAsk, paths: readonly string[]): CacheListing {
  const walk = beginWalk(ask);
  for (const path of paths) {
    const [name, seen] = [basename(path), ask.machine.lstat(path)];
    if (!seen.ok) continue;
    if (seen.value.type === "dir" && name === "pipenv-manifests") manifests(walk, path);
    else if (seen.value.type === "dir" && name === "pkgs") packages(walk, path);
    else if (seen.value.type === "file" && dependencies.test(name)) addEntry(walk, { kind: "metadata", detail: "what packages need", paths: [path], recreate: "download" });
    else walk.foreign.push(path);
  }
  return listingOf(walk);
}

const isObject = (value: unknown): boolean => typeof value === "object" && value !== null && !Array.isArray(value);

export function checkOwn({ machine }: CacheAsk, entry: CacheEntry, path: string): FileCheck {
  if (entry.kind === "leftover") return { faults: [], bytes: 0, unproven: true };
  return entry.kind === "download" ? checkArchive(machine, entry, { path }) : checkJson(machine, entry, { path, isRight: isObject });
}

export function* heldPackages({ machine }: CacheAsk, entries: readonly CacheEntry[]): Iterable<HeldDistribution> {
  for (const { id, kind, paths: [path = ""] } of entries) {
    const body = kind === "download" ? wholeFile(machine, path) : undefined;
    if (body?.ok === true) yield { entry: id, filename: basename(path), hashes: {}, body: body.value };
  }
}
