/** Archives that poetry keeps: as they were downloaded, and wheels that it built of them, in one directory for each address. */
import { createHash } from "node:crypto";
import { basename, dirname, join } from "node:path";
import { redact } from "../../machine/redact.ts";
import { archiveName } from "../python/archive-name.ts";
import { addEntry, childrenOf, filesAt, type CacheWalk, type Child } from "../python/cache-walk.ts";
import { wholeFile } from "../python/file-part.ts";
import { isResponse } from "../python/http-responses.ts";
import { jsonOf } from "../python/json-file.ts";
import { heldInResponse } from "../python/response-check.ts";
import type { CacheAsk, CacheEntry, HeldDistribution } from "../tool-cache.ts";

const pair = /^[0-9a-f]{2}$/;
const levels = [pair, pair, pair];
/** The rest of a SHA-256 (`_get_directory_from_hash`). */
const rest = /^[0-9a-f]{58}$/;
/** `atomic_open` while it downloads, build backends while they build. */
const temporary = /^(?:tmp[a-z0-9_]{6,}|\.tmp.*|.*\.tmp)$/;
const liveMs = 24 * 3600 * 1000;

function half(walk: CacheWalk, { name, path }: Child): void {
  if (!temporary.test(name)) {
    walk.foreign.push(path);
    return;
  }
  const seen = walk.ask.machine.lstat(path);
  const isLive = seen.ok && seen.value.mtimeMs > walk.ask.now - liveMs;
  addEntry(walk, { kind: "leftover", paths: [path], recreate: "nothing", ...(isLive ? { keep: "it may be being written" } : {}) });
}

/** What poetry takes for an archive (`_get_cached_archives`); those of an address in a project may have any name. */
const archive = /\.(?:whl|tar\.gz|tar\.bz2|bz2|zip|tgz|tar\.xz)$/;

/** No index takes wheels that name the bare system: those were built here. */
const builtHere = /-linux_[a-z0-9_]+$/;

function archives(walk: CacheWalk, children: readonly Child[]): void {
  const hasSources = children.some(({ name }) => archiveName(name)?.type === "sdist");
  for (const child of children) {
    const named = child.type === "file" ? archiveName(child.name) : undefined;
    if (named === undefined && child.type === "file" && archive.test(child.name) && !temporary.test(child.name)) addEntry(walk, { kind: "download", detail: child.name, paths: [child.path], recreate: "download" });
    else if (named === undefined) half(walk, child);
    else {
      const isBuilt = named.type === "wheel" && (hasSources || builtHere.test(named.about.detail));
      addEntry(walk, { kind: isBuilt ? "built-wheel" : "download", ...named.about, paths: [child.path], recreate: isBuilt ? "build" : "download" });
    }
  }
}

export function listArtifacts(walk: CacheWalk, directory: string): void {
  for (const child of filesAt(walk, directory, levels)) {
    if (child.type === "dir" && rest.test(child.name)) archives(walk, childrenOf(walk, child.path));
    else walk.foreign.push(child.path);
  }
}

/** What a release says of one of its files. */
export interface StatedFile {
  readonly url: string;
  readonly filename: string;
  readonly sha256: string;
}

/** Keys in order, nothing between them, ASCII alone: as Python's `json.dumps` writes it there. */
function keyOf({ url, sha256 }: Pick<StatedFile, "url" | "sha256">): string {
  const json = JSON.stringify({ sha256, url }).replace(/[\u007f-\uffff]/g, (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, "0")}`);
  return createHash("sha256").update(json).digest("hex");
}

/** Directories below `artifacts` by the files that the cached releases name (2.3 and later write down addresses). */
export function statedArtifacts({ machine, root }: CacheAsk, entries: readonly CacheEntry[]): ReadonlyMap<string, StatedFile> {
  const stated = new Map<string, StatedFile>();
  for (const { id, kind, paths } of entries) {
    const [path] = paths;
    if (kind !== "metadata" || path === undefined || !id.startsWith("cache/repositories/")) continue;
    const files = jsonOf(machine, path, 10)?.["files"];
    for (const one of Array.isArray(files) ? (files as readonly unknown[]) : []) {
      const { file, hash, url } = (typeof one === "object" && one !== null ? one : {}) as Readonly<Record<string, unknown>>;
      const sha256 = typeof hash === "string" ? /^sha256:([0-9a-f]{64})$/.exec(hash)?.[1] : undefined;
      if (typeof file !== "string" || typeof url !== "string" || sha256 === undefined) continue;
      const key = keyOf({ url, sha256 });
      stated.set(join(root, "artifacts", key.slice(0, 2), key.slice(2, 4), key.slice(4, 6), key.slice(6)), { url: redact(url), filename: file, sha256 });
    }
  }
  return stated;
}

export function isArtifact({ kind, id }: CacheEntry): boolean {
  return id.startsWith("artifacts/") && (kind === "download" || kind === "built-wheel");
}

/** `all`: the entries of the cache, among them the releases that state hashes. */
export function* poetryDistributions(ask: CacheAsk, entries: readonly CacheEntry[], all: () => readonly CacheEntry[]): Iterable<HeldDistribution> {
  const stated = statedArtifacts(ask, entries.some(isArtifact) ? all() : []);
  for (const entry of entries) {
    const held = isResponse(entry) ? heldInResponse(ask, entry) : undefined;
    if (held !== undefined) yield held;
    const [path] = entry.paths;
    const body = path === undefined || !isArtifact(entry) ? undefined : wholeFile(ask.machine, path);
    if (path === undefined || body?.ok !== true) continue;
    const file = stated.get(dirname(path));
    yield { entry: entry.id, filename: basename(path), hashes: file?.filename === basename(path) ? { sha256: file.sha256 } : {}, body: body.value };
  }
}
