/** Cached responses as entries: of `http-v2` a head and a body together, of `http` one file each. */
import type { Stat } from "../../machine/machine.ts";
import { ownText } from "../python/own-text.ts";
import type { CacheEntry } from "../tool-cache.ts";
import type { CacheTree, Leaf } from "./cache-tree.ts";
import { liveMs } from "./cache.ts";
import { fileHere, lastRead, leftoverOf, type Listing, newestOf, sizeOf } from "./entry-parts.ts";
import { type EntryMetadata, readEntryMetadata } from "./entry-metadata.ts";
import { inMemory, largestHead, readHttpFile, readOldResponse } from "./http-file.ts";
import { keep, recalled, type Response } from "./kept-responses.ts";
import { bodyEnd, bodyStart, tellBody, tellResponse, type Told } from "./told.ts";
import { pipAtLeast } from "./version.ts";
import { pythonGone } from "./wheel-pythons.ts";

/** First to use a head and a body. */
const firstWithBodies = "23.3";
const underWay = "a download may be under way";

/** Why no pip that was found reads this part of the cache. */
export function unreadPart(part: "http" | "http-v2", versions: readonly string[]): string | undefined {
  if (versions.length === 0) return undefined;
  if (part === "http") return versions.some((version) => !pipAtLeast(version, firstWithBodies)) ? undefined : "only pip before 23.3 reads it";
  return versions.some((version) => pipAtLeast(version, firstWithBodies)) ? undefined : "only pip from 23.3 on reads it";
}

const broken = (detail: string): Told => ({ kind: "damaged", project: null, version: null, detail, python: null, recreate: "download" });

/** No pip takes a response that is shorter than it says of itself, and none wrote one. */
export function shortBy(head: EntryMetadata, length: number): string | undefined {
  const stated = head.headers["content-length"] ?? "";
  return head.status === 200 && /^\d{1,15}$/.test(stated) && length < Number(stated) ? `it has ${length} of ${stated} bytes` : undefined;
}

function judged(told: Told, head: EntryMetadata, length: number): Told {
  const short = shortBy(head, length);
  return short === undefined ? told : { ...told, kind: "damaged", detail: short };
}

/** The head of what tells by its body what it is stays unread: half of all reads. `verify` reads everything. */
function newResponse(listing: Listing, rel: string): Response | undefined {
  const looker = listing.ask.machine;
  const path = `${listing.ask.root}/${rel}`;
  const body = looker.readEnds(`${path}.body`, { first: bodyStart, last: bodyEnd });
  if (!body.ok) return undefined;
  const length = body.value.stat.size;
  const bodyFile = { path: `${path}.body`, stat: body.value.stat };
  const parts = { part: { path: bodyFile.path, offset: 0, length }, first: body.value.first, last: body.value.last };
  const told = tellBody(looker, parts);
  if (told !== undefined) {
    const head = fileHere(listing, rel);
    return head === undefined ? undefined : { told, files: [head, bodyFile], body: bodyFile.stat };
  }
  const head = looker.readEnds(path, { first: largestHead, last: 0 });
  if (!head.ok) return undefined;
  const read = readEntryMetadata(head.value.first);
  const files = [{ path, stat: head.value.stat }, bodyFile];
  return { told: read === undefined ? broken("its head cannot be read") : judged(tellResponse(looker, read, parts), read, length), files, body: bodyFile.stat };
}

/** Larger files of pip 6 to 9 are not unpacked to be named. */
const largestOldFile = 64 << 20;

function oldResponse({ ask }: Listing, path: string): Response | undefined {
  const looker = ask.machine;
  const read = looker.readEnds(path, { first: bodyStart, last: bodyEnd });
  if (!read.ok) return undefined;
  const { first, last, stat } = read.value;
  const done = (told: Told): Response => ({ told, files: [{ path, stat }], body: stat });
  const at = (offset: number, length: number): Buffer => {
    const end = stat.size - last.length;
    if (offset >= end) return last.subarray(offset - end, offset - end + length);
    const more = looker.readPart(path, { offset, length });
    return more.ok ? more.value : last.subarray(0, 0);
  };
  const now = readHttpFile(first, stat.size, at);
  if (now !== undefined) {
    const { offset, length } = now.body;
    const body = { part: { path, offset, length }, first: first.subarray(offset, offset + length), last: at(offset + Math.max(0, length - bodyEnd), Math.min(length, bodyEnd)) };
    return done(judged(tellResponse(looker, now.head, body), now.head, length));
  }
  return done(olderResponse(looker, path, first, stat));
}

function olderResponse(looker: Listing["ask"]["machine"], path: string, first: Buffer, stat: Stat): Told {
  const era = first.toString("latin1", 0, 5);
  const unknown: Told = { kind: "download", project: null, version: null, detail: "as pip before 10.0 kept it", python: null, recreate: "download" };
  // A pickle is a program: nobody reads it.
  if (era === "cc=1,") return unknown;
  const whole = era !== "cc=2," ? undefined : stat.size > largestOldFile ? null : looker.readFile(path, largestOldFile);
  if (whole === null) return unknown;
  const old = whole?.ok === true ? readOldResponse(whole.value) : undefined;
  if (old === undefined) return broken("it cannot be read");
  const length = old.body.length;
  return judged(tellResponse(inMemory(looker, old.body), old.head, { part: { path, offset: 0, length }, first: old.body.subarray(0, bodyStart), last: old.body.subarray(Math.max(0, length - bodyEnd)) }), old.head, length);
}

/** Of no use: its Python is gone, or no pip found here reads this part of the cache. */
function disuse(listing: Listing, part: "http" | "http-v2", told: Told): string | undefined {
  const { versions, pythons } = listing.ask;
  return unreadPart(part, versions) ?? (told.kind === "download" && told.python !== null ? pythonGone(told.detail ?? "", pythons) : undefined);
}

/** A pip of another version may live where nobody looked: what it would still use is used once a month. */
const forgottenMs = 30 * liveMs;

function entryOf(listing: Listing, part: "http" | "http-v2", id: string, { told, files, body }: Response): CacheEntry {
  const [read, newest] = [lastRead(files, listing), newestOf(files)];
  // The head alone is written again when an index says that nothing has changed: somebody asked for it.
  const usedMs = read === null ? (newest > body.mtimeMs + 1000 ? newest : null) : Math.max(read, newest);
  const unused = disuse(listing, part, told);
  const isForgotten = unused !== undefined && unreadPart(part, listing.ask.versions) !== undefined && Math.max(newest, read ?? 0) < listing.ask.now - forgottenMs;
  const { kind, project, version, detail, python, recreate } = told;
  return {
    id, kind: isForgotten ? "leftover" : kind, project: project === null ? null : ownText(project), version: version === null ? null : ownText(version), detail: detail === null ? null : ownText(detail), python,
    recreate: isForgotten ? "nothing" : recreate, paths: files.map(({ path }) => path), size: sizeOf(files),
    writtenMs: body.mtimeMs, usedMs: usedMs === null ? null : Math.max(usedMs, body.mtimeMs), ...(unused === undefined ? {} : { unused }),
  };
}

function loose(listing: Listing, rel: string, detail: string): void {
  const file = fileHere(listing, rel);
  if (file !== undefined) listing.entries.push(leftoverOf(listing, rel, [file], { detail, live: underWay }));
}

function addResponse(listing: Listing, part: "http" | "http-v2", rel: string, unchanged: boolean): void {
  const kept = part === "http-v2" ? recalled(listing, rel, unchanged) : undefined;
  const response = kept ?? (part === "http" ? oldResponse(listing, `${listing.ask.root}/${rel}`) : newResponse(listing, rel));
  if (response === undefined) return unreadable(listing, part, rel);
  if (kept === undefined && part === "http-v2") keep(listing, rel, response);
  listing.entries.push(entryOf(listing, part, rel, response));
}

/** It may not be read, or it went away: what it is stays unknown. */
function unreadable(listing: Listing, part: "http" | "http-v2", rel: string): void {
  const files = (part === "http" ? [rel] : [rel, `${rel}.body`]).flatMap((one) => fileHere(listing, one) ?? []);
  const body = files.at(-1)?.stat;
  if (body === undefined) return;
  const told: Told = { kind: "download", project: null, version: null, detail: "it may not be read", python: null, recreate: "download" };
  listing.entries.push(entryOf(listing, part, rel, { told, files, body }));
}

const isLoose = /\.(?:tmp|lock)$/;

function addLeaf(listing: Listing, part: "http" | "http-v2", { rel, names, unchanged }: Leaf): void {
  const here = new Set(names);
  for (const name of names) {
    const below = `${rel}/${name}`;
    if (isLoose.test(name)) loose(listing, below, name.endsWith(".lock") ? "a lock of pip before 19.3" : "a write that broke off");
    else if (part === "http" || here.has(`${name}.body`)) addResponse(listing, part, below, unchanged);
    else if (!name.endsWith(".body")) loose(listing, below, "a head without its body");
    else if (!here.has(name.slice(0, -".body".length))) loose(listing, below, "a body without its head");
  }
}

export function addHttpEntries(listing: Listing, tree: Pick<CacheTree, "http" | "httpV2">): void {
  for (const leaf of tree.httpV2) addLeaf(listing, "http-v2", leaf);
  for (const leaf of tree.http) addLeaf(listing, "http", leaf);
}
