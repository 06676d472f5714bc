/**
 * Which environments use which packages, by what lies in them: a record says "hard link" of what was copied, and nothing of
 * a link that leads into a cache other than the one it names (conda 26.7 gateways/disk/create.py `create_link`).
 */
import { basename, dirname, join, posix, resolve } from "node:path";
import type { Looker, Stat } from "../../machine/machine.ts";
import type { CacheAsk, CacheEntry, Environment, Use } from "../tool-cache.ts";
import { condaRecords, type CondaRecord } from "./environments.ts";
import { inCache } from "./link-type.ts";

export interface Users {
  /** `<name>-<version>-<build>` of an entry, as an environment's record of it is named. */
  readonly distOf: (entry: CacheEntry) => string | null;
}

interface Known {
  readonly looker: Looker;
  readonly root: string;
  readonly byDist: ReadonlyMap<string, readonly CacheEntry[]>;
  readonly byPath: ReadonlyMap<string, CacheEntry>;
  readonly all: readonly CacheEntry[];
}

const closeness: Readonly<Record<Use["how"], number>> = { "soft-link": 3, unknown: 2, "hard-link": 1, copy: 0 };

export function packageUsers({ machine, root }: CacheAsk, entries: readonly CacheEntry[], environments: readonly Environment[], { distOf }: Users): ReadonlyMap<string, readonly Use[]> {
  const used = entries.filter(({ kind }) => kind === "package" || kind === "download" || kind === "damaged");
  const byDist = new Map<string, CacheEntry[]>();
  for (const entry of used) {
    const dist = distOf(entry)?.toLowerCase();
    if (dist !== undefined) byDist.set(dist, [...(byDist.get(dist) ?? []), entry]);
  }
  const byPath = new Map(used.map((entry) => [entry.paths[0] ?? "", entry]));
  const known: Known = { looker: machine, root, byDist, byPath, all: used };
  const uses = new Map<string, Map<string, Use["how"]>>();
  for (const { prefix } of environments.filter(({ kind }) => kind === "conda")) {
    usesIn(known, prefix, (entry, how) => {
      const of = uses.get(entry.id) ?? new Map<string, Use["how"]>();
      const before = of.get(prefix);
      if (before === undefined || closeness[how] > closeness[before]) of.set(prefix, how);
      uses.set(entry.id, of);
    });
  }
  return new Map([...uses].map(([id, of]) => [id, [...of].map(([environment, how]) => ({ environment, how }))]));
}

type Tell = (entry: CacheEntry, how: Use["how"]) => void;

function usesIn(known: Known, prefix: string, tell: Tell): void {
  const { records, broken, unreadable } = condaRecords(known.looker, prefix);
  const isClosed = unreadable.some(({ path, errno }) => path === join(prefix, "conda-meta") && errno !== "ENOENT" && errno !== "ENOTDIR");
  if (isClosed) for (const entry of known.all) tell(entry, "unknown");
  for (const path of [...broken, ...unreadable.map((one) => one.path)]) for (const entry of candidates(known, path)) tell(entry, "unknown");
  for (const record of records) recordUses(known, prefix, { record, tell });
}

function candidates({ byDist }: Known, file: string): readonly CacheEntry[] {
  return byDist.get(basename(file, ".json").toLowerCase()) ?? [];
}

/** Links are of one kind in a package, but prefixes are written into copies, and programs are copied where the rest is a soft link. */
function recordUses(known: Known, prefix: string, { record, tell }: { readonly record: CondaRecord; readonly tell: Tell }): void {
  const own = candidates(known, record.file);
  for (const entry of own) tell(entry, "copy");
  for (const file of record.files) {
    if (file === "" || posix.isAbsolute(file) || file.split("/").includes("..")) continue;
    const stat = known.looker.lstat(join(prefix, file));
    if (!stat.ok) continue;
    if (stat.value.type === "link") {
      const entry = softLinked(known, prefix, join(prefix, file));
      if (entry !== undefined) return tell(entry, "soft-link");
    } else if (stat.value.type === "file" && stat.value.nlink > 1) {
      const linked = own.find((entry) => isSameFile(known, entry, { file, stat: stat.value }));
      if (linked !== undefined) tell(linked, "hard-link");
      return;
    }
  }
}

/** The package that a link ends in. One that stays in its environment is the package's own. */
function softLinked({ looker, root, byPath }: Known, prefix: string, link: string): CacheEntry | undefined {
  const target = looker.readlink(link);
  if (!target.ok) return undefined;
  const named = resolve(dirname(link), target.value);
  if (named.startsWith(`${prefix}/`)) return undefined;
  const real = looker.realpath(link);
  const ends = [...(real.ok ? [real.value] : []), named].filter((path) => path.startsWith(`${root}/`));
  for (const end of ends) {
    for (let at = end; at.length > root.length; at = dirname(at)) {
      const entry = byPath.get(at);
      if (entry !== undefined) return entry;
    }
  }
  return undefined;
}

function isSameFile({ looker }: Known, { paths, kind }: CacheEntry, { file, stat }: { readonly file: string; readonly stat: Stat }): boolean {
  if (kind === "download") return false;
  return inCache(file).some((name) => {
    const cached = looker.lstat(join(paths[0] ?? "", name));
    return cached.ok && cached.value.ino === stat.ino && cached.value.dev === stat.dev;
  });
}
