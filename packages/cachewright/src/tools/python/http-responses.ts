/**
 * Responses that cachecontrol keeps for poetry and pdm, as it does for pip: five directories that spell the beginning of
 * the address's SHA-224, then a file with head and body in one, or a head and a body beside it (cachecontrol 0.12 … 0.14
 * caches/file_cache.py, `FileCache` and `SeparateBodyFileCache`).
 */
import { Buffer } from "node:buffer";
import { type EntryMetadata, readEntryMetadata } from "../pip/entry-metadata.ts";
import { largestHead, readHttpFile } from "../pip/http-file.ts";
import { bodyEnd, bodyStart, tellResponse } from "../pip/told.ts";
import type { Looker } from "../../machine/machine.ts";
import type { CacheEntry } from "../tool-cache.ts";
import { addEntry, childDirs, childrenOf, type CacheWalk, type Child, type FoundEntry } from "./cache-walk.ts";
import type { FilePart } from "./file-part.ts";

const digit = /^[0-9a-f]$/;
const headName = /^[0-9a-f]{56}$/;
/** `mkstemp` of cachecontrol 0.14 and of pdm's `atomic_open_for_write`. */
const temporary = /^(?:tmp[a-z0-9_]{6,}|[0-9a-f]{56}(?:\.body)?[a-z0-9_.]*\.tmp|\.?[\w.-]*\.tmp)$/;
const liveMs = 24 * 3600 * 1000;

/** Heads have a few hundred bytes; a few servers send more. */
const usualHead = 4096;

export interface OpenResponse {
  readonly head: EntryMetadata;
  readonly body: FilePart;
}

/** The files of an entry: the head, and the body where it has one of its own. */
export function openResponse(looker: Looker, [path = "", bodyPath]: readonly string[]): OpenResponse | undefined {
  const ends = looker.readEnds(path, { first: usualHead, last: 0 });
  if (!ends.ok) return undefined;
  const { stat } = ends.value;
  const isWhole = bodyPath === undefined || stat.size <= usualHead;
  const again = isWhole ? undefined : looker.readPart(path, { offset: 0, length: largestHead });
  const first = again?.ok === true ? again.value : ends.value.first;
  if (bodyPath !== undefined) {
    const [head, seen] = [readEntryMetadata(first), looker.lstat(bodyPath)];
    return head === undefined || !seen.ok ? undefined : { head, body: { path: bodyPath, offset: 0, length: seen.value.size } };
  }
  const read = readHttpFile(first, stat.size, (offset, length) => {
    const more = looker.readPart(path, { offset, length });
    return more.ok ? more.value : first.subarray(0, 0);
  });
  return read?.body ? { head: read.head, body: { path, ...read.body } } : undefined;
}

/** As pip's responses are told, by the ends of the body. */
function told(looker: Looker, response: OpenResponse | undefined): Omit<FoundEntry, "paths"> {
  if (response === undefined) return { kind: "damaged", detail: "its head cannot be read", recreate: "download" };
  const short = shortBy(response);
  if (short !== undefined) return { kind: "damaged", detail: short, recreate: "download" };
  const { head, body } = response;
  const part = (offset: number, length: number): Buffer => {
    const read = looker.readPart(body.path, { offset: body.offset + offset, length });
    return read.ok ? read.value : Buffer.alloc(0);
  };
  const first = part(0, Math.min(bodyStart, body.length));
  const last = body.length <= bodyStart ? first : part(body.length - Math.min(bodyEnd, body.length), Math.min(bodyEnd, body.length));
  return tellResponse(looker, head, { part: body, first, last });
}

/** No response is kept that is shorter than it says of itself. */
export function shortBy({ head, body }: OpenResponse): string | undefined {
  const stated = head.headers["content-length"] ?? "";
  return head.status === 200 && /^\d{1,15}$/.test(stated) && body.length < Number(stated) ? `it has ${body.length} of ${stated} bytes` : undefined;
}

/** What a write that broke off left; for a day it may still be under way. */
function left(walk: CacheWalk, { path }: Child, detail: string): void {
  const seen = walk.ask.machine.lstat(path);
  const isLive = seen.ok && seen.value.mtimeMs > walk.ask.now - liveMs;
  addEntry(walk, { kind: "leftover", detail, paths: [path], recreate: "nothing", ...(isLive ? { keep: "it may be being written" } : {}) });
}

/** `hasBodies`: a head alone is half an entry. Until then, and for a while beside it, head and body were one file. */
function leaf(walk: CacheWalk, children: readonly Child[], hasBodies: boolean): void {
  const { machine } = walk.ask;
  const byName = new Map(children.map((child) => [child.name, child]));
  for (const child of children) {
    const { name, path, type } = child;
    const body = byName.get(`${name}.body`);
    if (type !== "file") walk.foreign.push(path);
    // Locks of cachecontrol's (filelock): one that is taken away while it is held lets the next one in beside it.
    else if (/^[0-9a-f]{56}(?:\.body)?\.lock$/.test(name)) walk.marks.push(path);
    else if (headName.test(name) && body !== undefined) addEntry(walk, { ...told(machine, openResponse(machine, [path, body.path])), paths: [path, body.path] });
    else if (headName.test(name)) {
      const response = openResponse(machine, [path]);
      if (hasBodies && (response === undefined || response.body.length === 0)) left(walk, child, "a head without its body");
      else addEntry(walk, { ...told(machine, response), paths: [path] });
    } else if (/^[0-9a-f]{56}\.body$/.test(name)) {
      if (!byName.has(name.slice(0, -5))) left(walk, child, "a body without its head");
    } else if (temporary.test(name)) left(walk, child, "a write that broke off");
    else walk.foreign.push(path);
  }
}

export function listResponses(walk: CacheWalk, directory: string, { hasBodies }: { readonly hasBodies: boolean }): void {
  const visit = (path: string, depth: number): void => {
    if (depth === 5) leaf(walk, childrenOf(walk, path), hasBodies);
    else for (const child of childDirs(walk, path, digit)) visit(child.path, depth + 1);
  };
  visit(directory, 0);
}

/** Whether an entry is one of those: by its name alone. */
export function isResponse({ id, kind }: CacheEntry): boolean {
  return kind !== "leftover" && headName.test(id.slice(id.lastIndexOf("/") + 1)) && /\/[0-9a-f]\/[0-9a-f]\/[0-9a-f]\/[0-9a-f]\/[0-9a-f]\/[0-9a-f]{56}$/.test(id);
}
