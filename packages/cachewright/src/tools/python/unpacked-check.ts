/** Whether what was unpacked or installed below a directory is what the RECORDs of its distributions say (PEP 376). */
import { Buffer } from "node:buffer";
import { join, normalize } from "node:path";
import type { Looker } from "../../machine/machine.ts";
import type { CacheEntry } from "../tool-cache.ts";
import { errnoCheck, type FileCheck, faultsOf } from "./entry-check.ts";
import { readRecord, type RecordLine } from "./record-lines.ts";
import type { ArchiveFault } from "./wheel-check.ts";

const largestRecord = 64 << 20;
/** What is broken is broken: a few faults tell as much as thousands. */
const mostFaults = 5;

/** Packages of one directory: `site` holds them and their `.dist-info`; what lies outside `within` is another's. */
export interface UnpackedPlace {
  readonly site: string;
  readonly within: string;
  /** What RECORD said elsewhere of the same distribution, for where it says no hashes. */
  readonly recorded?: (info: string) => ReadonlyMap<string, RecordLine> | undefined;
}

function namesIn(looker: Looker, directory: string): string[] {
  const listed = looker.list(directory);
  return listed.ok ? listed.value.map(({ name }) => name) : [];
}

/** Digests are base64url in RECORD, hexadecimal everywhere else. */
function hexOf(digest: string): string {
  return Buffer.from(digest, "base64url").toString("hex");
}

function lineFault(looker: Looker, path: string, { algorithm, digest, size }: RecordLine): { readonly fault?: ArchiveFault; readonly bytes: number } {
  const seen = looker.lstat(path);
  if (!seen.ok) return { bytes: 0, fault: seen.errno === "ENOENT" || seen.errno === "ENOTDIR" ? { kind: "missing", says: "RECORD lists it, and it is not there" } : { kind: "unreadable", says: `it cannot be read: ${seen.errno}` } };
  // A link leads to what is another entry's.
  if (seen.value.type !== "file") return { bytes: 0 };
  if (size !== undefined && seen.value.size !== size) return { bytes: 0, fault: { kind: seen.value.size < size ? "truncated" : "mismatch", says: `it has ${seen.value.size} bytes, RECORD says ${size}` } };
  if (digest === undefined || algorithm === undefined || !/^sha(?:256|384|512)$/.test(algorithm)) return { bytes: 0 };
  const read = looker.digest(path, [algorithm]);
  if (!read.ok) return { bytes: 0, fault: { kind: "unreadable", says: `it cannot be read: ${read.errno}` } };
  const got = read.value.digests[algorithm];
  return got === hexOf(digest) ? { bytes: read.value.bytes } : { bytes: read.value.bytes, fault: { kind: "mismatch", says: `its ${algorithm} is ${got}, RECORD says ${hexOf(digest)}` } };
}

function checkRecord(looker: Looker, entry: CacheEntry, { site, within, recorded, info }: UnpackedPlace & { readonly info: string }): FileCheck {
  const record = join(site, info, "RECORD");
  const read = looker.readFile(record, largestRecord);
  if (!read.ok) return read.errno === "ENOENT" ? { faults: faultsOf(entry, record, [{ kind: "missing", says: "there is no RECORD" }]), bytes: 0 } : errnoCheck(entry, record, read.errno);
  const own = readRecord(read.value.toString("utf8"));
  const lines = own.size > 0 ? own : recorded?.(info) ?? own;
  const faults: ReturnType<typeof faultsOf> = [];
  let bytes = read.value.length;
  for (const [name, line] of lines) {
    const path = normalize(join(site, name));
    // Programs and data lie beside the packages; absolute names and those that lead out are nothing of this entry.
    if (name.startsWith("/") || !path.startsWith(`${within}/`)) continue;
    const { fault, bytes: more } = lineFault(looker, path, line);
    bytes += more;
    if (fault !== undefined && faults.push(...faultsOf(entry, path, [fault])) >= mostFaults) break;
  }
  return { faults, bytes, ...(lines.size === 0 ? { unproven: true as const } : {}) };
}

/** Every distribution in the directory. `lacking`: there must be one. */
export function checkUnpacked(looker: Looker, entry: CacheEntry, place: UnpackedPlace & { readonly lacking?: string }): FileCheck {
  const infos = namesIn(looker, place.site).filter((name) => name.endsWith(".dist-info"));
  if (infos.length === 0) return place.lacking === undefined ? { faults: [], bytes: 0, unproven: true } : { faults: faultsOf(entry, place.site, [{ kind: "missing", says: place.lacking }]), bytes: 0 };
  const checks = infos.map((info) => checkRecord(looker, entry, { ...place, info }));
  return {
    faults: checks.flatMap(({ faults }) => faults).slice(0, mostFaults), bytes: checks.reduce((sum, one) => sum + one.bytes, 0),
    ...(checks.some(({ unproven }) => unproven) ? { unproven: true } : {}),
  };
}
