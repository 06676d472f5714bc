import { join } from "node:path";
import type { Looker } from "../../machine/machine.ts";
import { keepsReadTimes } from "../read-times.ts";
import type { CacheAsk, CacheEntry, CacheListing, CacheLock, ToolCache } from "../tool-cache.ts";
import { readCacheTree } from "./cache-tree.ts";
import type { Listing } from "./entry-parts.ts";
import { addHttpEntries } from "./http-entries.ts";
import { heldDistributions, withOrigins } from "./held-distributions.ts";
import { pipCacheMarks } from "./locations.ts";
import { addSelfchecks } from "./selfcheck-entries.ts";
import { verifyEntries } from "./verify-entries.ts";
import { addWheelEntries } from "./wheel-entries.ts";

/** pip's cache, of all ages: what was fetched, what was built of it, and what pip remembers of its own newest version. */
export const pipCache: ToolCache = {
  tool: "pip",
  roots: (places) => places.filter(({ kind }) => kind === "cache").map(({ path, name }) => ({ path, name })),
  recognises,
  list,
  // Five levels of a digit each: about one directory for each response.
  sparse: (root) => ["http", "http-v2"].map((part) => ({ under: `${root}/${part}`, depth: 5 })),
  verify: (ask, entries) => verifyEntries(ask, entries, () => listed(ask).entries),
  distributions: (ask, entries) => heldDistributions(ask, entries, () => listed(ask).entries),
  lock,
};

/** By the directories that pip makes in it, and one of its own names in them: "wheels" alone may be anybody's. */
function recognises(looker: Looker, directory: string): boolean {
  const entries = looker.list(directory);
  if (!entries.ok) return false;
  return entries.value.some(({ name }) => pipCacheMarks.includes(name) && (name === "selfcheck.json" ? looker.lstat(join(directory, name)).ok : hasOwnNames(looker, join(directory, name), name)));
}

function hasOwnNames(looker: Looker, directory: string, part: string): boolean {
  const seen = looker.lstat(directory);
  const names = seen.ok && seen.value.type === "dir" ? looker.list(directory) : undefined;
  const own = part === "wheels" ? /^[0-9a-f]{2}$/ : part === "selfcheck" ? /^[0-9a-f]{56}$/ : /^[0-9a-f]$/;
  return names?.ok === true && names.value.length > 0 && names.value.some(({ name }) => own.test(name));
}

const lookedKey = "looked";

/** What is found is kept for those who come again: the first look is dear enough, and is remembered as a whole where nothing changes. */
function oftenAsked({ kept, ...ask }: CacheAsk): CacheAsk {
  if (kept?.get(lookedKey) !== undefined) return { ...ask, kept };
  kept?.set(lookedKey, true);
  return ask;
}

function listed(asked: CacheAsk): CacheListing {
  const ask = oftenAsked(asked);
  const tree = readCacheTree(ask.machine, ask.root, ask);
  const listing: Listing = { ask, readTimes: keepsReadTimes(ask.machine, ask.root), entries: [] };
  addHttpEntries(listing, tree);
  addWheelEntries(listing, tree);
  addSelfchecks(listing, tree);
  const isAllSeen = tree.foreign.length === 0 && tree.unread.length === 0 && tree.builds.length === 0;
  return { entries: listing.entries, unread: tree.unread, marks: tree.marks, foreign: tree.foreign, ...(isAllSeen && { directories: tree.directories }) };
}

function list(ask: CacheAsk): CacheListing {
  const all = listed(ask);
  return ask.origins === true ? { ...all, entries: withOrigins(ask, all.entries) } : all;
}

/**
 * pip has no lock. A response is opened or it is not there, and then it is fetched (`SafeFileCache.get`); a built wheel is
 * found while pip resolves and opened when everything has been fetched, and is then missed.
 * Directories of responses may go as well: every pip makes them right before it writes, and where one goes in between it
 * passes over that in silence, and fetches the response another time (pip 9 download.py SafeFileCache.set; 19.3 … 26.3
 * network/cache.py suppressed_cache_errors; pip 26.3's own `cache purge` takes them, too). Not so that of its
 * self-check: pip 22 and later warn when it went between making and writing (self_outdated_check.py SelfCheckState.set).
 */
function lock(_: CacheAsk, entries?: readonly CacheEntry[]): CacheLock {
  const why = "pip finds a built wheel long before it opens it, and fails when it has gone meanwhile";
  return entries !== undefined && entries.every(({ id }) => !id.startsWith("wheels/"))
    ? { how: "not-needed", why: "pip opens a response in one go, and fetches what is not there", stays: ["selfcheck"] }
    : { how: "not-running", commands: ["pip", "pip3"], why };
}
