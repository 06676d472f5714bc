/** Repositories of a uv cache: a database for each, and a checkout for each commit that was asked for (uv-git source.rs). */
import { basename, join } from "node:path";
import { addDirectory, idOf, itemsIn, shownUrl, type Draft, type UvWalk } from "./cache-walk.ts";

/** Two databases in one: commits of projects known by name, from the built ones. */
export function gitEntries(walk: UvWalk, bucket: string): void {
  for (const { name, path, type } of itemsIn(walk, bucket)) {
    if (type !== "dir") walk.foreign.push(path);
    // Empty files, one for each repository; they stay behind.
    else if (name === "locks") walk.marks.push(path);
    else if (name === "db") databases(walk, path);
    else if (name === "checkouts") checkouts(walk, path);
    else walk.foreign.push(path);
  }
}

function databases(walk: UvWalk, directory: string): void {
  for (const { path, type } of itemsIn(walk, directory)) {
    if (type === "dir") addDirectory(walk, path, { kind: "source", recreate: "download", detail: "git repository", ...shownUrl(fetchedFrom(walk, path)) });
    else walk.foreign.push(path);
  }
}

/** git's own note of the last fetch: `<commit>\t<for merge>\t<what> of <url>`, without what when it is HEAD. */
function fetchedFrom({ looker }: UvWalk, database: string): string | undefined {
  for (const at of [join(database, ".git", "FETCH_HEAD"), join(database, "FETCH_HEAD")]) {
    const text = looker.readPart(at, { offset: 0, length: 4096 });
    const line = text.ok ? text.value.toString("utf8").split("\n", 1)[0] : undefined;
    const told = line?.split("\t")[2];
    if (told !== undefined) return told.slice(told.lastIndexOf(" ") + 1);
  }
  return undefined;
}

function checkouts(walk: UvWalk, directory: string): void {
  for (const { path, type } of itemsIn(walk, directory)) {
    if (type !== "dir") {
      walk.foreign.push(path);
      continue;
    }
    const items = itemsIn(walk, path);
    const names = new Set(items.map(({ name }) => name));
    for (const item of items) {
      // "<commit>.ok" since 0.12.20, before it ".ok" inside: the sign that it is whole.
      if (item.type === "dir") addDirectory(walk, item.path, { kind: "source", recreate: "download", detail: `git ${item.name}`, ...(names.has(`${item.name}.ok`) ? { paths: [item.path, `${item.path}.ok`] } : {}) });
      else if (!item.name.endsWith(".ok") || !items.some(({ name, type: own }) => own === "dir" && `${name}.ok` === item.name)) walk.marks.push(item.path);
    }
  }
}

/**
 * Names for what only has digests: a project that was built of a commit (`sdists/git/<digest>/<commit>`) is the one of the
 * checkout of that commit, and its repository is the one the checkout was cloned from.
 */
export function nameRepositories(walk: UvWalk): void {
  const projects = new Map<string, string>();
  for (const { id, project } of walk.drafts) {
    const commit = /^(?:sdists|built-wheels)-v\d+\/git\/[^/]+\/([0-9a-f]{7,40})/.exec(id)?.[1];
    if (commit !== undefined && project !== null) projects.set(commit.slice(0, 7), project);
  }
  const repositories = new Map<string, string>();
  walk.drafts.forEach((draft, i) => {
    const commit = /^git-v\d+\/checkouts\/[^/]+\/([0-9a-f]{7,40})$/.exec(draft.id)?.[1];
    const project = commit === undefined ? undefined : projects.get(commit.slice(0, 7));
    if (project === undefined) return;
    walk.drafts[i] = { ...draft, project };
    const database = clonedFrom(walk, draft);
    if (database !== undefined) repositories.set(database, project);
  });
  walk.drafts.forEach((draft, i) => {
    const project = repositories.get(draft.id);
    if (project !== undefined) walk.drafts[i] = { ...draft, project };
  });
}

/** The id of the database; its place on disk may be an old one. */
function clonedFrom(walk: UvWalk, { id }: Draft): string | undefined {
  const text = walk.looker.readPart(join(walk.root, id, ".git", "config"), { offset: 0, length: 4096 });
  const url = text.ok ? /^\s*url\s*=\s*(.+)$/m.exec(text.value.toString("utf8"))?.[1] : undefined;
  const bucket = id.slice(0, id.indexOf("/"));
  return url !== undefined && url.includes(`/${bucket}/db/`) ? idOf(walk, join(walk.root, bucket, "db", basename(url.trim()))) : undefined;
}
