/** Whether the entries of a uv cache are what uv wrote. */
import { basename, join } from "node:path";
import type { Looker } from "../../machine/machine.ts";
import { readMsgpack } from "../python/msgpack.ts";
import { wholeFile } from "../python/file-part.ts";
import { checkWheel } from "../python/wheel-check.ts";
import type { CacheAsk, CacheEntry, Fault, Verdict } from "../tool-cache.ts";
import { uvBucketName } from "./buckets.ts";
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
  const files = entry.paths.filter((path) => !archives.includes(path)).map((path) => filePart(looker, root, path));
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

/** A file by its name; the form of what is opaque, and nothing of what is no uv's own format. */
function filePart(looker: Looker, root: string, path: string): Part {
  const name = basename(path);
  const kind = uvBucketName(path.slice(root.length + 1).split("/")[0] ?? "")?.kind;
  if (name.endsWith(".lock")) return formOnly;
  if (name.endsWith(".whl")) return wheelPart(looker, path);
  if (name.endsWith(".rev") || name.endsWith(".http")) return read(looker, path, (bytes) => pointerFault(bytes, name));
  if (name.endsWith(".rkyv") || kind === "flat-index") return pagePart(looker, path);
  if (kind === "interpreter") return read(looker, path, (bytes) => (readInterpreterRecord(bytes) === undefined ? cutOff : undefined), largestRecord);
  if (name.endsWith(".msgpack")) return read(looker, path, (bytes) => metadataFault(bytes, kind === "wheels"));
  if (kind === undefined) return pythonPart(looker, path);
  return linkPart(looker, root, path);
}

const cutOff = "it is cut off, or no MessagePack as uv writes it";

/** Its own form is all that can be told of it. */
function read(looker: Looker, path: string, faultOf: (bytes: Buffer) => string | undefined, limit = 16 << 20): Part {
  const bytes = looker.readFile(path, limit);
  if (!bytes.ok) return unreadable(path, bytes.errno);
  const says = faultOf(bytes.value);
  return { bytes: bytes.value.length, faults: says === undefined ? [] : [{ path, kind: "malformed", says }], unproven: true };
}

function unreadable(path: string, errno: string): Part {
  return errno === "ENOENT" ? { bytes: 0, faults: [{ path, kind: "missing", says: "it is not there any more" }] } : { bytes: 0, faults: [{ path, kind: "unreadable", says: `it cannot be read: ${errno}` }] };
}

function pointerFault(bytes: Buffer, name: string): string | undefined {
  const told = readUvPointer(bytes, name.endsWith(".rev") ? "rev" : "http");
  return "fault" in told ? told.fault : undefined;
}

/** Of wheels it is an answer of a server with its policy, of what was built here the bare metadata; both since 0.1.32. */
function metadataFault(bytes: Buffer, isOfWheel: boolean): string | undefined {
  const http = isOfWheel ? readUvHttpFile(bytes) : { payload: bytes };
  if ("fault" in http) return http.fault;
  const packed = readMsgpack(http.payload);
  return packed === undefined || packed.end !== http.payload.length || (isOfWheel && uvMetadataName(packed.value) === undefined) ? cutOff : undefined;
}

function pagePart(looker: Looker, path: string): Part {
  return read(looker, path, (bytes) => {
    const page = readUvHttpFile(bytes);
    return "fault" in page ? page.fault : undefined;
  }, largestPage);
}

function wheelPart(looker: Looker, path: string): Part {
  const part = wholeFile(looker, path);
  if (!part.ok) return unreadable(path, part.errno);
  const { bytes, faults, unproven } = checkWheel(looker, part.value);
  return { bytes, faults: faults.map((fault) => ({ path, ...fault })), ...(unproven === true ? { unproven } : {}) };
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
