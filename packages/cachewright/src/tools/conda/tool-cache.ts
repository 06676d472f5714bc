/**
 * conda's package caches, and mamba's: both keep theirs in one directory, so one reader lists all of it, whichever of the
 * two is asked. Of two tools that name the same root the first is answered.
 */
import { basename, join } from "node:path";
import type { CacheAsk, CacheEntry, CacheLock, HeldDistribution, ToolCache, Verdict } from "../tool-cache.ts";
import type { ToolName } from "../tool.ts";
import { archiveBase } from "./archive-digest.ts";
import { downloadedUrls } from "./dist-urls.ts";
import { detailsOf } from "./entry-details.ts";
import { listCondaCache } from "./list-cache.ts";
import { archiveEndings } from "./package-dir.ts";
import { packageUsers } from "./package-users.ts";
import { isCondaCache } from "./recognise-cache.ts";
import { listsByChannel, statedInList } from "./stated-in-index.ts";
import { verifyArchive, type StatedIn } from "./verify-archive.ts";
import { verifyIndex } from "./verify-index.ts";
import { verifyPackage } from "./verify-package.ts";

/** Complete archives; what is `.partial` is none yet. */
export function isArchive({ kind, paths }: CacheEntry): boolean {
  return kind !== "leftover" && archiveEndings.some((ending) => paths[0]?.endsWith(ending) === true);
}

function* verify(ask: CacheAsk, entries: readonly CacheEntry[]): Iterable<Verdict> {
  const stated = statedIn(ask);
  for (const entry of entries) {
    if (isArchive(entry)) yield verifyArchive(ask.machine, entry, stated);
    else if (entry.kind === "package" || entry.kind === "damaged") yield verifyPackage(ask.machine, entry);
    else if (entry.kind === "index" || entry.kind === "metadata") yield verifyIndex(ask.machine, entry);
  }
}

/** The channels' lists are asked only when an archive has no record beside it. */
function statedIn({ machine, root }: CacheAsk): StatedIn {
  let lists: ReadonlyMap<string, readonly string[]> | undefined;
  let urls: readonly string[] | undefined;
  return (path) => {
    lists ??= listsByChannel(machine, join(root, "cache"));
    if (lists.size === 0) return undefined;
    urls ??= downloadedUrls(machine, root);
    const fileName = basename(path);
    const url = urls.findLast((one) => one.endsWith(`/${fileName}`));
    const candidates = url === undefined ? [] : lists.get(url.slice(0, -fileName.length - 1)) ?? [];
    return candidates.map((list) => statedInList(machine, list, fileName)).find((record) => record !== undefined);
  };
}

function* distributions({ machine }: CacheAsk, entries: readonly CacheEntry[]): Iterable<HeldDistribution> {
  for (const entry of entries) {
    const [path = ""] = entry.paths;
    const stat = isArchive(entry) ? machine.lstat(path) : undefined;
    if (stat?.ok !== true || stat.value.size === 0) continue;
    const { hashes = {} } = detailsOf(machine, entry);
    yield { entry: entry.id, filename: basename(path), hashes, body: { path, offset: 0, length: stat.value.size } };
  }
}

/**
 * conda locks what is noted of a channel and a download under way (byte 21 by fcntl: conda gateways/disk/lock.py from 22.9,
 * gateways/connection/download.py), and nothing while it unpacks and links. mamba holds `<pkgs>/<its name>.lock` (the same
 * byte; libmamba core/util.cpp `LockFileOwner`) and makes a lock beside each file it writes; conda does not look at it.
 */
function lock(): CacheLock {
  return {
    how: "not-running", commands: ["conda", "mamba", "micromamba", "conda-build", "conda-env", "conda-mambabuild", "constructor"],
    why: "conda has no lock for packages: it unpacks and links without one, whatever mamba's own lock says",
  };
}

function cacheOf(tool: ToolName): ToolCache {
  return {
    tool,
    roots: (places) => places.filter(({ kind }) => kind === "cache").map(({ path, name }) => ({ path, name })),
    recognises: isCondaCache,
    list: ({ machine, root, now }) => listCondaCache(machine, root, now),
    verify,
    usedBy: (ask, entries, environments) => packageUsers(ask, entries, environments, { distOf: distName }),
    distributions,
    details: ({ machine }, entry) => detailsOf(machine, entry),
    lock,
  };
}

function distName({ paths }: CacheEntry): string | null {
  return basename(archiveBase(paths[0] ?? ""));
}

export const condaCache = cacheOf("conda");
export const mambaCache = cacheOf("mamba");
export const micromambaCache = cacheOf("micromamba");
