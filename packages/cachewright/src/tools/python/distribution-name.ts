/** Which distribution an archive is, by as little of it as tells: its end for a wheel, its beginning for a source distribution. */
import { Buffer } from "node:buffer";
import { constants, gunzipSync } from "node:zlib";
import type { Looker } from "../../machine/machine.ts";
import { headersOf, isProjectName, namedByStem, namedIn } from "./core-metadata.ts";
import { type FilePart, type HeldBytes, isReadFailure, type PartReader, partReader } from "./file-part.ts";
import { isPkgInfo } from "./sdist-check.ts";
import { readTar } from "./tar-headers.ts";
import { distInfoOf } from "./wheel-check.ts";
import { readZipDirectory, type ZipMember } from "./zip-directory.ts";
import { startOfMember } from "./zip-member.ts";

export interface DistributionName {
  readonly type: "wheel" | "sdist";
  readonly project: string;
  readonly version: string;
  /** Of a wheel, as in its file's name: "cp311-cp311-manylinux_2_17_x86_64.manylinux2014_x86_64"; with the number of the build before it. */
  readonly tags: string | null;
  /** As an index would name the file. */
  readonly filename: string;
}

/** A wheel's METADATA begins with the name; what follows may be the whole manual. */
const metadataStart = 2048;
const largestWheelFile = 64 << 10;
/** Packed; enough for the first header of a tar, often for PKG-INFO, too. */
const sdistStart = 2 << 10;

/** `Tag: py2-none-any` and `Tag: py3-none-any` are `py2.py3-none-any` (PEP 425, compressed tag sets). */
export function compressedTags(tags: readonly string[]): string | null {
  const parts = tags.map((tag) => tag.split("-")).filter((tag) => tag.length === 3);
  if (parts.length === 0) return null;
  return [0, 1, 2].map((at) => [...new Set(parts.map((tag) => tag[at] ?? ""))].join(".")).join("-");
}

/** Binary distribution format: every run of other characters is one underscore in the file's name. */
function escaped(name: string): string {
  return name.replace(/[^A-Za-z0-9.]+/g, "_");
}

/** `distribution-version.dist-info`, both escaped. */
function byDirectory(info: string): { project: string; version: string } | undefined {
  const stem = info.slice(0, -".dist-info".length);
  const at = stem.lastIndexOf("-");
  return at > 0 && isProjectName(stem.slice(0, at)) ? { project: stem.slice(0, at), version: stem.slice(at + 1) } : undefined;
}

function wheelName(reader: PartReader, members: readonly ZipMember[], info: string): DistributionName | undefined {
  const start = (name: string, length: number): string => {
    const member = members.find((one) => one.name === `${info}/${name}`);
    return (member === undefined ? undefined : startOfMember(reader, member, length))?.toString("utf8") ?? "";
  };
  const [stem, wheel] = [byDirectory(info), start("WHEEL", largestWheelFile)];
  // The directory's name is the project's, but for its other characters; unpacking is dear when there are thousands.
  const named = stem !== undefined && !stem.project.includes("_") ? stem : (namedIn(start("METADATA", metadataStart)) ?? stem);
  if (named === undefined) return undefined;
  const [tags, build] = [compressedTags(headersOf(wheel, "Tag")), headersOf(wheel, "Build")[0]];
  const whole = build === undefined || tags === null ? tags : `${build}-${tags}`;
  const [project, version] = [stem?.project ?? escaped(named.project), stem?.version ?? named.version.replaceAll("-", "_")];
  return { type: "wheel", ...named, tags: whole, filename: `${project}-${version}-${whole ?? "py3-none-any"}.whl` };
}

function zipName(reader: PartReader): DistributionName | undefined {
  const directory = readZipDirectory(reader);
  if ("says" in directory) return undefined;
  const info = distInfoOf(directory.members);
  if (info !== undefined) return wheelName(reader, directory.members, info);
  const pkgInfo = directory.members.find(({ name }) => isPkgInfo(name));
  const text = pkgInfo === undefined ? undefined : startOfMember(reader, pkgInfo, metadataStart)?.toString("utf8");
  return sdistName(directory.members[0]?.name, text, ".zip");
}

function sdistName(firstName: string | undefined, pkgInfo: string | undefined, ending: string): DistributionName | undefined {
  const top = (firstName ?? "").split("/")[0] ?? "";
  const [told, byTop] = [pkgInfo === undefined ? undefined : namedIn(pkgInfo), namedByStem(top)];
  const named = told ?? byTop;
  if (named === undefined) return undefined;
  return { type: "sdist", ...named, tags: null, filename: `${byTop === undefined ? `${escaped(named.project)}-${named.version}` : top}${ending}` };
}

function tarGzName(reader: PartReader): DistributionName | undefined {
  // A beginning is all there is: what zlib could not finish is no fault.
  const bytes = gunzipSync(reader.at(0, sdistStart), { finishFlush: constants.Z_SYNC_FLUSH });
  const { headers } = readTar(bytes);
  const pkgInfo = headers.find(({ name }) => isPkgInfo(name));
  const first = headers.find(({ type }) => type !== "g" && type !== "x" && type !== "L");
  return sdistName(first?.name, pkgInfo === undefined ? undefined : bytes.toString("utf8", pkgInfo.at, pkgInfo.at + pkgInfo.size), ".tar.gz");
}

/** undefined: no distribution, or none that can be told. Nothing is checked. `before`: parts of it that were read already. */
export function nameDistribution(looker: Looker, part: FilePart, before: readonly HeldBytes[] = []): DistributionName | undefined {
  try {
    const start = before.some(({ at }) => at === 0) ? before : [...before, startOf(looker, part)];
    const reader = partReader(looker, part, start);
    const magic = reader.at(0, 2);
    if (magic.toString("latin1") === "PK") return zipName(reader);
    return magic.length === 2 && magic.readUInt16BE(0) === 0x1f8b ? tarGzName(reader) : undefined;
  } catch (error) {
    // Bytes that are no gzip, or a file that went away.
    if (isReadFailure(error) || String((error as NodeJS.ErrnoException).code).startsWith("Z_")) return undefined;
    throw error;
  }
}

/** No more than a source distribution needs: what is read of a wheel is its end. */
function startOf(looker: Looker, part: FilePart): HeldBytes {
  const read = looker.readPart(part.path, { offset: part.offset, length: Math.min(part.length, sdistStart) });
  return { at: 0, bytes: read.ok ? read.value : Buffer.alloc(0) };
}
