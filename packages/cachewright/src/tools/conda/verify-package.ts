/**
 * An extracted package by its own manifest. What conda, mamba and rattler unpack is not changed afterwards: prefixes are
 * put in while a file is copied into an environment, so the manifest's digests hold for what lies in the cache.
 */
import { createHash } from "node:crypto";
import { basename, join } from "node:path";
import type { Looker, Stat } from "../../machine/machine.ts";
import type { CacheEntry, Fault, Verdict } from "../tool-cache.ts";
import { distOf, indexOf, isManifest, packageManifest, recordOf, type CondaDist, type ManifestPath } from "./package-dir.ts";

/** Larger files are read in pieces. */
const readAtOnce = 256 << 10;
/** As many faults as say that a package is lost. */
const mostFaults = 100;

interface Reading {
  readonly looker: Looker;
  readonly entry: CacheEntry;
  readonly directory: string;
  readonly faults: Fault[];
  bytes: number;
}

/** `distOfName`: how the cache names its directories. */
export function verifyPackage(looker: Looker, entry: CacheEntry, distOfName: (name: string) => CondaDist | null = distOf): Verdict {
  const directory = entry.paths[0] ?? "";
  const reading: Reading = { looker, entry, directory, faults: [], bytes: 0 };
  if (!looker.lstat(directory).ok) return { entry: entry.id, bytes: 0, faults: [] };
  checkIndex(reading, distOfName(basename(directory)));
  const manifest = packageManifest(looker, directory);
  if (!isManifest(manifest)) addFault(reading, manifest.path, manifest.fault === "unreadable" ? "unreadable" : "malformed", manifest.errno ?? "it is no manifest");
  else for (const file of manifest) {
    if (reading.faults.length >= mostFaults) break;
    checkFile(reading, file);
  }
  const isProven = isManifest(manifest) && manifest.every(({ sha256, isLink }) => sha256 !== null || isLink);
  return { entry: entry.id, bytes: reading.bytes, faults: reading.faults, ...(isProven ? {} : { unproven: true as const }) };
}

function addFault({ entry, faults }: Reading, path: string, kind: Fault["kind"], says: string): void {
  faults.push({ entry: entry.id, path, kind, says });
}

/** What it says it is. Packages were renamed on their way, so a record of this name is as good. */
function checkIndex(reading: Reading, dist: CondaDist | null): void {
  const { looker, directory } = reading;
  const path = join(directory, "info", "index.json");
  const index = indexOf(looker, directory);
  if (index === null) {
    const bytes = looker.readFile(path, 64 << 20);
    return addFault(reading, path, bytes.ok ? (bytes.value.length === 0 ? "truncated" : "malformed") : bytes.errno === "ENOENT" ? "missing" : "unreadable", bytes.ok ? "it is no package's index" : bytes.errno);
  }
  const recordPath = join(directory, "info", "repodata_record.json");
  const record = recordOf(looker, directory);
  if (record === undefined) checkRecord(reading, recordPath);
  const isNamedSo = (record?.fn ?? "").startsWith(`${basename(directory)}.`);
  const said = [index.name, index.version, index.build].join("-").toLowerCase();
  if (dist !== null && !isNamedSo && said !== [dist.name, dist.version, dist.build].join("-").toLowerCase()) addFault(reading, path, "mismatch", `it is the index of ${said}`);
}

/** rattler writes none; what is there and cannot be parsed broke off. */
function checkRecord(reading: Reading, path: string): void {
  const bytes = reading.looker.readFile(path, 64 << 20);
  if (bytes.ok) addFault(reading, path, bytes.value.length === 0 ? "truncated" : "malformed", "it is no record of a package");
  else if (bytes.errno !== "ENOENT") addFault(reading, path, "unreadable", bytes.errno);
}

function checkFile(reading: Reading, file: ManifestPath): void {
  const path = join(reading.directory, file.path);
  const stat = reading.looker.lstat(path);
  if (!stat.ok) {
    const isGone = stat.errno === "ENOENT" || stat.errno === "ENOTDIR";
    return addFault(reading, path, isGone ? "missing" : "unreadable", isGone ? "it is not there" : stat.errno);
  }
  // The manifest tells size and digest of what a link leads to, which may be in another package.
  if (file.isLink || stat.value.type === "link") return;
  if (stat.value.type === "dir") return file.sha256 === null ? undefined : addFault(reading, path, "mismatch", "it is a directory");
  if (file.size !== null && stat.value.size !== file.size) return addFault(reading, path, stat.value.size < file.size ? "truncated" : "mismatch", `it has ${stat.value.size} bytes instead of ${file.size}`);
  if (file.sha256 !== null) checkContent(reading, path, { stat: stat.value, sha256: file.sha256 });
}

function checkContent(reading: Reading, path: string, { stat, sha256 }: { readonly stat: Stat; readonly sha256: string }): void {
  const found = digestOf(reading.looker, path, stat.size);
  if ("errno" in found) return addFault(reading, path, "unreadable", found.errno);
  reading.bytes += stat.size;
  if (found.sha256 !== sha256) addFault(reading, path, "checksum", `its sha256 should be ${sha256}, it is ${found.sha256}`);
}

/** Small files are most of a package, and cheaper read at once. */
function digestOf(looker: Looker, path: string, size: number): { readonly sha256: string } | { readonly errno: string } {
  if (size <= readAtOnce) {
    const bytes = looker.readFile(path, readAtOnce);
    return bytes.ok ? { sha256: createHash("sha256").update(bytes.value).digest("hex") } : { errno: bytes.errno };
  }
  const answer = looker.digest(path, ["sha256"]);
  return answer.ok ? { sha256: answer.value.digests["sha256"] ?? "" } : { errno: answer.errno };
}
