import { dirname, join } from "node:path";
import { condaRecords } from "../tools/conda/environments.ts";
import { archiveEndings, packageLinks } from "../tools/conda/package-dir.ts";
import { listMambaTree } from "../tools/conda/list-cache.ts";
import { isSetAside } from "../tools/conda/list-packages.ts";
import type { CacheEntry } from "../tools/tool-cache.ts";
import { condaLocks } from "./conda-locks.ts";
import type { CondaFact } from "./facts.ts";
import { filesBelow } from "./files-below.ts";
import { lookWithAccess, type Looks } from "./looks.ts";

type Tree = NonNullable<CondaFact["foreign"]>[number];

/** A cure is told file by file. */
const mostPaths = 20_000;
const mostChannels = 10;

interface Request {
  readonly pkgsDirs: readonly string[];
  readonly isNamed: boolean;
  /** Environments that are known here; asked only where there is a tree. */
  readonly prefixes: () => readonly string[];
}

/** What mamba from 2.6 keeps in directories of conda's, and which of it nothing uses. Everything is walked. */
export function foreignTrees(looks: Looks, { pkgsDirs, isNamed, prefixes }: Request): Tree[] {
  return pkgsDirs.flatMap((pkgsDir): Tree[] => {
    const entries = listMambaTree(looks.machine, pkgsDir, looks.machine.now().getTime()).entries.filter((entry) => isArchive(entry) || (entry.size === null && !isSetAside(entry.id)));
    if (entries.length === 0) return [];
    lookWithAccess(looks, pkgsDir);
    return [{ ...treeOf(looks, pkgsDir, { entries, soft: softlinked(looks, prefixes()) }), ...(isNamed && { asked: true }) }];
  });
}

/** Packages that environments link into softly; null where a record cannot be read: then nothing unpacked is known to be unused. */
function softlinked({ machine }: Looks, prefixes: readonly string[]): ReadonlySet<string> | null {
  const all = prefixes.map((prefix) => condaRecords(machine, prefix));
  if (all.some(({ broken, unreadable }) => broken.length + unreadable.length > 0)) return null;
  return new Set(all.flatMap(({ records }) => records.flatMap(({ recordedLink, source }) => (recordedLink === 2 && source !== null ? [source] : []))));
}

function isArchive({ id }: CacheEntry): boolean {
  return archiveEndings.some((ending) => id.endsWith(ending));
}

function treeOf(looks: Looks, pkgsDir: string, { entries, soft }: { readonly entries: readonly CacheEntry[]; readonly soft: ReadonlySet<string> | null }): Tree {
  const tree = { bytes: 0, used: 0, unusedBytes: 0, complete: true };
  const unused: string[] = [];
  for (const entry of entries) {
    const [path = ""] = entry.paths;
    const links = isArchive(entry) ? undefined : packageLinks(looks.machine, path);
    const size = links?.bytes ?? entry.size?.bytes ?? 0;
    tree.bytes += size;
    const isUsed = links !== undefined && (soft === null || soft.has(path) || links.linkedOutside > 0 || links.unreadable.length > 0);
    const files = isUsed ? [] : isArchive(entry) ? [path] : filesBelow(looks.machine, path, mostPaths);
    if (isUsed) tree.used += 1;
    else if (files === undefined || unused.length + files.length > mostPaths) tree.complete = false;
    else {
      unused.push(...files);
      tree.unusedBytes += size;
    }
  }
  return {
    pkgsDir, ...tree, unused, packages: entries.filter((entry) => !isArchive(entry)).length, archives: entries.filter(isArchive).length,
    channels: [...new Set(entries.map(({ id }) => dirname(dirname(id))))].slice(0, mostChannels), busy: condaLocks(looks, [pkgsDir, join(pkgsDir, "cache")]).length > 0,
  };
}
