/** The buckets of a uv cache that hold files of one kind each: pages, records of interpreters, lists, programs, builds. */
import { readUvHttpFile } from "./http-file.ts";
import { largestRecord, readInterpreterRecord } from "./interpreter-record.ts";
import { addDirectory, addFiles, addLeftover, idOf, isTemporary, itemsIn, shownUrl, type Item, type UvWalk } from "./cache-walk.ts";
import type { EntryKind } from "../tool-cache.ts";

/** Files below a directory, `.tmp…` told as leftovers and locks as marks. */
function filesBelow(walk: UvWalk, directory: string, depth = 4): Item[] {
  return itemsIn(walk, directory).flatMap((item) => {
    if (isTemporary(item.name)) addLeftover(walk, item.path, { detail: "half-written" });
    else if (item.type === "dir" && depth > 0) return filesBelow(walk, item.path, depth - 1);
    else if (item.type === "file" && !/^\.|\.lock$/.test(item.name)) return [item];
    else (item.type === "file" ? walk.marks : walk.foreign).push(item.path);
    return [];
  });
}

/** `<name>.rkyv`, in the oldest `.msgpack`. */
export function pageEntries(walk: UvWalk, bucket: string): void {
  for (const { name, path } of filesBelow(walk, bucket)) {
    const project = /^(.+)\.(?:rkyv|msgpack)$/.exec(name)?.[1];
    if (project === undefined) walk.foreign.push(path);
    else addFiles(walk, [path], { id: idOf(walk, path), kind: "index", recreate: "download", project, detail: "page of an index" });
  }
}

/** `--find-links` pages, by digests of their URLs. */
export function flatIndexEntries(walk: UvWalk, bucket: string): void {
  for (const { path } of filesBelow(walk, bucket)) {
    const bytes = walk.looker.readFile(path, 16 << 20);
    const page = bytes.ok ? readUvHttpFile(bytes.value) : undefined;
    addFiles(walk, [path], { id: idOf(walk, path), kind: "index", recreate: "download", detail: "page of links", ...shownUrl(page === undefined || "fault" in page ? undefined : page.url) });
  }
}

export function plainEntries(walk: UvWalk, bucket: string, { kind, detail }: { readonly kind: EntryKind; readonly detail: string }): void {
  for (const { path } of filesBelow(walk, bucket)) addFiles(walk, [path], { id: idOf(walk, path), kind, recreate: "download", detail });
}

/** One record an interpreter. Of one that is gone nobody asks any more. */
export function interpreterEntries(walk: UvWalk, bucket: string): void {
  for (const { path } of filesBelow(walk, bucket)) {
    const bytes = walk.looker.readFile(path, largestRecord);
    const record = bytes.ok ? readInterpreterRecord(bytes.value) : undefined;
    const { executable, version, implementation } = record ?? {};
    const seen = executable === undefined ? undefined : walk.looker.lstat(executable);
    const isGone = seen !== undefined && !seen.ok && (seen.errno === "ENOENT" || seen.errno === "ENOTDIR");
    const [, major, minor] = /^(\d+)\.(\d+)/.exec(version ?? "") ?? [];
    addFiles(walk, [path], {
      id: idOf(walk, path), kind: isGone ? "leftover" : "interpreter", recreate: "nothing", project: implementation ?? null, version: version ?? null,
      python: major === undefined || minor === undefined ? null : `${implementation === "pypy" ? "pp" : "cp"}${major}${minor}`,
      detail: executable === undefined ? null : isGone ? `${executable} is gone` : executable,
    });
  }
}

/** `<name>/<version>/<platform>`: ruff and its like, since 0.8.13. */
export function binaryEntries(walk: UvWalk, bucket: string): void {
  for (const name of itemsIn(walk, bucket)) {
    for (const version of directoriesIn(walk, name)) {
      for (const platform of directoriesIn(walk, version)) {
        if (isTemporary(platform.name)) addLeftover(walk, platform.path, { detail: "half-written" });
        else if (platform.type === "dir") addDirectory(walk, platform.path, { kind: "package", recreate: "download", project: name.name, version: version.name, detail: platform.name });
        else addFiles(walk, [platform.path], { id: idOf(walk, platform.path), kind: "package", recreate: "download", project: name.name, version: version.name, detail: platform.name });
      }
    }
  }
}

function directoriesIn(walk: UvWalk, { name, path, type }: Item): Item[] {
  if (type === "dir" && !isTemporary(name)) return itemsIn(walk, path).filter((item) => isNoLock(walk, item));
  if (isTemporary(name)) addLeftover(walk, path, { detail: "half-written" });
  else if (isNoLock(walk, { name, path, type })) walk.foreign.push(path);
  return [];
}

function isNoLock(walk: UvWalk, { name, path }: Item): boolean {
  if (!name.endsWith(".lock")) return true;
  walk.marks.push(path);
  return false;
}

/** Environments in which something is built; after a build nothing is left there. */
export function buildEntries(walk: UvWalk, bucket: string): void {
  for (const { name, path, type } of itemsIn(walk, bucket)) {
    if (type === "file" && /^\.git(?:ignore)?$|\.lock$/.test(name)) walk.marks.push(path);
    else addLeftover(walk, path, { detail: "a build that did not end" });
  }
}

/** Files by their contents, linked into archives (a preview since 0.12.8). They go and come back as one. */
export function contentEntries(walk: UvWalk, bucket: string): void {
  if (itemsIn(walk, bucket).length > 0) addDirectory(walk, bucket, { kind: "package", recreate: "download", detail: "contents that archives have in common" });
}

/** The archives of Pythons that UV_PYTHON_CACHE_DIR keeps (uv-python downloads.rs): nine digits of the SHA-256, or "none", and the file's name. */
const pythonArchive = /^(?:[0-9a-f]{9}|none)-((?:cpython|pypy|graalpy|pyodide)-?(\d[^-]*)?.*\.(?:tar\.(?:gz|zst|bz2|xz)|zip|tgz))$/i;

export function isPythonArchive(name: string): boolean {
  return pythonArchive.test(name);
}

export function pythonArchiveEntries(walk: UvWalk): void {
  for (const { name, path, type } of itemsIn(walk, walk.root)) {
    const [, filename, version] = pythonArchive.exec(name) ?? [];
    if (isTemporary(name)) addLeftover(walk, path, { detail: "half-written" });
    else if (filename === undefined || type !== "file") walk.foreign.push(path);
    else addFiles(walk, [path], { id: name, kind: "download", recreate: "download", project: /^[a-z]+/i.exec(filename)?.[0] ?? null, version: version === undefined ? null : plainVersion(version), detail: filename });
  }
}

function plainVersion(version: string): string {
  return version.replace(/%2B/gi, "+");
}
