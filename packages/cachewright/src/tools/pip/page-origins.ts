/**
 * Where downloads came from, found forwards: an entry keeps no address, but its name is the SHA-224 of it, and the pages
 * of the index that are in the cache name the addresses of files, with their hashes.
 */
import { hash } from "node:crypto";
import { projectName } from "../python/distribution-file.ts";
import type { CacheAsk, CacheEntry } from "../tool-cache.ts";
import { decoded, largestPage, type PageFile, pageFiles } from "./index-page.ts";
import { isHttpFault, openResponse } from "./open-response.ts";

/** What a page says of one entry. */
export interface PageOrigin {
  readonly filename: string;
  readonly url: string;
  /** Of the entry's own content: the file, or the metadata beside it. */
  readonly hashes: Readonly<Record<string, string>>;
  readonly yanked: boolean;
}

/** `cache_url` of cachecontrol: scheme and host in lower case, no fragment; the last part of an entry's id. */
export function keyOf(url: string): string {
  return hash("sha224", url);
}

export function keyIn({ id }: Pick<CacheEntry, "id">): string {
  return id.slice(id.lastIndexOf("/") + 1);
}

/** As `requests` writes an address down before it is asked for. */
function normalized(url: string): string | undefined {
  const [, scheme, account = "", host, rest = ""] = /^(https?):\/\/([^/?#@]*@)?([^/?#]+)(.*)$/is.exec(url) ?? [];
  if (scheme === undefined || host === undefined || account.length > 1000) return undefined;
  return `${scheme.toLowerCase()}://${host.toLowerCase()}${rest === "" ? "/" : rest.startsWith("?") ? `/${rest}` : rest}`;
}

/** Indexes that variables name: addresses that are relative to a page are resolved when the page's own key fits one of them. */
function indexes({ machine }: CacheAsk): string[] {
  const named = ["PIP_INDEX_URL", "PIP_EXTRA_INDEX_URL", "UV_DEFAULT_INDEX", "UV_INDEX_URL"].flatMap((name) => (machine.env[name] ?? "").split(/\s+/));
  return [...new Set(named.filter((url) => /^https?:/.test(url)).map((url) => url.replace(/\/+$/, "")))];
}

function addressOf(ask: CacheAsk, page: CacheEntry): string | undefined {
  const project = projectName(page.project ?? "");
  return indexes(ask).map((index) => normalized(`${index}/${project}/`)).find((url) => url !== undefined && keyOf(url) === keyIn(page));
}

function absolute(file: PageFile, base: string | undefined): string | undefined {
  if (/^https?:/i.test(file.url)) return normalized(file.url);
  try {
    return base === undefined ? undefined : normalized(new URL(file.url, base).href);
  } catch {
    return undefined;
  }
}

function filesOn(ask: CacheAsk, page: CacheEntry): readonly PageFile[] {
  const opened = openResponse(ask.machine, ask.root, page);
  if (opened === undefined || isHttpFault(opened) || opened.body.length > largestPage) return [];
  const read = opened.looker.readPart(opened.body.path, opened.body);
  const text = read.ok ? decoded(read.value, opened.head.headers["content-encoding"]) : undefined;
  return text === undefined ? [] : (pageFiles(text) ?? []);
}

/**
 * `wanted`: whose origin is asked for; `pages`: of the index, among the entries of the same cache. By the id of the entry.
 * Every address of every page is tried: what is damaged does not tell whose it is.
 */
export function pageOrigins(ask: CacheAsk, wanted: readonly CacheEntry[], pages: readonly CacheEntry[]): ReadonlyMap<string, PageOrigin> {
  const byKey = new Map<string, string[]>();
  for (const entry of wanted) byKey.set(keyIn(entry), [...(byKey.get(keyIn(entry)) ?? []), entry.id]);
  const found = new Map<string, PageOrigin>();
  const note = (url: string, { filename, yanked }: PageFile, hashes: PageFile["hashes"]): void => {
    for (const id of byKey.get(keyOf(url)) ?? []) found.set(id, { filename, url, hashes, yanked });
  };
  for (const page of pages) {
    if (page.kind !== "index") continue;
    const base = addressOf(ask, page);
    for (const file of filesOn(ask, page)) {
      const url = absolute(file, base);
      if (url === undefined) continue;
      note(url, file, file.hashes);
      if (Object.keys(file.metadata).length > 0) note(`${url}.metadata`, file, file.metadata);
    }
  }
  return found;
}

/** The strongest digest of those that are stated. */
export function bestHash(hashes: Readonly<Record<string, string>>): readonly [algorithm: string, digest: string] | undefined {
  const algorithm = ["sha256", "sha512", "sha384", "sha224", "sha1", "md5"].find((name) => hashes[name] !== undefined);
  return algorithm === undefined ? undefined : [algorithm, (hashes[algorithm] ?? "").toLowerCase()];
}

