/** Responses that pdm keeps: cachecontrol's files until 2.12, hishel's after that, and one database with hishel 1. */
import { addEntry, childrenOf, type CacheWalk } from "../python/cache-walk.ts";
import { listResponses } from "../python/http-responses.ts";

const database = "http-cache.db";

/** What is no response was told already. */
function responses(walk: CacheWalk, directory: string): void {
  const inside: CacheWalk = { ...walk, foreign: [] };
  listResponses(inside, directory, { hasBodies: true });
  walk.foreign.push(...inside.foreign.filter((path) => path.slice(directory.length + 1).includes("/")));
}

export function listHttp(walk: CacheWalk, directory: string): void {
  const parts: string[] = [];
  let hasResponses = false;
  for (const { name, path, type } of childrenOf(walk, directory)) {
    // sqlite's own files beside it hold what is not in it yet: they go together or not at all.
    if (type === "file" && (name === database || /^http-cache\.db-(?:wal|shm|journal)$/.test(name))) parts.push(path);
    else if (type === "file" && name === ".gitignore") walk.marks.push(path);
    else if (type === "file" && /^[0-9a-f]{32,64}$/.test(name)) addEntry(walk, { kind: "index", detail: "response", paths: [path], recreate: "download" });
    else if (type === "dir" && /^[0-9a-f]$/.test(name)) hasResponses = true;
    else walk.foreign.push(path);
  }
  // From 2.7 on bodies lie beside the heads; heads with a body in them are older (models/session.py `CompatibleSerializer`).
  if (hasResponses) responses(walk, directory);
  if (parts.length > 0) addEntry(walk, { kind: "index", detail: "responses", paths: parts.toSorted(), recreate: "download" });
}
