/** What a wheel or source distribution says of itself: METADATA, PKG-INFO (core metadata, as mail headers). */
import { Buffer } from "node:buffer";
import { gunzipSync } from "node:zlib";
import type { Looker } from "../machine/machine.ts";
import { headersOf, normalizedName } from "../tools/python/core-metadata.ts";
import { distributionFile, sameVersion, type DistributionFile } from "../tools/python/distribution-file.ts";
import { isReadFailure, partReader, type FilePart, type PartReader } from "../tools/python/file-part.ts";
import { isPkgInfo } from "../tools/python/sdist-check.ts";
import { readTar } from "../tools/python/tar-headers.ts";
import { distInfoOf } from "../tools/python/wheel-check.ts";
import { readZipDirectory } from "../tools/python/zip-directory.ts";
import { readMember } from "../tools/python/zip-member.ts";

export interface DistributionMetadata {
  /** Of a wheel: METADATA to the byte, for an index to hand out alone (PEP 658). */
  readonly metadata: Buffer | null;
  readonly requiresPython: string | null;
}

export type ReadDistribution = { readonly ok: true; readonly value: DistributionMetadata } | { readonly ok: false; readonly why: string };

const largestMetadata = 16 << 20;
/** A source distribution is unpacked in memory to find one file; of larger ones nothing is said but their name. */
const largestSdist = { packed: 64 << 20, unpacked: 256 << 20 };
const unsaid: ReadDistribution = { ok: true, value: { metadata: null, requiresPython: null } };

/** Whether the file is what its name says, and what it needs. */
export function readDistribution(looker: Looker, filename: string, part: FilePart): ReadDistribution {
  const meant = distributionFile(filename);
  if (meant === undefined) return { ok: false, why: "its name is not that of a wheel or source distribution" };
  const reader = partReader(looker, part);
  try {
    if (meant.kind === "sdist" && /\.(?:tar\.gz|tgz)$/.test(filename)) return readTarGz(reader, meant);
    return meant.kind === "wheel" || filename.endsWith(".zip") ? readZip(reader, meant) : unsaid;
  } catch (error) {
    if (isReadFailure(error)) return { ok: false, why: `it cannot be read (${error.readFailure})` };
    throw error;
  }
}

function readZip(reader: PartReader, meant: DistributionFile): ReadDistribution {
  const directory = readZipDirectory(reader);
  if ("says" in directory) return { ok: false, why: directory.says };
  const info = distInfoOf(directory.members);
  const isMeant = meant.kind === "wheel" ? (name: string): boolean => name === `${info}/METADATA` : isPkgInfo;
  const member = directory.members.find(({ name }) => isMeant(name));
  if (member === undefined) return meant.kind === "wheel" ? { ok: false, why: "it holds no METADATA" } : unsaid;
  // Read bytes are only lent.
  const metadata = readMember(reader, member, largestMetadata);
  return metadata === undefined ? { ok: false, why: `${member.name} cannot be unpacked` } : judged(meant, Buffer.from(metadata));
}

function readTarGz(reader: PartReader, meant: DistributionFile): ReadDistribution {
  if (reader.length > largestSdist.packed) return unsaid;
  try {
    const bytes = gunzipSync(reader.at(0, reader.length), { maxOutputLength: largestSdist.unpacked });
    const info = readTar(bytes).headers.find(({ name }) => isPkgInfo(name));
    return info === undefined ? unsaid : judged(meant, bytes.subarray(info.at, info.at + info.size));
  } catch (error) {
    if (isReadFailure(error)) throw error;
    return (error as NodeJS.ErrnoException).code === "ERR_BUFFER_TOO_LARGE" ? unsaid : { ok: false, why: "it is no whole gzip" };
  }
}

function judged(meant: DistributionFile, metadata: Buffer): ReadDistribution {
  const text = metadata.toString("utf8");
  const [name, version, needs] = ["Name", "Version", "Requires-Python"].map((header) => headersOf(text, header)[0]);
  if (name === undefined || normalizedName(name) !== normalizedName(meant.project)) return { ok: false, why: `it says that it is ${name ?? "nothing"}` };
  if (version === undefined || !sameVersion(version, meant.version.replaceAll("_", "-"))) return { ok: false, why: `it says that it is version ${version ?? "none"}` };
  // The metadata of a source distribution may be another after the build (PEP 643): an index must not hand it out.
  return { ok: true, value: { metadata: meant.kind === "wheel" ? metadata : null, requiresPython: needs === undefined || needs === "" || needs === "UNKNOWN" ? null : needs } };
}
