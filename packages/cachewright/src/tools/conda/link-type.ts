import { join } from "node:path";
import type { Looker } from "../../machine/machine.ts";

/** "nothing": no file of the package could be compared (all are missing, or rewritten while they were linked). */
export type LinkType = "hard" | "soft" | "copy" | "mixed" | "nothing";

export interface LinkQuestion {
  /** The extracted package in the cache. */
  readonly source: string;
  readonly prefix: string;
  /** Files relative to both, as the record names them. */
  readonly files: readonly string[];
  /** How many are looked at; default 16. */
  readonly sample?: number;
}

/**
 * How a package really lies in an environment: by device and inode. What conda records is not to be trusted: a hard link
 * that the kernel refuses becomes a copy without a word, and the record still says "hard".
 */
export function linkTypeOf(looker: Pick<Looker, "lstat" | "stat">, { source, prefix, files, sample = 16 }: LinkQuestion): LinkType {
  const seen = new Set<"hard" | "soft" | "copy">();
  let left = sample;
  for (const file of files) {
    if (left === 0) break;
    const type = inCache(file).map((name) => fileLink(looker, join(source, name), join(prefix, file))).find((found) => found !== undefined);
    if (type === undefined) continue;
    seen.add(type);
    left -= 1;
  }
  if (seen.size === 0) return "nothing";
  // Prefix-rewritten files, and executables of a softly linked package, are copies among links.
  const links = [...seen].filter((type) => type !== "copy");
  return links.length === 0 ? "copy" : links.length > 1 ? "mixed" : links[0] ?? "mixed";
}

/** Packages for any Python keep modules and scripts elsewhere than the environment does (conda core/path_actions.py, `noarch: python`). */
export function inCache(file: string): string[] {
  const module = /^(?:lib\/python[^/]*|Lib)\/(site-packages\/.+)$/.exec(file)?.[1];
  const script = /^(?:bin|Scripts)\/([^/]+)$/.exec(file)?.[1];
  return [file, ...(module === undefined ? [] : [module]), ...(script === undefined ? [] : [`python-scripts/${script}`])];
}

function fileLink(looker: Pick<Looker, "lstat" | "stat">, inCache: string, inEnvironment: string): "hard" | "soft" | "copy" | undefined {
  const cached = looker.lstat(inCache);
  const linked = looker.lstat(inEnvironment);
  if (!cached.ok || !linked.ok) return undefined;
  const isSame = (stat: { readonly dev: string; readonly ino: string }): boolean => stat.dev === cached.value.dev && stat.ino === cached.value.ino;
  if (linked.value.type === "link") {
    // A link that is part of the package is the same in both places.
    if (cached.value.type === "link") return undefined;
    const behind = looker.stat(inEnvironment);
    return behind.ok && isSame(behind.value) ? "soft" : undefined;
  }
  if (cached.value.type !== "file" || linked.value.type !== "file") return undefined;
  return isSame(linked.value) ? "hard" : "copy";
}
