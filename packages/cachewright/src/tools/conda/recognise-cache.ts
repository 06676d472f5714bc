/** A directory that conda or mamba made for packages, by what they themselves go by. */
import { join } from "node:path";
import type { Looker } from "../../machine/machine.ts";
import { groupName } from "./list-index.ts";
import { archiveEndings, distOf } from "./package-dir.ts";

/** Names that are tried for a package. */
const enough = 200;

export function isCondaCache(looker: Pick<Looker, "lstat" | "stat" | "list" | "readPart">, directory: string): boolean {
  const entries = looker.list(directory);
  if (!entries.ok) return false;
  const names = new Set(entries.value.map(({ name }) => name));
  // A base environment has packages, too, and is none.
  if (names.has("conda-meta")) return false;
  if (names.has("urls.txt")) return isListOfUrls(looker, join(directory, "urls.txt"));
  if (names.has("notices.cache")) return true;
  if (names.has("cache") && isIndexCache(looker, join(directory, "cache"))) return true;
  return [...names].slice(0, enough).some((name) => distOf(name) !== null && isPackage(looker, join(directory, name), name));
}

/** An empty one is conda's mark as well. */
function isListOfUrls(looker: Pick<Looker, "readPart">, path: string): boolean {
  const head = looker.readPart(path, { offset: 0, length: 1024 });
  return head.ok && (head.value.length === 0 || /^\s*(?:[a-z][a-z0-9+.-]{0,20}:\/\/|[^\s/]+::)/i.test(head.value.toString("latin1")));
}

function isIndexCache(looker: Pick<Looker, "list">, directory: string): boolean {
  const entries = looker.list(directory);
  return entries.ok && entries.value.some(({ name, type }) => type !== "dir" && groupName(name) !== undefined);
}

/** rattler's packages have no record of conda's, and its directories are no cache of conda's. */
function isPackage(looker: Pick<Looker, "lstat" | "stat">, path: string, name: string): boolean {
  const stat = looker.lstat(path);
  if (!stat.ok) return false;
  if (stat.value.type === "file") return archiveEndings.some((ending) => name.endsWith(ending));
  return stat.value.type === "dir" && looker.stat(join(path, "info", "repodata_record.json")).ok;
}
