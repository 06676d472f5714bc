/** What pip remembers of its last look for a newer pip: a file for each environment, which pip never takes away. */
import type { CacheEntry } from "../tool-cache.ts";
import type { CacheTree } from "./cache-tree.ts";
import { type FileHere, fileHere, leftoverOf, type Listing, newestOf, sizeOf } from "./entry-parts.ts";
import { pipAtLeast } from "./version.ts";

/** The environment (`sys.prefix`) that a file is for (self_outdated_check.py). */
function prefixIn(listing: Listing, { path }: FileHere): string | undefined {
  const read = listing.ask.machine.readFile(path);
  try {
    const json: unknown = read.ok ? JSON.parse(read.value.toString("utf8")) : null;
    const { key } = (json ?? {}) as { key?: unknown };
    return typeof key === "string" ? key : undefined;
  } catch {
    return undefined;
  }
}

function isGone({ ask }: Listing, prefix: string): boolean {
  const seen = prefix.startsWith("/") ? ask.machine.lstat(prefix) : undefined;
  return seen !== undefined && !seen.ok && (seen.errno === "ENOENT" || seen.errno === "ENOTDIR");
}

function entryOf(listing: Listing, id: string, file: FileHere): CacheEntry {
  const isOld = id === "selfcheck.json";
  const { versions } = listing.ask;
  const prefix = isOld ? undefined : prefixIn(listing, file);
  // pip 19.3 was the first with a file for each; from 26.0 on `pip cache purge` takes the old one away.
  const isLeft = isOld ? versions.length > 0 && versions.every((version) => pipAtLeast(version, "19.3")) : prefix !== undefined && isGone(listing, prefix);
  return {
    id, kind: isLeft ? "leftover" : "metadata", project: null, version: null, detail: isOld ? "look for a newer pip, before 19.3" : `look for a newer pip${prefix === undefined ? "" : `: ${prefix}`}`,
    python: null, paths: [file.path], size: sizeOf([file]), writtenMs: newestOf([file]), usedMs: null, recreate: isLeft ? "nothing" : "download",
    ...(isLeft && !isOld ? { unused: "its environment is gone" } : {}),
  };
}

export function addSelfchecks(listing: Listing, { selfchecks }: Pick<CacheTree, "selfchecks">): void {
  for (const { rel, names } of selfchecks) {
    for (const name of names) {
      const id = rel === "" ? name : `${rel}/${name}`;
      const file = fileHere(listing, id);
      if (file === undefined) continue;
      listing.entries.push(name.endsWith(".tmp") ? leftoverOf(listing, id, [file], { detail: "a write that broke off", live: "pip may be writing it" }) : entryOf(listing, id, file));
    }
  }
}
