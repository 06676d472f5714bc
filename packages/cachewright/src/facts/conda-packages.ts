import { createHash } from "node:crypto";
import { join } from "node:path";
import { archiveEndings, checkPackage, distOf, type PackageCheck } from "../tools/conda/package-dir.ts";
import type { CondaFact } from "./facts.ts";
import { filesBelow } from "./files-below.ts";
import { look, lookWithAccess, type Looks } from "./looks.ts";

/** Packages that prove a directory to be a cache, and how many names are tried for them. */
const enough = 3;
const quickLook = 200;
/** A cure is told file by file. */
const mostPaths = 20_000;
const mostDamage = 100;
/** What is larger is not read from end to end. */
const largest = 1 << 30;

/** Extracted packages and archives of a directory without `urls.txt`. */
export function unseenPackages({ machine }: Pick<Looks, "machine">, directory: string): string[] {
  const entries = machine.list(directory);
  const found: string[] = [];
  for (const { name, type } of (entries.ok ? entries.value : []).slice(0, quickLook)) {
    if (found.length >= enough) break;
    if (distOf(name) === null) continue;
    const isArchive = type === "file" && archiveEndings.some((ending) => name.endsWith(ending));
    // rattler's packages have no record of conda's, and its directories are no cache of conda's.
    if (isArchive || (type === "dir" && machine.stat(join(directory, name, "info", "repodata_record.json")).ok)) found.push(join(directory, name));
  }
  return found;
}

type Damage = NonNullable<CondaFact["damaged"]>;

/** Every package of every cache, by what its manifest says of it; archives by the digest their package's record states. */
export function condaDamage(looks: Looks, pkgsDirs: readonly string[]): Damage {
  const found = pkgsDirs.flatMap((path) => damageIn(looks, path)).slice(0, mostDamage);
  for (const one of found) {
    lookWithAccess(looks, one.cache);
    look(looks, one.package);
  }
  return found;
}

function damageIn(looks: Looks, cache: string): Damage {
  const entries = looks.machine.list(cache);
  return (entries.ok ? entries.value : []).map(({ name }) => name).sort().flatMap((name): Damage => {
    const path = join(cache, name);
    const stat = distOf(name) === null ? undefined : looks.machine.lstat(path);
    if (stat?.ok !== true) return [];
    if (stat.value.type === "file" && archiveEndings.some((ending) => name.endsWith(ending))) return archiveDamage(looks, cache, { path, size: stat.value.size });
    return stat.value.type === "dir" && looks.machine.stat(join(path, "info")).ok ? packageDamage(looks, cache, path) : [];
  });
}

/** A half-extracted package is unpacked again by conda itself; what has an index and is not whole is linked, or breaks off. */
function packageDamage(looks: Looks, cache: string, path: string): Damage {
  if (!looks.machine.lstat(join(path, "info", "index.json")).ok) return [];
  const faults = checkPackage(looks.machine, path, { wantsRecord: false, limit: 4 }).filter(({ fault }) => fault !== "unreadable" && fault !== "no-record");
  const worst = faults[0] ?? changedFile(looks, path);
  if (worst === undefined) return [];
  const paths = filesBelow(looks.machine, path, mostPaths);
  return [{ cache, package: path, kind: "package", says: wordsOf(worst, path), paths: paths ?? [] }];
}

function wordsOf({ fault, path, expected, found }: PackageCheck | Changed, directory: string): string {
  const name = path.slice(directory.length + 1);
  if (fault === "size") return `${name} has ${found} bytes instead of ${expected}`;
  if (fault === "content") return `${name} is not what the package's manifest says (sha256)`;
  if (fault === "missing") return `${name} is not there`;
  return `${name} is no JSON`;
}

interface Changed { readonly fault: "content"; readonly path: string; readonly expected?: undefined; readonly found?: undefined }

/** A flipped bit keeps the size. */
function changedFile({ machine }: Looks, directory: string): Changed | undefined {
  const manifest = jsonAt(machine.readFile(join(directory, "info", "paths.json"), 64 << 20));
  const entries = Array.isArray(manifest?.["paths"]) ? (manifest["paths"] as readonly unknown[]) : [];
  for (const entry of entries) {
    const { _path: name, path_type: type, sha256 } = (typeof entry === "object" && entry !== null ? entry : {}) as Record<string, unknown>;
    if (typeof name !== "string" || typeof sha256 !== "string" || type === "softlink" || name.split("/").includes("..") || name.startsWith("/")) continue;
    const path = join(directory, name);
    const bytes = machine.lstat(path).ok ? machine.readFile(path, largest) : undefined;
    if (bytes?.ok === true && digestOf(bytes.value, "sha256") !== sha256) return { fault: "content", path };
  }
  return undefined;
}

function archiveDamage({ machine }: Looks, cache: string, { path, size }: { readonly path: string; readonly size: number }): Damage {
  const damaged = (says: string): Damage => [{ cache, package: path, kind: "archive", says, paths: [path] }];
  if (size === 0) return damaged("it is empty");
  const directory = path.slice(0, path.length - (archiveEndings.find((ending) => path.endsWith(ending)) ?? "").length);
  const record = jsonAt(machine.readFile(join(directory, "info", "repodata_record.json"), 64 << 20));
  if (record === undefined || record["fn"] !== path.slice(cache.length + 1)) return [];
  if (typeof record["size"] === "number" && record["size"] !== size) return damaged(`it has ${size} bytes instead of ${record["size"]}`);
  const algorithm = typeof record["sha256"] === "string" ? "sha256" : typeof record["md5"] === "string" ? "md5" : undefined;
  const bytes = algorithm === undefined ? undefined : machine.readFile(path, largest);
  if (algorithm === undefined || bytes?.ok !== true) return [];
  return digestOf(bytes.value, algorithm) === record[algorithm] ? [] : damaged(`its ${algorithm} is not the one its record states`);
}

function digestOf(bytes: Buffer, algorithm: "sha256" | "md5"): string {
  return createHash(algorithm).update(bytes).digest("hex");
}

function jsonAt(bytes: ReturnType<Looks["machine"]["readFile"]>): Record<string, unknown> | undefined {
  if (!bytes.ok) return undefined;
  try {
    const value: unknown = JSON.parse(bytes.value.toString("utf8"));
    return typeof value === "object" && value !== null ? value as Record<string, unknown> : undefined;
  } catch {
    return undefined;
  }
}
