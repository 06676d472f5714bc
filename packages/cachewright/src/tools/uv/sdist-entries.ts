/**
 * Source distributions of a uv cache. One version (or URL, path, commit) is a directory with a pointer to its revision; the
 * revision holds the sources, what was learnt of them, and the wheels built of them with links to where they lie unpacked.
 * Sources and wheels can go alone; the pointer and the metadata serve them all.
 */
import { basename, join } from "node:path";
import { readMsgpack } from "../python/msgpack.ts";
import { linkedArchive, pointerAt } from "./archive-link.ts";
import { addDirectory, addFiles, addLeftover, idOf, isTemporary, itemsIn, shownUrl, sizeOf, statsOf, timesOf, type Draft, type Item, type UvWalk } from "./cache-walk.ts";
import { uvMetadataName } from "./pointer.ts";
import { isBuiltStem, wheelStem } from "./wheel-stem.ts";

export interface Shard {
  readonly path: string;
  /** By the directories' names; undefined where only a digest of the origin stands. */
  readonly project?: string;
  readonly version?: string;
  /** A commit has no pointer: its directory is the revision. */
  readonly isCommit: boolean;
}

interface Revision {
  readonly path: string;
  readonly shard: Shard;
  readonly files: readonly Item[];
  readonly name: Pick<Draft, "project" | "version">;
}


const recordName = /^(?:revision|metadata|manifest)\.(?:http|rev|msgpack|json)$|^\.lock$|\.lock$/;
const sourceName = /^(?:src|source)$|\.(?:tar|tar\.(?:gz|bz2|xz|zst|lzma)|tgz|tbz|txz|zip|whl)$/;

/** What uv names like this, directories and files; the rest is told as no uv's. */
function ownItems(walk: UvWalk, directory: string, ofShard: boolean): Item[] {
  return itemsIn(walk, directory).filter((item) => {
    const isOwn = isTemporary(item.name) || (item.type === "dir" ? (ofShard ? /^[\w-]{16,24}$/.test(item.name) : sourceName.test(item.name) || isBuiltStem(item.name)) : recordName.test(item.name) || isWheel(item));
    if (!isOwn) walk.foreign.push(item.path);
    return isOwn;
  });
}

export function sdistEntries(walk: UvWalk, shard: Shard): void {
  const items = ownItems(walk, shard.path, !shard.isCommit);
  if (shard.isCommit) {
    addRevision(walk, revisionOf(walk, shard, { path: shard.path, files: items }), []);
    return;
  }
  const record = items.filter(({ name, type }) => type !== "dir" && !isTemporary(name));
  for (const { name, path } of items) if (isTemporary(name)) addLeftover(walk, path, { detail: "half-written" });
  const pointers = record.filter(({ name }) => name === "revision.http" || name === "revision.rev").map(({ path }) => pointerAt(walk, path).told);
  const current = pointers.flatMap((told) => ("fault" in told ? [] : [told]));
  const directories = items.filter(({ name, type }) => type === "dir" && !isTemporary(name));
  // uv goes on with the revision its pointer names (source/mod.rs); without a readable pointer nobody knows.
  const isOld = (name: string): boolean => current.length > 0 && current.length === pointers.length && !current.some(({ id }) => id === name);
  const kept = directories.filter(({ name }) => !isOld(name)).map(({ path }) => revisionOf(walk, shard, { path, files: ownItems(walk, path, false) }));
  for (const { path } of directories.filter(({ name }) => isOld(name))) addSuperseded(walk, shard, path);
  const [first] = current;
  addRecord(walk, shard, { files: record, revisions: kept, told: first === undefined ? {} : { ...shownUrl(first.url), ...(Object.keys(first.hashes).length > 0 ? { hashes: first.hashes } : {}) } });
  for (const revision of kept) addRevision(walk, revision, [idOf(walk, shard.path)]);
}

function revisionOf(walk: UvWalk, shard: Shard, { path, files }: Pick<Revision, "path" | "files">): Revision {
  const name = shard.project === undefined ? nameIn(walk, files) : undefined;
  return { path, shard, files, name: { project: shard.project ?? name?.name ?? null, version: shard.version ?? name?.version ?? null } };
}

function nameIn({ looker }: UvWalk, files: readonly Item[]): { readonly name: string; readonly version: string } | undefined {
  const file = files.find(({ name }) => name === "metadata.msgpack");
  const bytes = file === undefined ? undefined : looker.readFile(file.path, 4 << 20);
  const packed = bytes?.ok === true ? readMsgpack(bytes.value) : undefined;
  if (packed !== undefined) return uvMetadataName(packed.value);
  // Nothing was learnt yet, but a wheel was built.
  const [project, version] = files.find(({ name }) => isBuiltStem(name))?.name.split("-") ?? [];
  return project === undefined || version === undefined ? undefined : { name: project, version };
}

/** A revision that nothing leads to any more, with what it alone has unpacked: `uv cache prune` takes it, too. */
function addSuperseded(walk: UvWalk, shard: Shard, path: string): void {
  const before = walk.foreign.length;
  const { files, name } = revisionOf(walk, shard, { path, files: ownItems(walk, path, false) });
  if (walk.foreign.length > before) {
    // Somebody keeps something in it: it is not ours to take.
    walk.foreign.splice(before, walk.foreign.length, path);
    return;
  }
  const archives = files.flatMap((item) => linkedArchive(walk.looker, item) ?? []);
  addLeftover(walk, path, { detail: "another revision took its place", ...name, archives });
}

interface Recorded {
  readonly files: readonly Item[];
  readonly revisions: readonly Revision[];
  readonly told: Pick<Draft, "url" | "hashes">;
}

function addRecord(walk: UvWalk, shard: Shard, { files, revisions, told }: Recorded): void {
  const paths = [...files, ...revisions.flatMap((revision) => recordOf(revision))].map(({ path }) => path);
  if (files.every(({ name }) => name === ".lock") && paths.length === files.length) {
    walk.marks.push(...paths);
    return;
  }
  const name = revisions.map((revision) => revision.name).find(({ project }) => project !== null) ?? { project: shard.project ?? null, version: shard.version ?? null };
  addFiles(walk, paths, { id: idOf(walk, shard.path), kind: "metadata", recreate: "download", ...name, detail: "sdist", ...told, onlyForThem: true });
}

function isWheel({ name }: Item): boolean {
  return isBuiltStem(name.replace(/\.(?:whl|lock)$/, ""));
}

/** Of a revision: what is neither sources nor a wheel. */
function recordOf({ files }: Revision): Item[] {
  const stems = wheelStems(files);
  return files.filter((item) => item.type !== "dir" && !isTemporary(item.name) && !isWheel(item) && !isLockOf(item, stems));
}

function wheelStems(files: readonly Item[]): Set<string> {
  return new Set(files.filter((item) => isWheel(item) && !item.name.endsWith(".lock")).map(({ name }) => name.replace(/\.whl$/, "")));
}

/** "1.0-py3-none-any.lock" beside "linksd-1.0-py3-none-any.whl" (0.12 on). */
function isLockOf({ name }: Item, stems: ReadonlySet<string>): boolean {
  if (!name.endsWith(".lock")) return false;
  const own = name.slice(0, -5);
  return [...stems].some((stem) => stem === own || stem.slice(stem.indexOf("-") + 1) === own);
}

function addRevision(walk: UvWalk, { path, shard, files, name }: Revision, needs: string[]): void {
  const stems = wheelStems(files);
  for (const stem of stems) addBuilt(walk, { stem, path, files: files.filter((item) => item.name === stem || item.name === `${stem}.whl` || isLockOf(item, new Set([stem]))), needs });
  for (const item of files) {
    if (isTemporary(item.name)) addLeftover(walk, item.path, { detail: "half-written" });
    // "src" since 0.5, before it the file's name or "source".
    else if (item.type === "dir" && !stems.has(item.name)) addDirectory(walk, item.path, { kind: "source", recreate: "download", ...name, detail: "sdist", ...(needs.length > 0 ? { needs: [...needs] } : {}) });
  }
  if (!shard.isCommit) return;
  const record = recordOf({ path, shard, files, name });
  if (record.every((item) => item.name === ".lock")) walk.marks.push(...record.map((item) => item.path));
  else addFiles(walk, record.map((item) => item.path), { id: idOf(walk, path), kind: "metadata", recreate: "download", ...name, detail: `git ${basename(path)}` });
}

interface Built {
  readonly stem: string;
  readonly path: string;
  readonly files: readonly Item[];
  readonly needs: readonly string[];
}

function addBuilt(walk: UvWalk, { stem, path, files, needs }: Built): void {
  const { version, tags, python } = wheelStem(stem);
  const paths = files.map((item) => item.path);
  const stats = statsOf(walk, paths);
  if (stats.length === 0) return;
  walk.drafts.push({
    id: idOf(walk, join(path, stem)), kind: "built-wheel", project: stem.split("-")[0] ?? null, version, detail: tags, python, paths,
    archives: files.filter(({ name }) => name === stem).flatMap((item) => linkedArchive(walk.looker, item) ?? []),
    size: files.some(({ type }) => type === "dir") ? null : sizeOf(stats), ...timesOf(stats), recreate: "build", ...(needs.length > 0 ? { needs: [...needs] } : {}),
  });
}
