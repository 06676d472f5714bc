/** Everything in a uv cache, by entries: what of it goes together, and what goes alone. */
import { basename } from "node:path";
import type { CacheAsk, CacheEntry, CacheListing } from "../tool-cache.ts";
import { archivesIn, shareOut } from "./archives.ts";
import { newestKnownUv, uvBuckets, uvBucketState, type UvBucketKind } from "./buckets.ts";
import { uvCacheTop, type UvBucket } from "./cache.ts";
import { addDirectory, addLeftover, isTemporary, itemsIn, startWalk, type Draft, type UvWalk } from "./cache-walk.ts";
import { describeEnvironments } from "./describe-environments.ts";
import { environmentEntries } from "./environment-entries.ts";
import { gitEntries, nameRepositories } from "./git-entries.ts";
import { sdistEntries } from "./sdist-entries.ts";
import { binaryEntries, buildEntries, contentEntries, flatIndexEntries, interpreterEntries, isPythonArchive, pageEntries, plainEntries, pythonArchiveEntries } from "./small-entries.ts";
import { wheelEntries } from "./wheel-entries.ts";

type Walker = (walk: UvWalk, bucket: string) => void;

const walkers: Readonly<Record<Exclude<UvBucketKind, "archive">, Walker>> = {
  wheels: (walk, bucket) => byOrigin(walk, bucket, (origin, path) => packages(walk, path, { depth: depths[origin] ?? 1, found: (directory) => wheelEntries(walk, directory, basename(directory)) })),
  sdists: sdistBucket,
  "built-wheels": sdistBucket,
  simple: pageEntries,
  "flat-index": flatIndexEntries,
  git: gitEntries,
  interpreter: interpreterEntries,
  builds: buildEntries,
  environments: environmentEntries,
  python: (walk, bucket) => plainEntries(walk, bucket, { kind: "metadata", detail: "list of Pythons to download" }),
  binaries: binaryEntries,
  osv: (walk, bucket) => plainEntries(walk, bucket, { kind: "metadata", detail: "vulnerability" }),
  files: contentEntries,
};

/** Directories above the packages of a wheel: a digest of the index, URL or path; of a repository the commit as well. */
const depths: Readonly<Record<string, number>> = { pypi: 0, index: 1, url: 1, path: 1, editable: 1, git: 2 };

export function listUvCache({ machine, root, now, versions }: CacheAsk): CacheListing {
  const walk = startWalk(machine, root, now);
  const top = uvCacheTop(machine, root);
  if (top === undefined) {
    // Nothing there is an empty cache; what may not be looked into is told.
    itemsIn(walk, root);
    return { entries: [], unread: walk.unread, marks: [], foreign: [] };
  }
  if (top.buckets.length === 0 && top.foreign.some(isPythonArchive)) {
    pythonArchiveEntries(walk);
    return listingOf(walk, walk.drafts);
  }
  walk.marks.push(...top.marks.map((name) => `${root}/${name}`));
  walk.foreign.push(...top.foreign.map((name) => `${root}/${name}`));
  for (const name of top.temporary) addLeftover(walk, `${root}/${name}`, { detail: "half-written" });
  const own = top.buckets.filter(({ isLink, path }) => {
    if (isLink) walk.foreign.push(path);
    return !isLink;
  });
  for (const bucket of own) if (bucket.kind !== "archive") listBucket(walk, bucket, versions);
  nameRepositories(walk);
  const archives = archivesIn(walk, own.filter(({ kind }) => kind === "archive").map(({ path }) => path));
  const certain = walk.unread.length === 0 && own.length === top.buckets.length && !own.some(isUnknown);
  return listingOf(walk, describeEnvironments(walk, shareOut(walk, archives, certain)));
}

/** Newer than every uv that is known: nobody here can say how it is laid out. */
function isUnknown({ kind, version }: UvBucket): boolean {
  const newest = uvBuckets(newestKnownUv).get(kind);
  return kind !== "built-wheels" && kind !== "files" && (newest === undefined || version > newest);
}

function listBucket(walk: UvWalk, bucket: UvBucket, versions: readonly string[]): void {
  if (isUnknown(bucket)) {
    addDirectory(walk, bucket.path, { kind: "package", recreate: "download", detail: "a newer uv's", keep: "a uv newer than is known here wrote it" });
    return;
  }
  const walker = bucket.kind === "archive" ? undefined : walkers[bucket.kind];
  if (uvBucketState(bucket, versions) === "dead") addDead(walk, bucket, walker);
  else walker?.(walk, bucket.path);
}

/** A bucket that no uv here reads goes as one, with the archives that only it leads to; but not with what no uv put there. */
function addDead(walk: UvWalk, { path }: UvBucket, walker: Walker | undefined): void {
  const inside = startWalk(walk.looker, walk.root, walk.now);
  walker?.(inside, path);
  walk.unread.push(...inside.unread);
  const leftover = { kind: "leftover", recreate: "nothing", detail: "no uv here reads it" } as const;
  if (inside.foreign.length > 0) {
    walk.drafts.push(...inside.drafts.map((draft) => ({ ...draft, ...leftover })));
    walk.marks.push(...inside.marks);
    walk.foreign.push(...inside.foreign);
    return;
  }
  const usedMs = inside.drafts.reduce((newest, draft) => Math.max(newest, draft.usedMs ?? 0), 0);
  const stat = walk.looker.lstat(path);
  addDirectory(walk, path, { ...leftover, archives: [...new Set(inside.drafts.flatMap((draft) => draft.archives))], usedMs: stat.ok && usedMs > stat.value.mtimeMs ? usedMs : null });
}

function byOrigin(walk: UvWalk, bucket: string, found: (origin: string, path: string) => void): void {
  for (const { name, path, type } of itemsIn(walk, bucket)) {
    if (type === "dir" && name in depths) found(name, path);
    else if (type === "file" && /^\.git(?:ignore)?$|\.lock$/.test(name)) walk.marks.push(path);
    else if (isTemporary(name)) addLeftover(walk, path, { detail: "half-written" });
    else walk.foreign.push(path);
  }
}

interface Packages {
  readonly depth: number;
  readonly found: (directory: string) => void;
}

function packages(walk: UvWalk, directory: string, { depth, found }: Packages): void {
  for (const { name, path, type } of itemsIn(walk, directory)) {
    if (isTemporary(name)) addLeftover(walk, path, { detail: "half-written" });
    else if (type !== "dir") (type === "file" && name.endsWith(".lock") ? walk.marks : walk.foreign).push(path);
    else if (depth > 0) packages(walk, path, { depth: depth - 1, found });
    else found(path);
  }
}

function sdistBucket(walk: UvWalk, bucket: string): void {
  byOrigin(walk, bucket, (origin, path) => {
    const isNamed = origin === "pypi" || origin === "index";
    const depth = (isNamed ? 1 : -1) + (depths[origin] ?? 1);
    packages(walk, path, {
      depth,
      found: (directory) => {
        const [version = "", project = ""] = directory.split("/").reverse();
        sdistEntries(walk, { path: directory, isCommit: origin === "git", ...(isNamed ? { project, version } : {}) });
      },
    });
  });
}

function listingOf(walk: UvWalk, drafts: readonly Draft[]): CacheListing {
  const ids = new Set(drafts.map(({ id }) => id));
  const needed = new Set(drafts.flatMap(({ needs = [] }) => needs));
  const entries = drafts.map((draft): CacheEntry => {
    const { archives: _archives, needs = [], onlyForThem, ...entry } = draft;
    const there = needs.filter((id) => ids.has(id));
    return { ...entry, ...(there.length > 0 ? { needs: there } : {}), ...(onlyForThem === true && needed.has(draft.id) ? { onlyForThem } : {}) };
  });
  return { entries, unread: walk.unread, marks: walk.marks, foreign: walk.foreign };
}

