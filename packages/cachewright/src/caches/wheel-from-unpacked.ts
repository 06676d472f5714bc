/**
 * A wheel made anew of the directory it was unpacked into: uv keeps no other. Every file is held against RECORD while it is
 * packed. What comes out installs as the original does; its own digest is another one, for nothing tells how the original
 * was packed.
 */
import type { Hash } from "node:crypto";
import { basename, join } from "node:path";
import type { Looker, Stat } from "../machine/machine.ts";
import type { GrowingFile } from "../machine/new-files.ts";
import { normalizedName } from "../tools/python/core-metadata.ts";
import { distributionFile, sameVersion } from "../tools/python/distribution-file.ts";
import { recordedFiles } from "../tools/pip/record.ts";
import { readRecord, type RecordLine } from "../tools/python/record-lines.ts";
import { hashOf } from "../tools/python/zip-member.ts";
import { writeZip, type NewMember } from "./zip-write.ts";

export type PackedAnew =
  /** `unproven`: how many files RECORD gives no digest for. */
  | { readonly ok: true; readonly unproven: number }
  | { readonly ok: false; readonly why: string };

type Looked = Pick<Looker, "list" | "lstat" | "readFile" | "readPart">;

/** Ends the packing with a reason for people. */
class Unfit extends Error {}

const pieceSize = 1 << 20;
const largestRecord = 64 << 20;
const most = { files: 500_000, depth: 64 };

export function wheelFromUnpacked(looker: Looked, { unpacked, filename }: { readonly unpacked: string; readonly filename: string }, file: GrowingFile): PackedAnew {
  try {
    const info = infoDirectory(looker, unpacked, filename);
    const record = looker.readFile(join(unpacked, info, "RECORD"), largestRecord);
    if (!record.ok) throw new Unfit(`${info}/RECORD cannot be read (${record.errno})`);
    const text = record.value.toString("utf8");
    const [lines, names] = [readRecord(text), new Set(recordedFiles(text))];
    const files = filesBelow(looker, unpacked).filter(({ rel }) => names.has(rel) || !/(?:^|\/)__pycache__\//.test(rel));
    refuseMissing(names, new Set(files.map(({ rel }) => rel)));
    const ordered = files.map((one) => ({ ...one, rank: one.rel === `${info}/RECORD` ? 2 : one.rel.startsWith(`${info}/`) ? 1 : 0 })).sort((a, b) => a.rank - b.rank || (a.rel < b.rel ? -1 : 1));
    const counted = { unproven: 0 };
    writeZip(file, members(looker, { unpacked, lines, files: ordered, record: `${info}/RECORD` }, counted));
    return { ok: true, ...counted };
  } catch (error) {
    if (error instanceof Unfit || error instanceof RangeError) return { ok: false, why: error.message };
    throw error;
  }
}

/** Its name tells which project and version this is; a wheel under another name would be refused by every installer. */
function infoDirectory(looker: Looked, unpacked: string, filename: string): string {
  const entries = looker.list(unpacked);
  if (!entries.ok) throw new Unfit(`${unpacked} cannot be listed (${entries.errno})`);
  const [info, second] = entries.value.filter(({ name, type }) => type === "dir" && name.endsWith(".dist-info")).map(({ name }) => name);
  if (info === undefined || second !== undefined) throw new Unfit(info === undefined ? "it holds no .dist-info directory" : "it holds two .dist-info directories");
  const meant = distributionFile(filename);
  const [project = "", version = ""] = info.slice(0, -".dist-info".length).split("-");
  if (meant?.kind !== "wheel" || normalizedName(project) !== normalizedName(meant.project) || !sameVersion(version, meant.version.replaceAll("_", "-"))) throw new Unfit(`${info} is not that of ${filename}`);
  return info;
}

interface Found {
  readonly rel: string;
  readonly stat: Stat;
}

function filesBelow(looker: Looked, top: string): Found[] {
  const files: Found[] = [];
  const pending = [{ rel: "", depth: 0 }];
  for (let at = pending.pop(); at !== undefined; at = pending.pop()) {
    const entries = looker.list(join(top, at.rel));
    if (!entries.ok) throw new Unfit(`${at.rel} cannot be listed (${entries.errno})`);
    for (const { name } of entries.value) {
      const rel = at.rel === "" ? name : `${at.rel}/${name}`;
      const stat = looker.lstat(join(top, rel));
      if (/\p{Surrogate}/u.test(name) || name.includes("\\")) throw new Unfit(`a name in it is no text: ${JSON.stringify(basename(rel))}`);
      if (!stat.ok) throw new Unfit(`${rel} cannot be looked at (${stat.errno})`);
      if (stat.value.type === "dir" && at.depth < most.depth) pending.push({ rel, depth: at.depth + 1 });
      else if (stat.value.type === "file" && files.length < most.files) files.push({ rel, stat: stat.value });
      else throw new Unfit(stat.value.type === "link" ? `${rel} is a link, and a wheel has none` : `${rel} is nothing that a wheel holds`);
    }
  }
  return files;
}

/** Signatures need not be there. */
function refuseMissing(names: ReadonlySet<string>, there: ReadonlySet<string>): void {
  for (const path of names) {
    if (there.has(path) || /\.dist-info\/RECORD\.(?:jws|p7s)$/.test(path)) continue;
    throw new Unfit(`${path} is in its RECORD and not there`);
  }
}

interface Packing {
  readonly unpacked: string;
  readonly lines: ReadonlyMap<string, RecordLine>;
  readonly files: readonly Found[];
  /** The path of RECORD itself: it cannot hold its own digest. */
  readonly record: string;
}

function* members(looker: Looked, { unpacked, lines, files, record }: Packing, counted: { unproven: number }): Generator<NewMember> {
  for (const { rel, stat } of files) {
    const line = lines.get(rel);
    const hash = line?.digest === undefined ? undefined : hashOf(line.algorithm ?? "");
    if (hash === undefined && rel !== record) counted.unproven += 1;
    const pieces = piecesOf(looker, join(unpacked, rel), { size: stat.size, hash });
    yield { name: rel, isExecutable: (stat.mode & 0o111) !== 0, size: stat.size, pieces };
    if (hash !== undefined && hash.digest("base64url") !== line?.digest) throw new Unfit(`${rel} is not what its RECORD says (${line?.algorithm ?? ""})`);
  }
}

function* piecesOf(looker: Looked, path: string, { size, hash }: { readonly size: number; readonly hash: Hash | undefined }): Generator<Uint8Array> {
  for (let offset = 0; offset < size;) {
    const read = looker.readPart(path, { offset, length: Math.min(pieceSize, size - offset) });
    if (!read.ok) throw new Unfit(`${path} cannot be read (${read.errno})`);
    if (read.value.length === 0) return;
    hash?.update(read.value);
    offset += read.value.length;
    yield read.value;
  }
}
