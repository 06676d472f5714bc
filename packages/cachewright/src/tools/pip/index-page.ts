/** A page of a package index as pip keeps it: whose it is, and the files it names (PEP 503, PEP 691, PEP 592). */
import type { Buffer } from "node:buffer";
import { brotliDecompressSync, constants, gunzipSync, inflateSync } from "node:zlib";
import { distributionFile } from "../python/distribution-file.ts";

/** Far more than any page has: an index of everything comes to some 30 MB. */
export const largestPage = 256 << 20;

/** A body lies as it came over the wire. Of a beginning as much is given as can be unpacked; undefined: it cannot. */
export function decoded(body: Buffer, encoding: string | undefined, isStart = false): Buffer | undefined {
  const finishFlush = isStart ? constants.Z_SYNC_FLUSH : constants.Z_FINISH;
  try {
    switch (encoding?.trim().toLowerCase() ?? "") {
      case "": case "identity": return body;
      case "gzip": case "x-gzip": return gunzipSync(body, { maxOutputLength: largestPage, finishFlush });
      case "deflate": return inflateSync(body, { maxOutputLength: largestPage, finishFlush });
      case "br": return isStart ? undefined : brotliDecompressSync(body, { maxOutputLength: largestPage });
      default: return undefined;
    }
  } catch {
    return undefined;
  }
}

export function isPageType(contentType: string | undefined): boolean {
  return /^(?:application\/vnd\.pypi\.simple\.|text\/html)/i.test(contentType?.trim() ?? "");
}

/** The first file that is named as a distribution is; an index may list signatures and installers, too. */
function projectOfFiles(text: string, name: RegExp): string | null {
  for (const [, file = ""] of text.matchAll(name)) {
    const project = distributionFile(file)?.project;
    if (project !== undefined) return project;
  }
  return null;
}

/** Whose page it is, by its beginning; null where that tells nothing. */
export function pageProject(start: string): string | null {
  const text = start.trimStart();
  if (text.startsWith("{")) {
    const [, name] = /"name"\s{0,9}:\s{0,9}"([A-Za-z0-9][A-Za-z0-9._-]{0,200})"/.exec(text) ?? [];
    return name ?? projectOfFiles(text, /"filename"\s{0,9}:\s{0,9}"([^"\\]{1,255})"/g);
  }
  const [, title] = /<(?:title|h1)>\s{0,9}links for\s{1,9}([A-Za-z0-9][A-Za-z0-9._-]{0,200})\s{0,9}</i.exec(text) ?? [];
  return title ?? projectOfFiles(text, />\s{0,9}([^<>\s]{1,255})\s{0,9}<\/a>/g);
}

export interface PageFile {
  readonly filename: string;
  /** Without the fragment. Relative where the page has it so. */
  readonly url: string;
  readonly hashes: Readonly<Record<string, string>>;
  readonly yanked: boolean;
  /** PEP 658: of the metadata at its address and ".metadata". */
  readonly metadata: Readonly<Record<string, string>>;
}

function isTexts(value: unknown): value is Record<string, string> {
  return typeof value === "object" && value !== null && Object.values(value).every((one) => typeof one === "string");
}

function jsonFiles(text: string): PageFile[] {
  const page = JSON.parse(text) as { files?: unknown };
  const files: readonly unknown[] = Array.isArray(page.files) ? page.files : [];
  return files.flatMap((each): PageFile[] => {
    const { url, filename, hashes, yanked, ...file } = (each ?? {}) as Partial<Record<string, unknown>>;
    const metadata = file["core-metadata"] ?? file["data-dist-info-metadata"] ?? file["dist-info-metadata"];
    if (typeof url !== "string" || typeof filename !== "string") return [];
    return [{ filename, url: withoutFragment(url), hashes: isTexts(hashes) ? hashes : {}, yanked: yanked !== undefined && yanked !== false && yanked !== null, metadata: isTexts(metadata) ? metadata : {} }];
  });
}

function withoutFragment(url: string): string {
  const at = url.indexOf("#");
  return at < 0 ? url : url.slice(0, at);
}

const anchor = /<a\s([^>]{0,8192})>\s{0,99}([^<>]{1,512})<\/a>/gi;
const named: Readonly<Record<string, string>> = { "&amp;": "&", "&lt;": "<", "&gt;": ">", "&quot;": '"', "&#39;": "'", "&#x27;": "'" };

function plain(text: string): string {
  return text.replace(/&(?:amp|lt|gt|quot|#39|#x27);/g, (entity) => named[entity] ?? entity);
}

function metadataHash(attributes: string): Record<string, string> {
  const [, algorithm, digest] = /\bdata-(?:core|dist-info)-metadata\s{0,9}=\s{0,9}["']?([a-z0-9]{1,16})=([0-9a-f]{16,128})/i.exec(attributes) ?? [];
  return algorithm === undefined || digest === undefined ? {} : { [algorithm.toLowerCase()]: digest.toLowerCase() };
}

function htmlFiles(text: string): PageFile[] {
  return [...text.matchAll(anchor)].flatMap(([, attributes = "", label = ""]): PageFile[] => {
    const [, double, single] = /\bhref\s{0,9}=\s{0,9}(?:"([^"]{1,8192})"|'([^']{1,8192})')/i.exec(attributes) ?? [];
    const href = double ?? single;
    if (href === undefined) return [];
    const address = plain(href).trim();
    const [, algorithm, digest] = /#(?:.{0,200}&)?([a-z0-9]{1,16})=([0-9a-f]{16,128})(?:&|$)/i.exec(address) ?? [];
    const hashes = algorithm !== undefined && digest !== undefined ? { [algorithm.toLowerCase()]: digest.toLowerCase() } : {};
    return [{ filename: plain(label).trim(), url: withoutFragment(address), hashes, yanked: /\bdata-yanked\b/i.test(attributes), metadata: metadataHash(attributes) }];
  });
}

/** undefined for a page that is not whole: JSON that ends early, HTML without its end. */
export function pageFiles(page: Buffer): readonly PageFile[] | undefined {
  const text = page.toString("utf8");
  if (!text.trimStart().startsWith("{")) return htmlFiles(text);
  try {
    return jsonFiles(text);
  } catch {
    return undefined;
  }
}
