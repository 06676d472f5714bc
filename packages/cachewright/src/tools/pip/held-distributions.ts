/** Wheels and source distributions in a cache as files of an index: where their bytes are, and how they should be named. */
import { redact } from "../../machine/redact.ts";
import { distributionFile } from "../python/distribution-file.ts";
import { nameDistribution } from "../python/distribution-name.ts";
import { wholeFile } from "../python/file-part.ts";
import type { CacheAsk, CacheEntry, HeldDistribution } from "../tool-cache.ts";
import { isHttpFault, openResponse } from "./open-response.ts";
import { type PageOrigin, pageOrigins } from "./page-origins.ts";

function built({ machine }: CacheAsk, { id, paths: [path = ""] }: CacheEntry): HeldDistribution[] {
  const filename = path.slice(path.lastIndexOf("/") + 1);
  const part = wholeFile(machine, path);
  return part.ok && distributionFile(filename) !== undefined ? [{ entry: id, filename, hashes: {}, body: part.value }] : [];
}

function fetched(ask: CacheAsk, entry: CacheEntry, origin: PageOrigin | undefined): HeldDistribution[] {
  const opened = openResponse(ask.machine, ask.root, entry);
  // What pip 6 to 9 kept is packed once more: no part of the file is the body.
  if (opened === undefined || isHttpFault(opened) || opened.unpacked) return [];
  const filename = origin?.filename ?? nameDistribution(opened.looker, opened.body)?.filename;
  return filename === undefined || distributionFile(filename) === undefined ? [] : [{ entry: entry.id, filename, hashes: origin?.hashes ?? {}, body: opened.body }];
}

export function* heldDistributions(ask: CacheAsk, entries: readonly CacheEntry[], all: () => readonly CacheEntry[]): Generator<HeldDistribution> {
  const downloads = entries.filter(({ kind, project, id }) => (kind === "download" || kind === "leftover") && project !== null && id.startsWith("http"));
  const origins = downloads.length === 0 ? new Map<string, PageOrigin>() : pageOrigins(ask, downloads, all());
  for (const entry of entries) if (entry.kind === "built-wheel") yield* built(ask, entry);
  for (const entry of downloads) yield* fetched(ask, entry, origins.get(entry.id));
}

/** Entries with the addresses and hashes that pages state. */
export function withOrigins(ask: CacheAsk, entries: readonly CacheEntry[]): CacheEntry[] {
  const origins = pageOrigins(ask, entries.filter(({ id }) => id.startsWith("http")), entries);
  return entries.map((entry) => {
    const origin = origins.get(entry.id);
    if (origin === undefined) return entry;
    const detail = origin.yanked ? `${entry.detail ?? ""}${entry.detail === null ? "" : ", "}yanked` : entry.detail;
    const named = entry.project === null ? distributionFile(origin.filename) : undefined;
    return { ...entry, ...(named === undefined ? {} : { project: named.project, version: named.version }), detail, url: redact(origin.url), ...(Object.keys(origin.hashes).length === 0 ? {} : { hashes: origin.hashes }) };
  });
}
