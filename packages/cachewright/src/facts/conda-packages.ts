import { join } from "node:path";
import { archiveRecord, verifyDigest } from "../tools/conda/archive-digest.ts";
import { archiveEndings, checkPackage, distOf, type PackageCheck } from "../tools/conda/package-dir.ts";
import { verifyPackage } from "../tools/conda/verify-package.ts";
import type { CondaFact } from "./facts.ts";
import { filesBelow } from "./files-below.ts";
import { look, lookWithAccess, type Looks } from "./looks.ts";

/** Packages that prove a directory to be a cache, and how many names are tried for them. */
const enough = 3;
const quickLook = 200;
/** A cure is told file by file. */
const mostPaths = 20_000;
const mostDamage = 100;

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
  const changed = verifyPackage(machine, { id: directory, paths: [directory] }).faults.find(({ kind }) => kind === "checksum");
  return changed === undefined ? undefined : { fault: "content", path: changed.path };
}

function archiveDamage({ machine }: Looks, cache: string, { path, size }: { readonly path: string; readonly size: number }): Damage {
  const damaged = (says: string): Damage => [{ cache, package: path, kind: "archive", says, paths: [path] }];
  if (size === 0) return damaged("it is empty");
  const record = archiveRecord(machine, path);
  const fault = verifyDigest(machine, { id: path, paths: [path] }, { record, size })?.faults.find(({ kind }) => kind !== "unreadable");
  if (fault === undefined) return [];
  return damaged(fault.kind === "checksum" && record !== undefined ? `its ${record.sha256 === undefined ? "md5" : "sha256"} is not the one its record states` : fault.says);
}
