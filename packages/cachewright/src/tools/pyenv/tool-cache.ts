/**
 * What python-build keeps: archives in `$PYENV_ROOT/cache` (only where somebody made that directory), clones of
 * repositories beside them, and sources that `pyenv install --keep` left. Installed versions are no cache. Sources:
 * pyenv 2.4 … 2.8 plugins/python-build/bin/python-build (`reuse_existing_tarball`, `fetch_git`), pyenv-install.
 */
import { basename, dirname, join } from "node:path";
import type { Looker } from "../../machine/machine.ts";
import { archiveName } from "../python/archive-name.ts";
import { addEntry, beginWalk, childrenOf, listingOf, type CacheWalk, type Child } from "../python/cache-walk.ts";
import { verdictOf } from "../python/entry-check.ts";
import { isDirectory, namesOf } from "../python/is-directory.ts";
import type { CacheAsk, CacheEntry, CacheListing, CacheRoot, ToolCache, Verdict } from "../tool-cache.ts";
import type { ToolPlace } from "../tool.ts";
import { checkDownload, statedChecksums } from "./download-check.ts";

function roots(places: readonly ToolPlace[]): CacheRoot[] {
  const of = (kind: ToolPlace["kind"], name: string): ToolPlace[] => places.filter((place) => place.kind === kind && place.name === name);
  return [
    ...of("cache", "downloads").map(({ path }) => ({ path, name: "downloads" })),
    ...of("data", "versions").map(({ path }) => ({ path: join(dirname(path), "sources"), name: "sources" })),
  ];
}

/** Archives of Pythons and of what they are built with; installers of conda's are scripts. */
const archive = /^[A-Za-z][\w.+-]*\d[\w.+-]*\.(?:tar\.(?:gz|xz|bz2)|tgz|tbz2|zip|sh)$/;
/** Names that python-build's definitions have; other archives may lie anywhere. */
const family = /^(?:Python|openssl|readline|pypy|Miniconda|Anaconda|Miniforge|Mambaforge|graalpy|stackless|jython|micropython|pyston|cinder|nogil|activepython|ironpython)/i;

/** `git clone --bare` into the URL with all but letters and digits made into "_" (`sanitize`). */
function isClone(looker: Looker, path: string): boolean {
  return isDirectory(looker, path) && ["HEAD", "objects", "refs"].every((name) => looker.lstat(join(path, name)).ok);
}

/** `sources/3.12.1/Python-3.12.1`, named by the version as people type it. */
function isSource(looker: Looker, path: string): boolean {
  return namesOf(looker, path).some((name) => family.test(name));
}

/** Below a pyenv's own directory the name is enough to tell which of the two it is. */
function isSources(directory: string): boolean {
  return basename(directory) === "sources";
}

function recognises(looker: Looker, directory: string): boolean {
  const names = namesOf(looker, directory);
  if (isSources(directory)) return names.some((name) => isSource(looker, join(directory, name)));
  return names.some((name) => archive.test(name) && family.test(name)) || (isDirectory(looker, join(dirname(directory), "plugins/python-build")) && names.some((name) => isClone(looker, join(directory, name))));
}

function download(walk: CacheWalk, { name, path, type }: Child): void {
  if (type === "file" && archive.test(name)) {
    const { project, version } = archiveName(name)?.about ?? { project: name.replace(/\.(?:sh|tgz|tbz2)$/, ""), version: null };
    addEntry(walk, { kind: "download", project, version, detail: "source", paths: [path], recreate: "download" });
  } else if (type === "dir" && isClone(walk.ask.machine, path)) addEntry(walk, { kind: "source", detail: `repository ${name}`, paths: [path], recreate: "download" });
  else walk.foreign.push(path);
}

function source(walk: CacheWalk, { name, path, type }: Child): void {
  if (type === "dir" && isSource(walk.ask.machine, path)) addEntry(walk, { kind: "source", project: "Python", version: name, detail: "sources", paths: [path], recreate: "download" });
  else walk.foreign.push(path);
}

function list(ask: CacheAsk): CacheListing {
  const walk = beginWalk(ask);
  for (const child of childrenOf(walk, ask.root)) (isSources(ask.root) ? source : download)(walk, child);
  return listingOf(walk);
}

function* verify(ask: CacheAsk, entries: readonly CacheEntry[]): Iterable<Verdict> {
  const stated = entries.some(({ kind }) => kind === "download") ? statedChecksums(ask) : new Map<string, readonly string[]>();
  for (const entry of entries) yield verdictOf(entry, entry.kind === "download" ? entry.paths.map((path) => checkDownload(ask, entry, { path, stated })) : [{ faults: [], bytes: 0, unproven: true }]);
}

export const pyenvCache: ToolCache = {
  tool: "pyenv",
  roots,
  recognises,
  list,
  verify,
  lock: () => ({ how: "not-running", commands: ["pyenv", "pyenv-install", "python-build"], why: "python-build takes no lock, and links to what is in its cache while it builds" }),
};
