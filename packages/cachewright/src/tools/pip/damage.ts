/** Entries of pip's cache that cannot be what pip wrote, as far as sizes tell, or contents too when they are asked for. */
import { dirname, join } from "node:path";
import type { Looker } from "../../machine/machine.ts";
import type { PipCacheEntry } from "./cache.ts";
import { readEntryMetadata } from "./entry-metadata.ts";

export interface Damage {
  /** "short-page": an index page, which no pip fetches whole again; "short-file": a package, which pip >= 25.2 completes. */
  readonly kind: "bad-wheel" | "bad-origin" | "short-page" | "short-file";
  /** What is damaged. */
  readonly path: string;
  /** The files of the entry, to be removed together. */
  readonly paths: readonly string[];
  readonly says: string;
}

/** Wheels above this are told by their size alone. */
const largestWheel = 256 << 20;

function sizeOf(looker: Looker, path: string): number | undefined {
  const seen = looker.lstat(path);
  return seen.ok && seen.value.type === "file" ? seen.value.size : undefined;
}

/** A zip ends with its directory's place (APPNOTE 4.3.16), and the directory lies where that says; a cut file has neither. */
function zipFault(bytes: Buffer): string | undefined {
  const end = bytes.lastIndexOf(Buffer.from([0x50, 0x4b, 5, 6]));
  if (end < 0 || end + 22 > bytes.length) return "it does not end as a zip does";
  const [size, start] = [bytes.readUInt32LE(end + 12), bytes.readUInt32LE(end + 16)];
  // 0xffffffff: the real numbers are in another record (zip64).
  if (size === 0xffffffff || start === 0xffffffff) return undefined;
  const isThere = size === 0 || (start + size <= end && bytes.readUInt32LE(start) === 0x02014b50);
  return isThere ? undefined : "its directory is not where its end says";
}

function wheelFault(looker: Looker, path: string, contents: boolean): string | undefined {
  const size = sizeOf(looker, path);
  if (size === undefined) return undefined;
  if (size === 0) return "it is empty";
  if (!contents || size > largestWheel) return undefined;
  const read = looker.readFile(path, largestWheel);
  return read.ok ? zipFault(read.value) : undefined;
}

function originFault(looker: Looker, path: string, contents: boolean): string | undefined {
  if (sizeOf(looker, path) === 0) return "it is empty";
  const read = contents ? looker.readFile(path) : undefined;
  if (read === undefined || !read.ok) return undefined;
  try {
    const origin: unknown = JSON.parse(read.value.toString("utf8"));
    return typeof origin === "object" && origin !== null && "url" in origin ? undefined : "it names no url";
  } catch {
    return "it is no JSON";
  }
}

function wheelDamage(looker: Looker, paths: readonly string[], contents: boolean): Damage[] {
  return paths.flatMap((path): Damage[] => {
    const isWheel = path.endsWith(".whl");
    const fault = isWheel ? wheelFault(looker, path, contents) : path.endsWith("/origin.json") ? originFault(looker, path, contents) : undefined;
    if (fault === undefined) return [];
    // An origin without its wheel says nothing; a wheel without its origin is whole.
    const alone = !isWheel || paths.some((other) => other !== path && other.endsWith(".whl"));
    const origin = join(dirname(path), "origin.json");
    return [{ kind: isWheel ? "bad-wheel" : "bad-origin", path, paths: alone || !paths.includes(origin) ? [path] : [path, origin], says: fault }];
  });
}

/** The stored length is asked of an empty body always, of any other with the contents. */
function bodyDamage(looker: Looker, paths: readonly string[], contents: boolean): Damage[] {
  const body = paths.find((path) => path.endsWith(".body"));
  const metadata = paths.find((path) => !path.endsWith(".body"));
  const size = body === undefined ? undefined : sizeOf(looker, body);
  if (body === undefined || metadata === undefined || size === undefined || (size > 0 && !contents)) return [];
  const read = looker.readFile(metadata);
  const told = read.ok ? readEntryMetadata(read.value) : undefined;
  const length = Number(told?.headers["content-length"] ?? Number.NaN);
  if (told?.status !== 200 || !(size < length)) return [];
  const isPage = /simple|text\/html/.test(told.headers["content-type"] ?? "");
  return [{ kind: isPage ? "short-page" : "short-file", path: body, paths: [metadata, body], says: `it has ${size} of ${length} bytes` }];
}

/** `contents`: read what is in the entries, too. */
export function pipCacheDamage(looker: Looker, entries: readonly PipCacheEntry[], contents: boolean): Damage[] {
  return entries.flatMap(({ kind, paths }) => {
    if (kind === "wheel" || kind === "damaged") return wheelDamage(looker, paths, contents);
    return kind === "http" && paths.length === 2 ? bodyDamage(looker, paths, contents) : [];
  });
}
