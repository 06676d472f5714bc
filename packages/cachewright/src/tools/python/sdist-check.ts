/** Whether a source distribution is whole: `.tar.gz` by gzip's CRC and the headers of tar, `.zip` by its members. */
import { Buffer } from "node:buffer";
import { gunzipSync } from "node:zlib";
import type { Looker } from "../../machine/machine.ts";
import { namedByStem, namedIn, type Named } from "./core-metadata.ts";
import type { FilePart, PartReader } from "./file-part.ts";
import { readTar, type TarHeader } from "./tar-headers.ts";
import { type ArchiveCheck, type ArchiveFault, checkWheelContents, distInfoOf, isTooMuch, memberFaults, overlapOf, readingArchive } from "./wheel-check.ts";
import { readZipDirectory, type ZipDirectory } from "./zip-directory.ts";
import { largestInMemory, mostOfOne, readMember } from "./zip-member.ts";

type Check = Omit<ArchiveCheck, "bytes">;

const unknown = { project: null, version: null };
const largestPkgInfo = 16 << 20;

export function isPkgInfo(name: string): boolean {
  return /^[^/]+\/PKG-INFO$/.test(name);
}

/** By PKG-INFO; older ones and plain archives of sources have only their top directory. */
function who(pkgInfo: string | undefined, firstName: string | undefined): { project: string | null; version: string | null } {
  const named: Named | undefined = (pkgInfo === undefined ? undefined : namedIn(pkgInfo)) ?? namedByStem((firstName ?? "").split("/")[0] ?? "");
  return named ?? unknown;
}

function checkZip(reader: PartReader, { members, at }: ZipDirectory): Check {
  const pkgInfo = members.find(({ name }) => isPkgInfo(name));
  const named = who(pkgInfo === undefined ? undefined : readMember(reader, pkgInfo, largestPkgInfo)?.toString("utf8"), members[0]?.name);
  const overlap = overlapOf(members);
  if (overlap !== undefined) return { faults: [overlap], ...named };
  if (isTooMuch(members, reader.length)) return { faults: [], ...named, unproven: true };
  const { faults, unproven } = memberFaults(members, { reader, end: at, record: new Map() });
  return { faults, ...named, ...(unproven ? { unproven: true } : {}) };
}

function tarFault(bytes: Buffer): { readonly fault?: ArchiveFault; readonly headers: readonly TarHeader[] } {
  const { headers, brokenAt } = readTar(bytes);
  if (brokenAt === undefined) return { headers };
  return { headers, fault: { kind: brokenAt === "end" ? "truncated" : "malformed", says: brokenAt === "end" ? `${headers.at(-1)?.name ?? "it"} is cut off` : `what follows ${headers.at(-1)?.name ?? "its beginning"} is no header of a tar` } };
}

/** zlib tells a stream that ends early ("unexpected end of file") from one whose data or check is wrong. */
function gunzipped(packed: Buffer, most: number): Buffer | ArchiveFault {
  try {
    return gunzipSync(packed, { maxOutputLength: most, chunkSize: 1 << 20 });
  } catch (error) {
    const says = (error as Error).message;
    const isShort = (error as NodeJS.ErrnoException).code === "Z_BUF_ERROR";
    return { kind: isShort ? "truncated" : "checksum", says: isShort ? "it ends before its gzip stream does" : `gzip: ${says}` };
  }
}

function checkTarGz(reader: PartReader): Check {
  const size = reader.at(Math.max(0, reader.length - 4), 4);
  // The last four bytes tell what it unpacks to.
  const stated = size.length === 4 ? size.readUInt32LE(0) : 0;
  const most = Math.min(stated, reader.length * mostOfOne);
  if (reader.length > largestInMemory || most > 2 * largestInMemory) return { faults: [], ...who(undefined, undefined), unproven: true };
  const bytes = gunzipped(Buffer.from(reader.at(0, reader.length)), 2 * largestInMemory);
  if (!Buffer.isBuffer(bytes)) return { faults: [bytes], ...unknown };
  const { headers, fault } = tarFault(bytes);
  const pkgInfo = headers.find(({ name }) => isPkgInfo(name));
  const named = who(pkgInfo === undefined ? undefined : bytes.toString("utf8", pkgInfo.at, pkgInfo.at + pkgInfo.size), headers[0]?.name);
  return { faults: fault === undefined ? [] : [fault], ...named };
}

function checkBy(reader: PartReader, ofZip: (reader: PartReader, directory: ZipDirectory) => Check): Check {
  const magic = reader.at(0, 4);
  if (magic.length === 0) return { faults: [{ kind: "truncated", says: "it is empty" }], ...unknown };
  if (magic.length > 1 && magic.readUInt16BE(0) === 0x1f8b) return checkTarGz(reader);
  // `.tar.bz2` and the like.
  if (magic.toString("latin1", 0, 2) !== "PK") return { faults: [], ...unknown, unproven: true };
  const directory = readZipDirectory(reader);
  return "says" in directory ? { faults: [directory], ...unknown } : ofZip(reader, directory);
}

export function checkSdist(looker: Looker, part: FilePart): ArchiveCheck {
  return readingArchive(looker, part, (reader) => checkBy(reader, checkZip));
}

/** Whatever it is: a zip with the metadata of a wheel is one. */
export function checkDistribution(looker: Looker, part: FilePart): ArchiveCheck {
  return readingArchive(looker, part, (reader) => checkBy(reader, (_, directory) => (distInfoOf(directory.members) === undefined ? checkZip : checkWheelContents)(reader, directory)));
}
