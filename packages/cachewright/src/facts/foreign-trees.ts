import { join } from "node:path";
import { condaRecords } from "../tools/conda/environments.ts";
import { packageLinks } from "../tools/conda/package-dir.ts";
import { mambaCacheEntries, type MambaCacheEntry } from "../tools/mamba/cache.ts";
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
    const entries = mambaCacheEntries(looks.machine, pkgsDir).filter(({ kind }) => kind === "extracted" || kind === "half-extracted" || kind === "archive");
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

function treeOf(looks: Looks, pkgsDir: string, { entries, soft }: { readonly entries: readonly MambaCacheEntry[]; readonly soft: ReadonlySet<string> | null }): Tree {
  const tree = { bytes: 0, used: 0, unusedBytes: 0, complete: true };
  const unused: string[] = [];
  for (const { kind, path, bytes } of entries) {
    const links = kind === "archive" ? undefined : packageLinks(looks.machine, path);
    const size = links?.bytes ?? bytes ?? 0;
    tree.bytes += size;
    const isUsed = links !== undefined && (soft === null || soft.has(path) || links.linkedOutside > 0 || links.unreadable.length > 0);
    const files = isUsed ? [] : kind === "archive" ? [path] : filesBelow(looks.machine, path, mostPaths);
    if (isUsed) tree.used += 1;
    else if (files === undefined || unused.length + files.length > mostPaths) tree.complete = false;
    else {
      unused.push(...files);
      tree.unusedBytes += size;
    }
  }
  return {
    pkgsDir, ...tree, unused, packages: entries.filter(({ kind }) => kind !== "archive").length, archives: entries.filter(({ kind }) => kind === "archive").length,
    channels: [...new Set(entries.map(({ channel }) => channel))].slice(0, mostChannels), busy: condaLocks(looks, [pkgsDir, join(pkgsDir, "cache")]).length > 0,
  };
}
