/** What cached pages of an index say of files: by which name cachecontrol keeps each, and its SHA-256. */
import { createHash } from "node:crypto";
import type { CacheAsk, CacheEntry } from "../tool-cache.ts";
import { isPage, isResponse, openResponse } from "./http-responses.ts";
import { pageText } from "./page-check.ts";

const link = /href="(https?:\/\/[^"#\s]{1,4096})#sha256=([0-9a-f]{64})/g;

/** PEP 691 and PEP 503. An address that is relative to the page's own cannot be told: no response says where it is from. */
function* filesOn(text: string): Iterable<readonly [url: string, sha256: string]> {
  if (!text.trimStart().startsWith("{")) {
    for (const [, url = "", sha256 = ""] of text.matchAll(link)) yield [url.replaceAll("&amp;", "&"), sha256];
    return;
  }
  try {
    const { files } = JSON.parse(text) as { readonly files?: unknown };
    for (const one of Array.isArray(files) ? (files as readonly unknown[]) : []) {
      const { url, hashes } = (typeof one === "object" && one !== null ? one : {}) as { readonly url?: unknown; readonly hashes?: { readonly sha256?: unknown } | null };
      if (typeof url === "string" && /^https?:/.test(url) && typeof hashes?.sha256 === "string") yield [url.split("#")[0] ?? url, hashes.sha256];
    }
  } catch {
    // A page that cannot be read says nothing; the check of the page itself tells.
  }
}

/** `FileCache.encode`. */
export function responseName(url: string): string {
  return createHash("sha224").update(url).digest("hex");
}

/** By the name of the response's head. */
export function filesOfPages({ machine }: CacheAsk, entries: readonly CacheEntry[]): ReadonlyMap<string, string> {
  const stated = new Map<string, string>();
  for (const entry of entries.filter((one) => one.kind === "index" && isResponse(one))) {
    const response = openResponse(machine, entry.paths);
    const text = response !== undefined && isPage(response.head) ? pageText(machine, response) : undefined;
    for (const [url, sha256] of text === undefined ? [] : filesOn(text)) stated.set(responseName(url), sha256.toLowerCase());
  }
  return stated;
}
