/**
 * An unpacked wheel against its RECORD: every file there, with the length and digest it had. uv copies RECORD when it
 * installs and links the rest, so what is here is as it came (uv-install-wheel linker.rs); a file that was edited in an
 * environment is edited here as well. uv completes a RECORD that lacks files when it unpacks; extra files are no fault.
 */
import { createHash } from "node:crypto";
import { join } from "node:path";
import type { Answer, Looker } from "../../machine/machine.ts";
import { recordedFiles } from "../pip/record.ts";
import { normalizedName } from "../python/core-metadata.ts";
import { plainVersion } from "../python/distribution-file.ts";
import { readRecord, type RecordLine } from "../python/record-lines.ts";
import type { Fault } from "../tool-cache.ts";
import { lackingOf } from "./damage.ts";

export interface ArchiveVerdict {
  readonly bytes: number;
  readonly faults: readonly Omit<Fault, "entry">[];
  /** RECORD has digests of nothing, or of algorithms that are not known here. */
  readonly unproven: boolean;
}

type FileFault = Omit<Fault, "entry">;

const mostFaults = 5;
const largestRecord = 64 << 20;
/** Smaller files are read in one piece; a digest of pieces costs more than it reads. */
const small = 4 << 20;

export interface Wanted {
  readonly project: string | null;
  readonly version: string | null;
}

export function verifyArchive(looker: Looker, archive: string, wanted: Wanted): ArchiveVerdict {
  const entries = looker.list(archive);
  if (!entries.ok) return alone({ path: archive, kind: entries.errno === "ENOENT" ? "missing" : "unreadable", says: entries.errno === "ENOENT" ? "it is not there" : `it cannot be listed: ${entries.errno}` });
  const infos = entries.value.filter(({ name }) => name.endsWith(".dist-info")).map(({ name }) => name);
  const [info] = infos;
  if (info === undefined) return alone({ path: archive, kind: "malformed", says: "it holds no .dist-info directory" });
  const other = infos.length === 1 ? mismatch(info, wanted) : undefined;
  if (other !== undefined) return alone({ path: join(archive, info), kind: "mismatch", says: other });
  const lacking = neededFault(looker, join(archive, info));
  if (lacking !== undefined) return alone(lacking);
  return verifyRecord(looker, { base: archive, record: join(archive, info, "RECORD"), inside: archive });
}

function alone(fault: FileFault): ArchiveVerdict {
  return { bytes: 0, faults: [fault], unproven: false };
}

/** Another package in the place of this one. Names in files may be spelled otherwise, and versions are normalised. */
function mismatch(info: string, { project, version }: Wanted): string | undefined {
  const [own = "", ownVersion = ""] = info.slice(0, -".dist-info".length).split("-");
  if (project !== null && normalizedName(own) !== normalizedName(project)) return `${info} is not ${project}`;
  // Of a long version the name of the entry has only the beginning.
  const isOther = version !== null && version.length < 47 && plainVersion(ownVersion.replaceAll("_", "-")) !== plainVersion(version.replaceAll("_", "-"));
  return isOther ? `${info} is not version ${version}` : undefined;
}

function neededFault(looker: Looker, info: string): FileFault | undefined {
  const lacking = lackingOf(looker, info);
  if (lacking === undefined) return undefined;
  const path = join(info, lacking.name);
  if (lacking.size === 0) return { path, kind: "truncated", says: "it is empty, and uv cannot install without it" };
  return lacking.errno === "ENOENT" ? { path, kind: "missing", says: "it is not there, and uv cannot install without it" } : { path, kind: "unreadable", says: `it cannot be read: ${lacking.errno}` };
}

export interface Recorded {
  /** What the names in RECORD are relative to. */
  readonly base: string;
  readonly record: string;
  /** Nothing outside of it is looked at. */
  readonly inside: string;
}

export function verifyRecord(looker: Looker, { base, record, inside }: Recorded): ArchiveVerdict {
  const text = looker.readFile(record, largestRecord);
  if (!text.ok) return alone({ path: record, kind: text.errno === "ENOENT" ? "missing" : "unreadable", says: `it cannot be read: ${text.errno}` });
  const decoded = text.value.toString("utf8");
  const lines = readRecord(decoded);
  const found = { bytes: text.value.length, faults: [] as FileFault[], proven: 0, unknown: false };
  for (const name of new Set([...recordedFiles(decoded), ...lines.keys()])) {
    const path = join(base, name);
    // Programs and data of an installed package lie beside its site-packages; signatures need not be there.
    if (name.endsWith("/") || name.startsWith("/") || !path.startsWith(`${inside}/`) || /\.dist-info\/RECORD(?:\.jws|\.p7s)?$/.test(name)) continue;
    const one = verifyFile(looker, path, lines.get(name) ?? {});
    found.bytes += one.bytes;
    found.proven += one.isProven ? 1 : 0;
    if (one.fault !== undefined && found.faults.push(one.fault) >= mostFaults) break;
  }
  return { bytes: found.bytes, faults: found.faults, unproven: found.proven === 0 };
}

interface FileVerdict {
  readonly bytes: number;
  readonly isProven: boolean;
  readonly fault?: FileFault;
}

const known: ReadonlySet<string> = new Set(["sha256", "sha384", "sha512", "sha224", "sha1", "md5"]);

function verifyFile(looker: Looker, path: string, line: RecordLine): FileVerdict {
  if (line.digest === undefined || !known.has(line.algorithm ?? "")) return withoutDigest(looker, path, line);
  const got = digestOf(looker, path, line);
  if (!got.ok) return { bytes: 0, isProven: false, fault: { path, kind: got.errno === "ENOENT" || got.errno === "ENOTDIR" ? "missing" : "unreadable", says: got.errno === "ENOENT" ? "RECORD lists it, and it is not there" : `it cannot be read: ${got.errno}` } };
  const { bytes, digest } = got.value;
  if (line.size !== undefined && bytes !== line.size) return { bytes, isProven: true, fault: { path, kind: bytes < line.size ? "truncated" : "mismatch", says: `it has ${bytes} bytes, RECORD says ${line.size}` } };
  return digest === line.digest ? { bytes, isProven: true } : { bytes, isProven: true, fault: { path, kind: "checksum", says: `it has the ${line.algorithm} ${digest}, RECORD says ${line.digest}` } };
}

function digestOf(looker: Looker, path: string, { algorithm = "", digest = "", size = 0 }: RecordLine): Answer<{ readonly bytes: number; readonly digest: string }> {
  if (size <= small) {
    const read = looker.readFile(path, small);
    if (read.ok) return { ok: true, value: { bytes: read.value.length, digest: read.value.length === size || size === 0 ? createHash(algorithm).update(read.value).digest("base64url") : digest } };
    if (read.errno !== "EFBIG") return read;
  }
  const whole = looker.digest(path, [algorithm]);
  return whole.ok ? { ok: true, value: { bytes: whole.value.bytes, digest: Buffer.from(whole.value.digests[algorithm] ?? "", "hex").toString("base64url") } } : whole;
}

function withoutDigest(looker: Looker, path: string, { size }: RecordLine): FileVerdict {
  const stat = looker.lstat(path);
  if (!stat.ok) return { bytes: 0, isProven: false, fault: { path, kind: stat.errno === "ENOENT" || stat.errno === "ENOTDIR" ? "missing" : "unreadable", says: "RECORD lists it, and it is not there" } };
  return size === undefined || size === stat.value.size || stat.value.type === "dir" ? { bytes: 0, isProven: false } : { bytes: 0, isProven: false, fault: { path, kind: stat.value.size < size ? "truncated" : "mismatch", says: `it has ${stat.value.size} bytes, RECORD says ${size}` } };
}
