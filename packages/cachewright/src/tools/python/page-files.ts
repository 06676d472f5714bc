/** What cached pages of an index say of files: by which name cachecontrol keeps each, and its SHA-256. */
import { createHash } from "node:crypto";
import { isPageType, pageFiles } from "../pip/index-page.ts";
import type { CacheAsk, CacheEntry } from "../tool-cache.ts";
import { isResponse, openResponse } from "./http-responses.ts";
import { pageOf } from "./page-check.ts";

/** `FileCache.encode`. */
export function responseName(url: string): string {
  return createHash("sha224").update(url).digest("hex");
}

/** By the name of the response's head. An address that is relative to the page's own cannot be told: no response says where it is from. */
export function filesOfPages({ machine }: CacheAsk, entries: readonly CacheEntry[]): ReadonlyMap<string, string> {
  const stated = new Map<string, string>();
  for (const entry of entries.filter((one) => one.kind === "index" && isResponse(one))) {
    const response = openResponse(machine, entry.paths);
    const page = response !== undefined && isPageType(response.head.headers["content-type"]) ? pageOf(machine, response) : undefined;
    for (const { url, hashes } of (page === undefined ? undefined : pageFiles(page)) ?? []) {
      const sha256 = hashes["sha256"];
      if (sha256 !== undefined && /^https?:/.test(url)) stated.set(responseName(url), sha256.toLowerCase());
    }
  }
  return stated;
}
