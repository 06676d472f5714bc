/** Downloads in pip's cache that are not what the cached pages of the index say they are. */
import { createHash } from "node:crypto";
import { join } from "node:path";
import { gunzipSync, inflateSync } from "node:zlib";
import type { Looker } from "../../machine/machine.ts";
import { pipCacheEntries } from "./cache.ts";
import { readEntryMetadata } from "./entry-metadata.ts";

export interface Mismatch {
  readonly url: string;
  /** The files of the entry. */
  readonly paths: readonly string[];
  readonly expected: string;
  readonly got: string;
}

const largestFile = 512 << 20;

/** Five directories that spell the beginning of the URL's SHA-224 (cachecontrol `FileCache._fn`). */
export function entryPathOf(cache: string, url: string): string {
  const hash = createHash("sha224").update(url).digest("hex");
  return join(cache, "http-v2", ...hash.slice(0, 5), hash);
}

/** A body lies as it came over the wire. */
function decoded(body: Buffer, encoding: string | undefined): string {
  try {
    if (encoding === "gzip") return gunzipSync(body, { maxOutputLength: largestFile }).toString("utf8");
    return (encoding === "deflate" ? inflateSync(body, { maxOutputLength: largestFile }) : body).toString("utf8");
  } catch {
    return "";
  }
}

const link = /href="(https?:\/\/[^"#\s]{1,4096})#sha256=([0-9a-f]{64})/g;

/** PEP 691 and PEP 503. Addresses that are relative to the page's own cannot be resolved: pip notes no page's address. */
function filesOf(text: string): (readonly [url: string, sha256: string])[] {
  if (!text.trimStart().startsWith("{")) return [...text.matchAll(link)].map(([, url = "", sha256 = ""]) => [url.replaceAll("&amp;", "&"), sha256]);
  try {
    const page = JSON.parse(text) as { files?: { url?: unknown; hashes?: { sha256?: unknown } }[] };
    return (page.files ?? []).flatMap(({ url, hashes }) => (typeof url === "string" && typeof hashes?.sha256 === "string" && /^https?:/.test(url) ? [[url.split("#")[0] ?? url, hashes.sha256] as const] : []));
  } catch {
    return [];
  }
}

function readLength(looker: Looker, paths: readonly string[]): string | undefined {
  const read = looker.readFile(paths.find((path) => !path.endsWith(".body")) ?? "");
  return read.ok ? readEntryMetadata(read.value)?.headers["content-length"] : undefined;
}

/** Reads every page and every download that a page names: only for who asked. */
export function pipCacheMismatches(looker: Looker, cache: string, now: number): Mismatch[] {
  const entries = pipCacheEntries(looker, cache, now).filter(({ kind, paths }) => kind === "http" && paths.length === 2);
  const downloads = new Map<string, { body: string; paths: readonly string[] }>();
  const pages: string[] = [];
  for (const { paths } of entries) {
    const [body, metadata] = [paths.find((path) => path.endsWith(".body")), paths.find((path) => !path.endsWith(".body"))];
    if (body === undefined || metadata === undefined) continue;
    downloads.set(metadata, { body, paths });
    const read = looker.readFile(metadata);
    const told = read.ok ? readEntryMetadata(read.value) : undefined;
    if (!/simple|text\/html/.test(told?.headers["content-type"] ?? "")) continue;
    const page = looker.readFile(body, largestFile);
    if (page.ok) pages.push(decoded(page.value, told?.headers["content-encoding"]));
  }
  const stated = new Map(pages.flatMap(filesOf));
  return [...stated].flatMap(([url, expected]): Mismatch[] => {
    const found = downloads.get(entryPathOf(cache, url));
    const read = found === undefined ? undefined : looker.readFile(found.body, largestFile);
    if (found === undefined || read === undefined || !read.ok) return [];
    const length = Number(readLength(looker, found.paths));
    // A file that was cut is damage of another kind, told by its length.
    if (read.value.length < length) return [];
    const got = createHash("sha256").update(read.value).digest("hex");
    return got === expected.toLowerCase() ? [] : [{ url, paths: found.paths, expected, got }];
  });
}
