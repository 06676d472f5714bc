/** Checks of single files that several tools' caches share; each says what is wrong, nothing where it is sound. */
import type { Buffer } from "node:buffer";
import type { Looker } from "../../machine/machine.ts";
import type { CacheEntry, Fault, Verdict } from "../tool-cache.ts";
import { normalizedName } from "./core-metadata.ts";
import { type FilePart, wholeFile } from "./file-part.ts";
import { checkDistribution } from "./sdist-check.ts";
import type { ArchiveCheck, ArchiveFault } from "./wheel-check.ts";

export interface FileCheck {
  readonly faults: readonly Fault[];
  readonly bytes: number;
  readonly unproven?: true;
}

const unreadable = (errno: string): ArchiveFault => ({ kind: "unreadable", says: `it cannot be read: ${errno}` });

export function faultsOf(entry: CacheEntry, path: string, faults: readonly ArchiveFault[]): Fault[] {
  return faults.map(({ kind, says }) => ({ entry: entry.id, path, kind, says }));
}

/** Nothing of a file that went meanwhile: it is no entry's any more. */
export function errnoCheck(entry: CacheEntry, path: string, errno: string): FileCheck {
  return { faults: errno === "ENOENT" ? [] : faultsOf(entry, path, [unreadable(errno)]), bytes: 0 };
}

/** How an archive of that ending begins. */
const beginnings: readonly (readonly [ending: RegExp, latin1: string])[] = [
  [/\.(?:whl|zip)$/, "PK"], [/\.(?:tar\.gz|tgz)$/, "\x1f\x8b"], [/\.(?:tar\.bz2|tbz2|bz2)$/, "BZ"], [/\.tar\.xz$/, "\xfd7"],
];

function beginsRight(looker: Looker, { path, length }: FilePart): boolean {
  const wanted = beginnings.find(([ending]) => ending.test(path))?.[1];
  const read = wanted === undefined || length === 0 ? undefined : looker.readPart(path, { offset: 0, length: wanted.length });
  return read === undefined || !read.ok || read.value.toString("latin1") === wanted;
}

/** A wheel's file is named by what is in it; source distributions may have any name. */
function isAnother(entry: CacheEntry, path: string, { project, version }: Pick<ArchiveCheck, "project" | "version">): string | undefined {
  if (!path.endsWith(".whl") || entry.project === null || project === null || version === null) return undefined;
  const isPlain = /^[\d.]+$/.test(version) && /^[\d.]+$/.test(entry.version ?? "");
  const isSame = normalizedName(project) === normalizedName(entry.project) && (!isPlain || version === entry.version);
  return isSame ? undefined : `it is ${project} ${version}`;
}

/** A wheel or source distribution, and the SHA-256 it should have where anything tells. */
export function checkArchive(looker: Looker, entry: CacheEntry, { path, sha256 }: { readonly path: string; readonly sha256?: string | undefined }): FileCheck {
  const part = wholeFile(looker, path);
  if (!part.ok) return errnoCheck(entry, path, part.errno);
  const wrong = (fault: ArchiveFault, bytes: number): FileCheck => ({ faults: faultsOf(entry, path, [fault]), bytes });
  if (!beginsRight(looker, part.value)) return wrong({ kind: "malformed", says: "it does not begin as its name says" }, 2);
  const check = checkDistribution(looker, part.value);
  if (check.faults.length > 0) return { faults: faultsOf(entry, path, check.faults), bytes: check.bytes };
  const another = isAnother(entry, path, check);
  if (another !== undefined) return wrong({ kind: "mismatch", says: another }, check.bytes);
  if (sha256 === undefined) return { faults: [], bytes: check.bytes, ...(check.unproven ? { unproven: true } : {}) };
  const hashed = checkDigest(looker, entry, { path, algorithm: "sha256", expected: [sha256] });
  return { faults: hashed.faults, bytes: check.bytes + hashed.bytes };
}

/** Several may be right: one name can stand for files of several versions. */
export function checkDigest(looker: Looker, entry: CacheEntry, { path, algorithm, expected }: { readonly path: string; readonly algorithm: string; readonly expected: readonly string[] }): FileCheck {
  const read = looker.digest(path, [algorithm]);
  if (!read.ok) return errnoCheck(entry, path, read.errno);
  const got = read.value.digests[algorithm] ?? "";
  const isRight = expected.some((one) => one.toLowerCase() === got);
  return { faults: isRight ? [] : faultsOf(entry, path, [{ kind: "checksum", says: `its ${algorithm} is ${got} instead of ${expected.join(" or ")}` }]), bytes: read.value.bytes };
}

const largestJson = 64 << 20;

/** `from`: where the JSON begins, behind what a tool puts before it. `isRight`: what the tool needs of it. */
export function checkJson(looker: Looker, entry: CacheEntry, { path, from = 0, isRight = () => true }: { readonly path: string; readonly from?: number; readonly isRight?: (value: unknown, head: string) => boolean }): FileCheck {
  const read = looker.readFile(path, largestJson);
  if (!read.ok) return read.errno === "EFBIG" ? { faults: [], bytes: 0, unproven: true } : errnoCheck(entry, path, read.errno);
  const wrong = (kind: Fault["kind"], says: string): FileCheck => ({ faults: faultsOf(entry, path, [{ kind, says }]), bytes: read.value.length });
  if (read.value.length <= from) return wrong("truncated", read.value.length === 0 ? "it is empty" : `it has only ${read.value.length} bytes`);
  // Python reads text as UTF-8 and refuses anything else.
  if (!isUtf8(read.value)) return wrong("malformed", "it is no UTF-8");
  const text = read.value.toString("utf8", from).trim();
  try {
    const value: unknown = JSON.parse(text);
    return isRight(value, read.value.toString("latin1", 0, from)) ? { faults: [], bytes: read.value.length, unproven: true } : wrong("malformed", "it is not of the tool's form");
  } catch {
    const closing: Readonly<Record<string, string>> = { "{": "}", "[": "]", '"': '"' };
    const isShort = text === "" || text.at(-1) !== (closing[text.charAt(0)] ?? text.at(-1));
    return wrong(isShort ? "truncated" : "malformed", `it is no JSON: ${isShort ? "it ends too early" : "there is a mistake in it"}`);
  }
}

function isUtf8(bytes: Buffer): boolean {
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}

/** One verdict for an entry of several files. */
export function verdictOf(entry: CacheEntry, checks: readonly FileCheck[]): Verdict {
  const isUnproven = checks.some(({ unproven }) => unproven);
  return {
    entry: entry.id, bytes: checks.reduce((sum, { bytes }) => sum + bytes, 0), faults: checks.flatMap(({ faults }) => faults),
    ...(isUnproven ? { unproven: true } : {}),
  };
}
