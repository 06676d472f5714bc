/** Environments that uv keeps: of `uvx`, `uv run --with` and scripts; in a preview since 0.11.25 those of projects, too. */
import { join } from "node:path";
import { linkedArchive } from "./archive-link.ts";
import { addDirectory, addLeftover, idOf, isTemporary, itemsIn, sizeOf, statsOf, timesOf, type Item, type UvWalk } from "./cache-walk.ts";

export function environmentEntries(walk: UvWalk, bucket: string): void {
  for (const item of itemsIn(walk, bucket)) {
    if (isTemporary(item.name)) addLeftover(walk, item.path, { detail: "half-written" });
    else if (item.type !== "dir") addOther(walk, item);
    // `<project>-<python>-<digest>`: a project's `.venv` is a link to it, and nobody else knows which.
    else if (walk.looker.lstat(join(item.path, "pyvenv.cfg")).ok) addDirectory(walk, item.path, { kind: "environment", recreate: "download", detail: item.name, keep: "a project may have it as its .venv" });
    else ofInterpreter(walk, item.path);
  }
}

/** `<digest of the interpreter>/<digest of what was resolved>`, a link to the archive. */
function ofInterpreter(walk: UvWalk, directory: string): void {
  const items = itemsIn(walk, directory);
  for (const item of items) {
    const archive = linkedArchive(walk.looker, item);
    if (archive === undefined) {
      if (isTemporary(item.name)) addLeftover(walk, item.path, { detail: "half-written" });
      else if (item.type === "dir") addDirectory(walk, item.path, { kind: "environment", recreate: "download", detail: item.name });
      else if (!item.name.endsWith(".lock") || !items.some(({ name }) => `${name}.lock` === item.name)) addOther(walk, item);
      continue;
    }
    const paths = [item, ...items.filter(({ name }) => name === `${item.name}.lock`)].map(({ path }) => path);
    const stats = statsOf(walk, paths);
    walk.drafts.push({ id: idOf(walk, item.path), kind: "environment", project: null, version: null, detail: null, python: null, paths, archives: [archive], size: sizeOf(stats), ...timesOf(stats), recreate: "download" });
  }
}

function addOther(walk: UvWalk, { name, path }: Item): void {
  (name.endsWith(".lock") || name === ".gitignore" ? walk.marks : walk.foreign).push(path);
}
