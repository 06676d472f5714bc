/** What a wheel or source distribution says of itself: METADATA, PKG-INFO (core metadata, as mail headers). */
import { Buffer } from "node:buffer";
import { gunzipSync } from "node:zlib";
import type { Looker } from "../machine/machine.ts";
import type { FilePart } from "../machine/new-files.ts";
import { distributionFile, projectName, sameVersion, type DistributionFile } from "../tools/python/distribution-file.ts";
import { readMember, zipMembers } from "./zip-read.ts";

export interface DistributionMetadata {
  /** Of a wheel: METADATA to the byte, for an index to hand out alone (PEP 658). */
  readonly metadata: Buffer | null;
  readonly requiresPython: string | null;
}

export type ReadDistribution = { readonly ok: true; readonly value: DistributionMetadata } | { readonly ok: false; readonly why: string };

const largestMetadata = 16 << 20;
/** A source distribution is unpacked in memory to find one file; of larger ones nothing is said but their name. */
const largestSdist = { packed: 64 << 20, unpacked: 512 << 20 };

/** Whether the file is what its name says, and what it needs. */
export function readDistribution(looker: Pick<Looker, "readPart">, filename: string, part: FilePart): ReadDistribution {
  const meant = distributionFile(filename);
  if (meant === undefined) return { ok: false, why: "its name is not that of a wheel or source distribution" };
  return meant.kind === "wheel" ? readWheel(looker, meant, part) : readSdist(looker, { meant, filename, part });
}

function readWheel(looker: Pick<Looker, "readPart">, meant: DistributionFile, part: FilePart): ReadDistribution {
  const members = zipMembers(looker, part);
  if (members === undefined) return { ok: false, why: "it is no whole zip" };
  const found = members.filter(({ name }) => /^[^/]+\.dist-info\/METADATA$/.test(name));
  const [member] = found;
  if (member === undefined || found.length > 1) return { ok: false, why: member === undefined ? "it holds no METADATA" : "it holds two METADATAs" };
  const metadata = readMember(looker, part, { member, limit: largestMetadata });
  if (metadata === undefined) return { ok: false, why: "its METADATA cannot be unpacked" };
  return judged(meant, metadata);
}

function readSdist(looker: Pick<Looker, "readPart">, { meant, filename, part }: { readonly meant: DistributionFile; readonly filename: string; readonly part: FilePart }): ReadDistribution {
  const unsaid: ReadDistribution = { ok: true, value: { metadata: null, requiresPython: null } };
  if (filename.endsWith(".zip")) {
    const members = zipMembers(looker, part);
    if (members === undefined) return { ok: false, why: "it is no whole zip" };
    const member = members.find(({ name }) => /^[^/]+\/PKG-INFO$/.test(name));
    const info = member && readMember(looker, part, { member, limit: largestMetadata });
    return info === undefined ? unsaid : plainly(judged(meant, info));
  }
  if (!/\.(?:tar\.gz|tgz)$/.test(filename)) return unsaid;
  if (part.length > largestSdist.packed) return unsaid;
  const tar = ungzipped(looker, part);
  if (tar === undefined) return { ok: false, why: "it is no whole gzip" };
  const info = tar === "large" ? undefined : packageInfo(tar);
  return info === undefined ? unsaid : plainly(judged(meant, info));
}

/** The metadata of a source distribution may be another after the build (PEP 643): an index must not hand it out. */
function plainly(read: ReadDistribution): ReadDistribution {
  return read.ok ? { ok: true, value: { ...read.value, metadata: null } } : read;
}

function ungzipped(looker: Pick<Looker, "readPart">, { path, offset, length }: FilePart): Buffer | "large" | undefined {
  const read = looker.readPart(path, { offset, length });
  if (!read.ok) return undefined;
  try {
    return gunzipSync(read.value, { maxOutputLength: largestSdist.unpacked });
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "ERR_BUFFER_TOO_LARGE" ? "large" : undefined;
  }
}

/** `<top>/PKG-INFO`: headers of 512 bytes, each followed by its content in blocks of 512 (POSIX ustar). */
function packageInfo(tar: Buffer): Buffer | undefined {
  for (let at = 0; at + 512 <= tar.length;) {
    const text = (start: number, length: number): string => tar.toString("latin1", at + start, at + start + length).split("\0", 1)[0] ?? "";
    const size = Number.parseInt(text(124, 12).trim() || "0", 8);
    if (!(size >= 0)) return undefined;
    if (/^(?:\.\/)?[^/]+\/PKG-INFO$/.test(text(0, 100)) && size <= largestMetadata) return tar.subarray(at + 512, at + 512 + size);
    at += 512 + Math.ceil(size / 512) * 512;
  }
  return undefined;
}

function judged(meant: DistributionFile, metadata: Buffer): ReadDistribution {
  const headers = metadataHeaders(metadata);
  const [name, version] = [headers.get("name"), headers.get("version")];
  if (name === undefined || projectName(name) !== projectName(meant.project)) return { ok: false, why: `it says that it is ${name ?? "nothing"}` };
  if (version === undefined || !sameVersion(version, meant.version.replaceAll("_", "-"))) return { ok: false, why: `it says that it is version ${version ?? "none"}` };
  const needs = headers.get("requires-python");
  return { ok: true, value: { metadata, requiresPython: needs === undefined || needs === "" || needs === "UNKNOWN" ? null : needs } };
}

/** First values, by names in lower case; they end at the first empty line. */
export function metadataHeaders(metadata: Buffer): ReadonlyMap<string, string> {
  const headers = new Map<string, string>();
  for (const line of metadata.toString("utf8").split(/\r?\n/)) {
    if (line === "") break;
    const at = line.indexOf(":");
    // A line that begins with a blank goes on with the one before: none of those that are asked for.
    if (at <= 0 || /^\s/.test(line)) continue;
    const name = line.slice(0, at).toLowerCase();
    if (!headers.has(name)) headers.set(name, line.slice(at + 1).trim());
  }
  return headers;
}
