/** The contents of entries, read and judged: by hashes that pages of the index state, else by what is in them. */
import { createHash } from "node:crypto";
import type { CacheAsk, CacheEntry, Fault, Verdict } from "../tool-cache.ts";
import { distributionFile, plainVersion, projectName } from "../python/distribution-file.ts";
import { isReadFailure, partReader, piecesOf, wholeFile } from "../python/file-part.ts";
import { checkDistribution } from "../python/sdist-check.ts";
import { type ArchiveCheck, checkWheel } from "../python/wheel-check.ts";
import { namedIn } from "../python/core-metadata.ts";
import { decoded, isPageType, largestPage, pageFiles } from "./index-page.ts";
import { isHttpFault, openResponse, type OpenResponse } from "./open-response.ts";
import { bestHash, type PageOrigin, pageOrigins } from "./page-origins.ts";
import { parseOrigin } from "./origin.ts";

type Found = Omit<Fault, "entry">;
type Judged = Omit<Verdict, "entry" | "faults"> & { readonly faults: readonly Found[] };

const sound: Judged = { bytes: 0, faults: [] };
const wrong = (path: string, kind: Fault["kind"], says: string): Found => ({ path, kind, says });

function digestOf({ looker, body, unpacked }: OpenResponse, algorithm: string): string | undefined {
  if (body.offset === 0 && !unpacked) {
    const read = looker.digest(body.path, [algorithm]);
    return read.ok ? read.value.digests[algorithm] : undefined;
  }
  const [hash, reader] = [createHash(algorithm), partReader(looker, body)];
  try {
    for (const piece of piecesOf(reader, 0, body.length)) hash.update(piece);
    return hash.digest("hex");
  } catch (error) {
    if (!isReadFailure(error)) throw error;
    return undefined;
  }
}

function byHash(opened: OpenResponse, [algorithm, stated]: readonly [string, string]): Judged {
  const { path, length } = opened.body;
  const got = digestOf(opened, algorithm);
  if (got === undefined) return { bytes: 0, faults: [wrong(path, "unreadable", "it cannot be read")] };
  return { bytes: length, faults: got === stated ? [] : [wrong(path, "checksum", `its ${algorithm} is ${got}, the index says ${stated}`)] };
}

/** gzip has a check of its own; a plain page is only told to be whole by its length. */
function page(opened: OpenResponse): Judged {
  const { path, length } = opened.body;
  const encoding = opened.head.headers["content-encoding"];
  if (length > largestPage) return { bytes: 0, faults: [], unproven: true };
  const read = opened.looker.readPart(path, opened.body);
  if (!read.ok) return { bytes: 0, faults: [wrong(path, "unreadable", `it cannot be read: ${read.errno}`)] };
  const text = decoded(read.value, encoding);
  // What nobody here can unpack is not wrong for that.
  if (text === undefined && /^(?:x-)?gzip$|^deflate$|^br$/i.test(encoding ?? "")) return { bytes: length, faults: [wrong(path, "checksum", `its ${encoding} cannot be unpacked`)] };
  if (text !== undefined && isPageType(opened.head.headers["content-type"]) && pageFiles(text) === undefined) return { bytes: length, faults: [wrong(path, "malformed", "it is no whole JSON")] };
  return { bytes: length, faults: [], ...(text === undefined || (encoding ?? "") === "" ? { unproven: true } : {}) };
}

function archive(path: string, { faults, bytes, unproven }: ArchiveCheck): Judged {
  return { bytes, faults: faults.map((one) => ({ path, ...one })), ...(unproven ? { unproven: true as const } : {}) };
}

function metadata(opened: OpenResponse): Judged {
  const { path, length } = opened.body;
  const read = opened.looker.readPart(path, { offset: opened.body.offset, length: Math.min(length, 16 << 20) });
  if (!read.ok) return { bytes: 0, faults: [wrong(path, "unreadable", `it cannot be read: ${read.errno}`)] };
  return { bytes: length, unproven: true, faults: namedIn(read.value.toString("utf8")) === undefined ? [wrong(path, "malformed", "it names no project")] : [] };
}

function lengthFault({ head, body }: OpenResponse): Found | undefined {
  const stated = head.headers["content-length"] ?? "";
  if (head.status !== 200 || !/^\d{1,15}$/.test(stated) || body.length === Number(stated)) return undefined;
  return wrong(body.path, body.length < Number(stated) ? "truncated" : "mismatch", `it has ${body.length} of ${stated} bytes`);
}

function response(ask: CacheAsk, entry: CacheEntry, origin: PageOrigin | undefined): Judged {
  const opened = openResponse(ask.machine, ask.root, entry);
  if (opened === undefined) return { bytes: 0, faults: [], unproven: true };
  if (isHttpFault(opened)) return { bytes: 0, faults: [opened] };
  const length = lengthFault(opened);
  if (length !== undefined) return { bytes: 0, faults: [length] };
  if (opened.head.status === 301 || opened.head.status === 308) return sound;
  const hash = origin === undefined ? undefined : bestHash(origin.hashes);
  if (hash !== undefined) return byHash(opened, hash);
  if (isPageType(opened.head.headers["content-type"])) return page(opened);
  if (entry.kind === "metadata") return metadata(opened);
  const start = opened.looker.readPart(opened.body.path, { offset: opened.body.offset, length: 2 });
  const magic = start.ok ? start.value.toString("latin1") : "";
  if (magic !== "PK" && (magic !== "\x1f\x8b" || (opened.head.headers["content-encoding"] ?? "") !== "")) return page(opened);
  const judged = archive(opened.body.path, checkDistribution(opened.looker, opened.body));
  // gzip need not hold a tar; what was named as a source distribution does.
  return entry.detail === "sdist" || magic === "PK" ? judged : { ...judged, faults: judged.faults.filter(({ kind }) => kind !== "malformed") };
}

/** Its name, its contents, and the origin beside it. */
function builtWheel({ machine }: CacheAsk, { paths }: CacheEntry): Judged {
  const [path = "", originPath] = paths;
  const part = wholeFile(machine, path);
  if (!part.ok) return { bytes: 0, faults: [wrong(path, "unreadable", `it cannot be read: ${part.errno}`)] };
  const check = checkWheel(machine, part.value);
  const [judged, named] = [archive(path, check), distributionFile(path.slice(path.lastIndexOf("/") + 1))];
  const isOther = named !== undefined && check.project !== null && check.version !== null
    && (projectName(named.project) !== projectName(check.project) || plainVersion(named.version.replaceAll("_", "-")) !== plainVersion(check.version));
  const other = isOther ? [wrong(path, "mismatch", `it is ${check.project} ${check.version}`)] : [];
  return { ...judged, faults: [...judged.faults, ...other, ...(originPath === undefined ? [] : origin(machine, originPath))] };
}

function origin(machine: CacheAsk["machine"], path: string): Found[] {
  const read = machine.readFile(path);
  if (!read.ok) return [wrong(path, "unreadable", `it cannot be read: ${read.errno}`)];
  return parseOrigin(read.value.toString("utf8")) === undefined ? [wrong(path, "malformed", "it names no address")] : [];
}

function selfcheck({ machine }: CacheAsk, { paths: [path = ""] }: CacheEntry): Judged {
  const read = machine.readFile(path);
  if (!read.ok) return { bytes: 0, faults: [wrong(path, "unreadable", `it cannot be read: ${read.errno}`)] };
  try {
    JSON.parse(read.value.toString("utf8"));
    return { bytes: read.value.length, faults: [], unproven: true };
  } catch {
    return { bytes: read.value.length, faults: [wrong(path, "malformed", "it is no JSON")] };
  }
}

function judge(ask: CacheAsk, entry: CacheEntry, origins: ReadonlyMap<string, PageOrigin>): Judged {
  const [top] = entry.id.split("/", 1);
  // Nobody reads it: there is nothing that it should be.
  if (entry.kind === "leftover") return { bytes: 0, faults: [], unproven: true };
  if (top === "wheels") return entry.paths[0]?.endsWith(".whl") === true ? builtWheel(ask, entry) : { bytes: 0, faults: origin(ask.machine, entry.paths[0] ?? "") };
  return top === "http" || top === "http-v2" ? response(ask, entry, origins.get(entry.id)) : selfcheck(ask, entry);
}

/** `all`: the entries of the cache, among them the pages that state hashes. */
export function* verifyEntries(ask: CacheAsk, entries: readonly CacheEntry[], all: () => readonly CacheEntry[]): Generator<Verdict> {
  const stated = entries.filter(({ id, kind }) => id.startsWith("http") && kind !== "index" && kind !== "leftover");
  const origins = stated.length === 0 ? new Map<string, PageOrigin>() : pageOrigins(ask, stated, all());
  for (const entry of entries) {
    const { faults, ...judged } = judge(ask, entry, origins);
    yield { entry: entry.id, ...judged, faults: faults.map((fault) => ({ entry: entry.id, ...fault })) };
  }
}
