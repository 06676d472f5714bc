/**
 * pipenv's cache: one of pip's (PIPENV_CACHE_DIR is given to pip as its cache), and beside it what pipenv itself keeps of
 * indexes. Sources: pipenv 2018.5 … 2026.10 environments.py, utils/pip.py, resolver/manifest_cache.py.
 */
import { basename, dirname, join } from "node:path";
import type { Looker } from "../../machine/machine.ts";
import { pipCache } from "../pip/tool-cache.ts";
import { namesOf } from "../python/is-directory.ts";
import { verdictOf } from "../python/entry-check.ts";
import type { CacheAsk, CacheEntry, CacheListing, CacheRoot, HeldDistribution, ToolCache, Verdict } from "../tool-cache.ts";
import type { ToolPlace } from "../tool.ts";
import { checkOwn, heldPackages, isOwn, isOwnName, listOwn } from "./own-entries.ts";

function roots(places: readonly ToolPlace[]): CacheRoot[] {
  return places.filter(({ kind, name }) => kind === "cache" && name === "packages").map(({ path, name }) => ({ path, name }));
}

function recognises(looker: Looker, directory: string): boolean {
  return pipCache.recognises(looker, directory) || namesOf(looker, join(directory, "pipenv-manifests")).some((name) => /^(?:manifests|metadata)-v\d+$/.test(name));
}

/** The versions asked about are pipenv's: which pips they bring says nothing of what is a leftover here. */
const asPip = (ask: CacheAsk): CacheAsk => ({ ...ask, versions: [] });

function list(ask: CacheAsk): CacheListing {
  const pip = pipCache.list(asPip(ask));
  const isBeside = (path: string): boolean => dirname(path) === ask.root && isOwnName(basename(path));
  const own = listOwn(ask, pip.foreign.filter(isBeside));
  return {
    entries: [...pip.entries, ...own.entries], unread: [...pip.unread, ...own.unread], marks: [...pip.marks, ...own.marks],
    foreign: [...pip.foreign.filter((path) => !isBeside(path)), ...own.foreign],
  };
}

function* verify(ask: CacheAsk, entries: readonly CacheEntry[]): Iterable<Verdict> {
  yield* pipCache.verify(asPip(ask), entries.filter((entry) => !isOwn(entry)));
  for (const entry of entries.filter(isOwn)) yield verdictOf(entry, entry.paths.map((path) => checkOwn(ask, entry, path)));
}

function* distributions(ask: CacheAsk, entries: readonly CacheEntry[]): Iterable<HeldDistribution> {
  yield* pipCache.distributions?.(asPip(ask), entries.filter((entry) => !isOwn(entry))) ?? [];
  yield* heldPackages(ask, entries.filter(isOwn));
}

export const pipenvCache: ToolCache = {
  tool: "pipenv",
  roots,
  recognises,
  list,
  verify,
  distributions,
  lock: () => ({ how: "not-running", commands: ["pipenv", "pip", "pip3"], why: "pipenv has no lock, and its pip finds a built wheel long before it opens it" }),
};
