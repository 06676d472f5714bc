/**
 * Whose the archives of a uv cache are. What one entry alone leads to is part of it; what several lead to is an entry of
 * its own that they all need. uv itself counts links of wheels and source distributions only (uv-cache lib.rs
 * `find_archive_references`); pointers and environments lead there as well, and what they lead to is in use.
 */
import { basename, join } from "node:path";
import { isTemporary, itemsIn, addLeftover, idOf, sizeOf, statsOf, type Draft, type UvWalk } from "./cache-walk.ts";
import { isUvArchiveId } from "./cache.ts";

/** "archive-v0/<id>" → its path. */
export type Archives = ReadonlyMap<string, string>;

export function archivesIn(walk: UvWalk, buckets: readonly string[]): Archives {
  const archives = new Map<string, string>();
  for (const bucket of buckets) {
    for (const { name, path, type } of itemsIn(walk, bucket)) {
      if (isTemporary(name)) addLeftover(walk, path, { detail: "half-unpacked" });
      else if (type === "dir" && isUvArchiveId(name)) archives.set(`${basename(bucket)}/${name}`, path);
      else walk.foreign.push(path);
    }
  }
  return archives;
}

/** Gives every archive to its owner. `certain`: whether all that may lead to one was seen and understood. */
export function shareOut(walk: UvWalk, archives: Archives, certain: boolean): Draft[] {
  const drafts = walk.drafts.flatMap((draft) => whatIsLeft(walk, draft));
  const owners = ownersOf(drafts, archives);
  const given = new Map<Draft, { paths: string[]; needs: string[] }>();
  const of = (draft: Draft): { paths: string[]; needs: string[] } => {
    const known = given.get(draft) ?? { paths: [], needs: [] };
    given.set(draft, known);
    return known;
  };
  const added: Draft[] = [];
  for (const [id, path] of archives) {
    const own = owners.get(id) ?? [];
    const [first] = own;
    if (first === undefined) added.push(unreferenced(walk, path, certain));
    else if (own.length === 1) of(first).paths.push(path);
    else {
      added.push(shared(walk, path, own));
      for (const owner of own) of(owner).needs.push(idOf(walk, path));
    }
  }
  return [...drafts.map((draft) => withArchives(draft, given.get(draft))), ...added];
}

/**
 * What leads to an archive that is gone leads nowhere, and uv fetches, builds or makes it anew. What is known of the wheel
 * still serves, and so does the file of one that was built.
 */
function whatIsLeft(walk: UvWalk, draft: Draft): Draft[] {
  if (draft.kind === "leftover" || draft.archives.length === 0 || !draft.archives.every((id) => isGone(walk, id)) || draft.paths.some((path) => path.endsWith(".whl"))) return [draft];
  const metadata = draft.paths.filter((path) => path.endsWith(".msgpack"));
  const leading = draft.paths.filter((path) => !metadata.includes(path));
  const gone: Draft = { ...draft, kind: "leftover", recreate: "nothing", detail: "what it leads to is gone", paths: leading, size: sizeOf(statsOf(walk, leading)) };
  return metadata.length === 0 ? [gone] : [gone, { ...draft, id: `${draft.id}.msgpack`, kind: "metadata", paths: metadata, size: sizeOf(statsOf(walk, metadata)), archives: [] }];
}

/** A link in the place of the bucket leads out of the cache: what lies there is another question. */
function isGone({ looker, root }: UvWalk, id: string): boolean {
  const bucket = looker.lstat(join(root, id.slice(0, id.indexOf("/"))));
  if (bucket.ok && bucket.value.type !== "dir") return false;
  const archive = looker.lstat(join(root, id));
  return !archive.ok && archive.errno === "ENOENT";
}

/** What no uv needs any more has no say where others have. */
function ownersOf(drafts: readonly Draft[], archives: Archives): Map<string, Draft[]> {
  const owners = new Map<string, Draft[]>();
  for (const draft of drafts) {
    for (const id of draft.archives) {
      if (archives.has(id)) owners.set(id, [...(owners.get(id) ?? []), draft]);
    }
  }
  for (const [id, own] of owners) {
    const live = own.filter(({ kind }) => kind !== "leftover");
    owners.set(id, live.length > 0 ? live : own.slice(0, 1));
  }
  return owners;
}

/** An archive's size is its tree's: a walk has to weigh it. */
function withArchives(draft: Draft, given: { readonly paths: readonly string[]; readonly needs: readonly string[] } | undefined): Draft {
  if (given === undefined) return draft;
  const needs = [...(draft.needs ?? []), ...given.needs];
  return { ...draft, paths: [...draft.paths, ...given.paths], ...(needs.length > 0 ? { needs } : {}), ...(given.paths.length > 0 ? { size: null, ...sealedOf(draft, given.paths) } : {}) };
}

/** Wheels are unpacked aside and renamed (uv-cache archive.rs); Python writes into an environment whenever it runs. */
function sealedOf({ kind }: Draft, paths: readonly string[]): Pick<Draft, "sealed"> {
  return kind === "package" || kind === "built-wheel" ? { sealed: paths } : {};
}

function shared(walk: UvWalk, path: string, own: readonly Draft[]): Draft {
  const [first] = own;
  const stat = walk.looker.lstat(path);
  const usedMs = own.reduce<number | null>((newest, owner) => (owner.usedMs === null ? newest : Math.max(newest ?? 0, owner.usedMs)), null);
  const writtenMs = stat.ok ? stat.value.mtimeMs : 0;
  return {
    id: idOf(walk, path), kind: "package", project: first?.project ?? null, version: first?.version ?? null, detail: `shared by ${own.length} entries`, python: first?.python ?? null,
    paths: [path], sealed: [path], archives: [], size: null, writtenMs, usedMs: usedMs === null ? null : Math.max(usedMs, writtenMs), recreate: own.some(({ recreate }) => recreate === "build") ? "build" : "download", onlyForThem: true,
  };
}

const liveMs = 24 * 3_600_000;

/** `uv cache prune` takes it. uv unpacks first and writes what leads there afterwards: what is young may be on its way. */
function unreferenced(walk: UvWalk, path: string, certain: boolean): Draft {
  const stat = walk.looker.lstat(path);
  const writtenMs = stat.ok ? stat.value.mtimeMs : 0;
  const [project, version] = nameIn(walk, path);
  const keep = certain ? (writtenMs > walk.now - liveMs ? "a uv may be about to refer to it" : undefined) : "what refers to it may be among what could not be read";
  return {
    id: idOf(walk, path), kind: certain ? "leftover" : "package", project, version, detail: "nothing refers to it", python: null,
    paths: [path], archives: [], size: null, writtenMs, usedMs: null, recreate: certain ? "nothing" : "download", ...(keep === undefined ? {} : { keep }),
  };
}

function nameIn({ looker }: UvWalk, archive: string): [project: string | null, version: string | null] {
  const entries = looker.list(archive);
  const info = entries.ok ? entries.value.find(({ name }) => name.endsWith(".dist-info"))?.name : undefined;
  const [project = null, version = null] = info === undefined ? [] : info.slice(0, -".dist-info".length).split("-");
  return [project, version];
}
