/**
 * One directory with archives and extracted packages: conda's whole cache, or one platform of a channel in mamba's tree.
 * Reading goes as deep as `info/index.json` and opens nothing but the records of packages that `urls.txt` does not know.
 */
import { join } from "node:path";
import type { Stat } from "../../machine/machine.ts";
import type { CacheEntry } from "../tool-cache.ts";
import { publicUrl, recreationBy, subdirOf } from "./dist-urls.ts";
import { namesIn, sizeOf, statOf, type Gathered, type Named } from "./gathered.ts";
import { archiveEndings, distOf, recordOf, type CondaDist } from "./package-dir.ts";

export interface PackageFolder {
  readonly directory: string;
  /** What ids begin with: "", or "https/conda.anaconda.org/conda-forge/linux-64/". */
  readonly below: string;
  readonly urls: ReadonlyMap<string, string>;
  /** The platform that the place itself names. */
  readonly subdir: string | null;
}

interface Part extends Named {
  readonly folder: PackageFolder;
  readonly siblings: ReadonlySet<string>;
}

/** Puts what is in the directory where it belongs, and answers with the directories that are no packages. */
export function listPackages(gathered: Gathered, folder: PackageFolder): Named[] {
  const names = namesIn(gathered, folder.directory);
  const siblings = new Set(names.map(({ name }) => name));
  const others: Named[] = [];
  for (const named of names) {
    const part: Part = { ...named, folder, siblings };
    if (named.type === "file") fileEntry(gathered, part);
    else if (named.type !== "dir") gathered.foreign.push(named.path);
    else if (!directoryEntry(gathered, part)) others.push(named);
  }
  return others;
}

export function isSetAside(name: string): boolean {
  return name.endsWith(".c~") || /\.conda_trash(?:_\d+)?$|\.mamba_trash$/.test(name);
}

const notEntries = /^(?:urls(?:\.txt)?|.*\.lock|\.mamba_trash\.txt|CACHEDIR\.TAG)$/;

function fileEntry(gathered: Gathered, part: Part): void {
  const { name, path } = part;
  const isArchive = archiveEndings.some((ending) => name.endsWith(ending));
  const partial = name.endsWith(".partial") ? name.slice(0, -".partial".length) : undefined;
  if (!isArchive && partial === undefined && !isSetAside(name)) {
    (notEntries.test(name) ? gathered.marks : gathered.foreign).push(path);
    return;
  }
  const stat = statOf(gathered, path);
  if (stat === undefined) return;
  const usedMs = Math.max(stat.mtimeMs, stat.atimeMs);
  const base = { id: part.folder.below + name, paths: [path], size: sizeOf([stat]), writtenMs: stat.mtimeMs, usedMs };
  if (isArchive) gathered.entries.push({ ...base, ...wordsOf(gathered, part, name), kind: stat.size === 0 ? "damaged" : "download" });
  // conda from 22.11 goes on with a download that broke off (gateways/connection/download.py `download_partial_file`).
  else if (partial !== undefined && !part.siblings.has(partial)) gathered.entries.push({ ...base, ...wordsOf(gathered, part, partial), kind: "download", detail: "a download that is not complete" });
  else gathered.entries.push({ ...base, ...wordsOf(gathered, part, partial ?? name.replace(/\.(?:c~|conda_trash.*|mamba_trash)$/, "")), kind: "leftover", recreate: "nothing" });
}

/** conda unpacks in place, and after that writes nothing into a package: one as old as this is as it will be. */
const unpackingMs = 900_000;

/** True: it is a package, or what is left of one. */
function directoryEntry(gathered: Gathered, part: Part): boolean {
  const { name, path } = part;
  const index = gathered.looker.stat(join(path, "info", "index.json"));
  const isDenied = !index.ok && index.errno !== "ENOENT" && index.errno !== "ENOTDIR";
  if (isDenied) {
    gathered.unread.push({ path, errno: index.errno });
    return true;
  }
  const isIndexed = index.ok && index.value.type === "file";
  if (!isIndexed && !isSetAside(name) && !isHalfExtracted(gathered, part)) return false;
  const stat = statOf(gathered, path);
  if (stat === undefined) return true;
  const kind = isSetAside(name) || !isIndexed ? "leftover" : index.value.size === 0 ? "damaged" : "package";
  const words = wordsOf(gathered, part, name);
  gathered.entries.push({
    id: part.folder.below + name, kind, paths: [path], size: null, writtenMs: stat.mtimeMs, usedMs: kind === "package" ? readAt(gathered, path, stat) : null,
    ...words, recreate: kind === "leftover" ? "nothing" : words.recreate, ...(kind === "package" && stat.mtimeMs < gathered.now - unpackingMs ? { sealed: [path] } : {}),
  });
  return true;
}

/** `info/` without an index; or not even that, where an archive of the name is or was. conda unpacks a `.conda`'s files before its `info`. */
function isHalfExtracted({ looker }: Gathered, { name, path, folder, siblings }: Part): boolean {
  if (looker.lstat(join(path, "info")).ok) return distOf(name) !== null;
  return distOf(name) !== null && archiveEndings.some((ending) => siblings.has(name + ending) || siblings.has(`${name}${ending}.partial`) || folder.urls.has(name + ending));
}

/** A package's manifest is read when it is linked, and for nothing else; where times of reading are kept, that is within a day. */
function readAt({ looker }: Gathered, path: string, { mtimeMs }: Stat): number {
  const manifest = looker.lstat(join(path, "info", "paths.json"));
  return Math.max(mtimeMs, manifest.ok ? manifest.value.atimeMs : 0);
}

type Words = Pick<CacheEntry, "project" | "version" | "detail" | "python" | "recreate" | "url">;

function wordsOf({ looker }: Gathered, { folder, siblings }: Part, name: string): Words {
  const ending = archiveEndings.find((one) => name.endsWith(one));
  const base = ending === undefined ? name : name.slice(0, -ending.length);
  const endings = ending === undefined ? [...archiveEndings].sort((a, b) => Number(siblings.has(base + b)) - Number(siblings.has(base + a))) : [ending];
  const url = endings.map((one) => folder.urls.get(base + one)).find((one) => one !== undefined) ?? recordedUrl(looker, join(folder.directory, base), ending);
  const dist = distOf(base);
  return { ...namesOf(dist, subdirOf(url) ?? folder.subdir), recreate: recreationBy(looker, url), ...(url === undefined ? {} : { url: publicUrl(url) }) };
}

export function namesOf(dist: CondaDist | null, subdir: string | null): Pick<CacheEntry, "project" | "version" | "detail" | "python"> {
  if (dist === null) return { project: null, version: null, detail: null, python: null };
  const python = /py(27|3\d{1,2})(?=[h_]|$)/.exec(dist.build)?.[1];
  return { project: dist.name, version: dist.version, detail: subdir === null ? dist.build : `${subdir} ${dist.build}`, python: python === undefined ? null : `cp${python}` };
}

function recordedUrl(looker: Gathered["looker"], directory: string, ending: string | undefined): string | undefined {
  const { url, fn } = recordOf(looker, directory) ?? {};
  const isOfThis = ending === undefined || (fn !== undefined && fn.endsWith(ending));
  return isOfThis && url !== undefined && url !== "" ? url : undefined;
}
