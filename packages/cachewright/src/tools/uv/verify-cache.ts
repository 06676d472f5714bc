/** Whether the entries of a uv cache are what uv wrote. */
import { basename, join } from "node:path";
import type { Looker } from "../../machine/machine.ts";
import { redact } from "../../machine/redact.ts";
import { normalizedName } from "../python/core-metadata.ts";
import { readMsgpack } from "../python/msgpack.ts";
import { wholeFile } from "../python/file-part.ts";
import { checkWheel } from "../python/wheel-check.ts";
import type { CacheAsk, CacheEntry, Fault, Verdict } from "../tool-cache.ts";
import { uvBucketName, type UvBucketKind } from "./buckets.ts";
import { readUvHttpFile } from "./http-file.ts";
import { environmentPrefix, sitesOf } from "./describe-environments.ts";
import { lookAtSite } from "./installed-links.ts";
import { readInterpreterRecord, largestRecord } from "./interpreter-record.ts";
import { movedLink } from "./moved-links.ts";
import { readUvPointer, uvMetadataName } from "./pointer.ts";
import { verifyArchive, verifyRecord, type ArchiveVerdict } from "./verify-archive.ts";

type Part = Omit<Verdict, "entry" | "faults"> & { readonly faults: readonly Omit<Fault, "entry">[] };

const largestPage = 256 << 20;
const sound: Part = { bytes: 0, faults: [] };
const formOnly: Part = { bytes: 0, faults: [], unproven: true };

export function* verifyUvCache({ machine, root }: CacheAsk, entries: readonly CacheEntry[]): Iterable<Verdict> {
  // What two entries share is read for the one it is an entry of.
  for (const entry of entries) {
    if (entry.kind === "leftover") continue;
    const parts = partsOf(machine, root, entry);
    const faults = parts.flatMap((part) => part.faults).map((fault) => ({ entry: entry.id, ...fault }));
    const isProven = parts.some(({ unproven }) => unproven !== true);
    yield { entry: entry.id, bytes: parts.reduce((sum, { bytes }) => sum + bytes, 0), faults, ...(isProven ? {} : { unproven: true as const }) };
  }
}

function partsOf(looker: Looker, root: string, entry: CacheEntry): Part[] {
  if (entry.kind === "environment") return [...entry.paths.map((path) => linkPart(looker, root, path)).filter(({ faults }) => faults.length > 0), environmentPart(looker, root, entry)];
  const archives = entry.paths.filter((path) => /^archive-v\d+\/[^/]+$/.test(path.slice(root.length + 1)));
  const files = entry.paths.filter((path) => !archives.includes(path)).map((path) => filePart({ looker, root, entry }, path));
  const checked = archives.map((archive) => ofArchive(verifyArchive(looker, archive, entry)));
  // Pointers say nothing of what they lead to: with an archive or a wheel, that is what counts.
  const telling = [...checked, ...files.filter(({ bytes, unproven, faults }) => faults.length > 0 || (bytes > 0 && unproven !== true))];
  return telling.length > 0 ? telling : [{ ...formOnly, bytes: files.reduce((sum, { bytes }) => sum + bytes, 0) }];
}

function ofArchive({ bytes, faults, unproven }: ArchiveVerdict): Part {
  return { bytes, faults, ...(unproven ? { unproven: true as const } : {}) };
}

function environmentPart(looker: Looker, root: string, entry: CacheEntry): Part {
  const prefix = environmentPrefix({ looker, root }, entry);
  if (prefix === undefined) return formOnly;
  const verdicts = sitesOf({ looker }, prefix).flatMap((site) => lookAtSite(looker, site).dists.map(({ path }) => verifyRecord(looker, { base: site, record: join(path, "RECORD"), inside: prefix })));
  const unproven = verdicts.every((one) => one.unproven);
  return { bytes: verdicts.reduce((sum, { bytes }) => sum + bytes, 0), faults: verdicts.flatMap(({ faults }) => faults).slice(0, 5), ...(unproven ? { unproven } : {}) };
}

interface Within {
  readonly looker: Looker;
  readonly root: string;
  readonly entry: CacheEntry;
}

/** A file by its name; the form of what is opaque, and nothing of what is no uv's own format. */
function filePart({ looker, root, entry }: Within, path: string): Part {
  const name = basename(path);
  const kind = uvBucketName(path.slice(root.length + 1).split("/")[0] ?? "")?.kind;
  if (name.endsWith(".lock")) return formOnly;
  if (name.endsWith(".whl")) return wheelPart(looker, path, entry);
  if (name.endsWith(".rev") || name.endsWith(".http")) return read(looker, path, (bytes) => pointerFault(bytes, name, entry));
  if (name.endsWith(".rkyv") || kind === "flat-index") return pagePart(looker, path, entry);
  if (kind === "interpreter") return read(looker, path, (bytes) => (readInterpreterRecord(bytes) === undefined ? cutOff : undefined), largestRecord);
  if (name.endsWith(".msgpack")) return read(looker, path, (bytes) => metadataFault(bytes, kind, entry));
  if (kind === undefined) return pythonPart(looker, path);
  return linkPart(looker, root, path);
}

/** A file of another package in the place of this one's. */
function isOther(project: string | null, name: string | undefined): boolean {
  return project !== null && name !== undefined && normalizedName(project) !== normalizedName(name);
}

const cutOff = "it is cut off, or no MessagePack as uv writes it";

/**
 * Its own form is all that can be told of it. Since 0.13 uv writes the end of a file anew in its place when a server says
 * that nothing has changed: what is found wrong is read a second time.
 */
function read(looker: Looker, path: string, faultOf: (bytes: Buffer) => string | undefined, limit = 16 << 20): Part {
  const first = looker.readFile(path, limit);
  const bytes = first.ok && faultOf(first.value) !== undefined ? looker.readFile(path, limit) : first;
  if (!bytes.ok) return unreadable(path, bytes.errno);
  const says = faultOf(bytes.value);
  return { bytes: bytes.value.length, faults: says === undefined ? [] : [{ path, kind: "malformed", says }], unproven: true };
}

function unreadable(path: string, errno: string): Part {
  return errno === "ENOENT" ? { bytes: 0, faults: [{ path, kind: "missing", says: "it is not there any more" }] } : { bytes: 0, faults: [{ path, kind: "unreadable", says: `it cannot be read: ${errno}` }] };
}

function pointerFault(bytes: Buffer, name: string, { project }: CacheEntry): string | undefined {
  const told = readUvPointer(bytes, name.endsWith(".rev") ? "rev" : "http");
  if ("fault" in told) return told.fault;
  return isOther(project, told.filename?.split("-")[0]) ? `it leads to ${told.filename}` : undefined;
}

/** Of wheels it is an answer of a server with its policy, of what was built here the bare metadata; both since 0.1.32. */
function metadataFault(bytes: Buffer, kind: UvBucketKind | undefined, { project }: CacheEntry): string | undefined {
  const http = kind === "wheels" ? readUvHttpFile(bytes) : { payload: bytes };
  if ("fault" in http) return http.fault;
  const packed = readMsgpack(http.payload);
  if (packed === undefined || packed.end !== http.payload.length) return cutOff;
  if (kind !== "wheels" && kind !== "sdists" && kind !== "built-wheels") return undefined;
  const name = uvMetadataName(packed.value);
  return name === undefined ? cutOff : isOther(project, name.name) ? `it is of ${name.name} ${name.version}` : undefined;
}

/** A project's page is at `<index>/<project>/` (PEP 503). */
function pagePart(looker: Looker, path: string, { project }: CacheEntry): Part {
  return read(looker, path, (bytes) => {
    const page = readUvHttpFile(bytes);
    if ("fault" in page) return page.fault;
    return isOther(project, /\/([\w.-]+)\/?$/.exec(page.url ?? "")?.[1]) ? `it is the page ${redact(page.url ?? "")}` : undefined;
  }, largestPage);
}

function wheelPart(looker: Looker, path: string, { project }: CacheEntry): Part {
  const part = wholeFile(looker, path);
  if (!part.ok) return unreadable(path, part.errno);
  const { bytes, faults, unproven, project: own } = checkWheel(looker, part.value);
  const other = isOther(project, own ?? undefined) ? [{ path, kind: "mismatch" as const, says: `it is a wheel of ${own}` }] : [];
  return { bytes, faults: [...faults.map((fault) => ({ path, ...fault })), ...other], ...(unproven === true ? { unproven } : {}) };
}

/** Nine digits of the digest are in the name of a Python's archive. */
function pythonPart(looker: Looker, path: string): Part {
  const told = /^([0-9a-f]{9})-/.exec(basename(path))?.[1];
  if (told === undefined) return formOnly;
  const got = looker.digest(path, ["sha256"]);
  if (!got.ok) return unreadable(path, got.errno);
  const digest = got.value.digests["sha256"] ?? "";
  return { bytes: got.value.bytes, faults: digest.startsWith(told) ? [] : [{ path, kind: "checksum", says: `its sha256 begins with ${digest.slice(0, 9)}, its name says ${told}` }] };
}

/** A link to an archive that is here, but not where the link says: the cache was moved. */
function linkPart(looker: Looker, root: string, path: string): Part {
  const moved = movedLink(looker, root, path);
  if (moved === undefined) return sound;
  return { bytes: 0, faults: [{ path, kind: "mismatch", says: `it leads to ${moved.now}; the archive lies at ${moved.to}, as the cache was moved` }] };
}
