/** Whether a wheel is whole: its directory, the CRC of every member, its RECORD (binary distribution format 1.0). */
import type { Hash } from "node:crypto";
import type { Looker } from "../../machine/machine.ts";
import type { Fault } from "../tool-cache.ts";
import { namedIn } from "./core-metadata.ts";
import { type FilePart, isReadFailure, type PartReader, partReader } from "./file-part.ts";
import { readRecord, type RecordLine } from "./record-lines.ts";
import { readZipDirectory, type ZipDirectory, type ZipMember } from "./zip-directory.ts";
import { checkMember, hashOf, readMember } from "./zip-member.ts";

export type ArchiveFault = Pick<Fault, "kind" | "says">;

export interface ArchiveCheck {
  /** Empty: sound. No more than a few: what is broken is broken. */
  readonly faults: readonly ArchiveFault[];
  /** How much of the file was read. */
  readonly bytes: number;
  /** As its metadata says; null where that cannot be read. */
  readonly project: string | null;
  readonly version: string | null;
  /** Something in it could not be unpacked here, so that its contents are not proven. */
  readonly unproven?: true;
}

const mostFaults = 5;
/** A real wheel unpacks to some three times its length; this is not unpacked just to be told that it is sound. */
const mostUnpacked = 250;
const leastUnpacked = 64 << 20;
const largestRecord = 64 << 20;
const largestMetadata = 16 << 20;

/** Failing reads are a fault of their own: the file vanished, or may not be read. */
export function readingArchive(looker: Looker, part: FilePart, check: (reader: PartReader) => Omit<ArchiveCheck, "bytes">): ArchiveCheck {
  const reader = partReader(looker, part);
  try {
    return { ...check(reader), bytes: reader.bytes() };
  } catch (error) {
    if (!isReadFailure(error)) throw error;
    return { faults: [{ kind: "unreadable", says: `it cannot be read: ${error.readFailure}` }], bytes: reader.bytes(), project: null, version: null };
  }
}

/** Members that share bytes are how a small zip unpacks to a world; no packer makes them. */
export function overlapOf(members: readonly ZipMember[]): ArchiveFault | undefined {
  const inOrder = [...members].sort((a, b) => a.at - b.at);
  const second = inOrder.find((member, i) => i > 0 && member.at < (inOrder[i - 1]?.at ?? 0) + 30 + (inOrder[i - 1]?.packed ?? 0));
  return second === undefined ? undefined : { kind: "malformed", says: `${second.name} lies within another member` };
}

export function isTooMuch(members: readonly ZipMember[], length: number): boolean {
  return members.reduce((sum, { size }) => sum + size, 0) > leastUnpacked + length * mostUnpacked;
}

/** The directory of metadata: the only one that ends so, at the top. */
export function distInfoOf(members: readonly ZipMember[]): string | undefined {
  let found: string | undefined;
  for (const { name } of members) {
    const end = name.indexOf(".dist-info/");
    if (end < 1 || name.indexOf("/") !== end + ".dist-info".length) continue;
    const info = name.slice(0, end + ".dist-info".length);
    if (found !== undefined && found !== info) return undefined;
    found = info;
  }
  return found;
}

/** What RECORD says of a member, against what was unpacked. */
function recordFault(member: ZipMember, line: RecordLine, hash: Hash | undefined): ArchiveFault | undefined {
  if (line.size !== undefined && line.size !== member.size) return { kind: "mismatch", says: `${member.name} has ${member.size} bytes, RECORD says ${line.size}` };
  const got = hash?.digest("base64url");
  return got === undefined || got === line.digest ? undefined : { kind: "mismatch", says: `${member.name} has the ${line.algorithm} ${got}, RECORD says ${line.digest}` };
}

interface Checking { readonly reader: PartReader; readonly end: number; readonly record: ReadonlyMap<string, RecordLine> }

/** In the order in which they lie, so that the file is read once from its beginning to its end. */
export function memberFaults(members: readonly ZipMember[], { reader, end, record }: Checking): { readonly faults: ArchiveFault[]; readonly unproven: boolean } {
  const faults: ArchiveFault[] = [];
  let unproven = false;
  for (const member of [...members].sort((a, b) => a.at - b.at)) {
    const line = record.get(member.name);
    const hash = line?.digest === undefined ? undefined : hashOf(line.algorithm ?? "");
    const checked = checkMember(reader, member, { end, hash });
    const fault = checked.fault ?? (line === undefined ? undefined : recordFault(member, line, checked.unproven ? undefined : hash));
    unproven ||= checked.unproven === true;
    if (fault !== undefined && faults.push(fault) >= mostFaults) break;
  }
  return { faults, unproven };
}

/** Of an archive whose directory was read. */
export function checkWheelContents(reader: PartReader, { members, at }: ZipDirectory): Omit<ArchiveCheck, "bytes"> {
  const info = distInfoOf(members);
  const named = (name: string): ZipMember | undefined => members.find((member) => member.name === `${info}/${name}`);
  const [metadata, record] = [named("METADATA"), named("RECORD")];
  const text = metadata === undefined ? undefined : readMember(reader, metadata, largestMetadata)?.toString("utf8");
  const told = text === undefined ? undefined : namedIn(text);
  const who = { project: told?.project ?? null, version: told?.version ?? null };
  const overlap = overlapOf(members);
  if (overlap !== undefined) return { faults: [overlap], ...who };
  if (isTooMuch(members, reader.length)) return { faults: [], ...who, unproven: true };
  const lines = record === undefined ? undefined : readMember(reader, record, largestRecord);
  const { faults, unproven } = memberFaults(members, { reader, end: at, record: readRecord(lines?.toString("utf8") ?? "") });
  // pip refuses a wheel without them ("is invalid"); nothing of it is damaged, though, when all its members are sound.
  const lacks = info === undefined ? "a .dist-info directory" : ["METADATA", "WHEEL", "RECORD"].find((name) => named(name) === undefined);
  if (lacks !== undefined) faults.push({ kind: "malformed", says: `it lacks ${info === undefined ? lacks : `${info}/${lacks}`}` });
  return { faults, ...who, ...(unproven ? { unproven: true } : {}) };
}

export function checkWheel(looker: Looker, part: FilePart): ArchiveCheck {
  return readingArchive(looker, part, (reader) => {
    const directory = readZipDirectory(reader);
    return "says" in directory ? { faults: [directory], project: null, version: null } : checkWheelContents(reader, directory);
  });
}
