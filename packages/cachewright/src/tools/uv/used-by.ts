/**
 * Which entries of a uv cache the environments are made of. Links into the cache break when an entry goes, so every dist
 * is looked at for them; hard links share inodes; a clone or copy is told by its RECORD (uv-fs link.rs).
 */
import { join } from "node:path";
import type { Looker } from "../../machine/machine.ts";
import { recordedFiles } from "../pip/record.ts";
import { normalizedName } from "../python/core-metadata.ts";
import { plainVersion } from "../python/distribution-file.ts";
import { readRecord } from "../python/record-lines.ts";
import type { CacheAsk, CacheEntry, Environment, Use } from "../tool-cache.ts";
import { environmentPrefix, sitesOf } from "./describe-environments.ts";
import { archivesLinkedFrom, linkedFiles, linkedInto, lookAtSite, type InstalledDist } from "./installed-links.ts";

/** An archive and the entry whose it is. */
interface Held {
  readonly archive: string;
  readonly entry: string;
}

interface Cache {
  readonly looker: Looker;
  readonly root: string;
  readonly byPath: ReadonlyMap<string, string>;
  /** By project and version. */
  readonly byName: ReadonlyMap<string, readonly Held[]>;
}

export function uvUsedBy({ machine, root }: CacheAsk, entries: readonly CacheEntry[], environments: readonly Environment[]): ReadonlyMap<string, readonly Use[]> {
  const cache = cacheOf(machine, root, entries);
  const uses = new Map<string, Map<string, Use>>();
  const note = (entry: string, use: Use): void => {
    const known = uses.get(entry) ?? new Map<string, Use>();
    const before = known.get(use.environment);
    if (before === undefined || ranks[use.how] > ranks[before.how]) known.set(use.environment, use);
    uses.set(entry, known);
  };
  for (const { prefix, site } of [...environments, ...ownEnvironments(machine, root, entries)]) {
    for (const at of new Set(site)) lookThrough(cache, at, (entry, how) => note(entry, { environment: prefix, how }));
  }
  return new Map([...uses].map(([entry, known]) => [entry, [...known.values()]]));
}

const ranks: Readonly<Record<Use["how"], number>> = { copy: 0, "hard-link": 1, unknown: 2, "soft-link": 3 };

/** Those that lie in the cache itself use its archives like any other. */
function ownEnvironments(looker: Looker, root: string, entries: readonly CacheEntry[]): Pick<Environment, "prefix" | "site">[] {
  return entries.flatMap((entry) => {
    const prefix = entry.kind === "environment" ? environmentPrefix({ looker, root }, entry) : undefined;
    return prefix === undefined ? [] : [{ prefix, site: sitesOf({ looker }, prefix) }];
  });
}

function cacheOf(looker: Looker, root: string, entries: readonly CacheEntry[]): Cache {
  const byPath = new Map<string, string>();
  const byName = new Map<string, Held[]>();
  for (const { id, kind, paths, project, version } of entries) {
    for (const path of paths) {
      const below = path.slice(root.length + 1);
      if (!/^archive-v\d+\/[^/]+$/.test(below)) continue;
      byPath.set(below, id);
      if (kind === "environment" || project === null || version === null) continue;
      const name = nameOf(project, version);
      byName.set(name, [...(byName.get(name) ?? []), { archive: path, entry: id }]);
    }
  }
  return { looker, root, byPath, byName };
}

function nameOf(project: string, version: string): string {
  return `${normalizedName(project)} ${plainVersion(version.replaceAll("_", "-"))}`;
}

type Note = (entry: string, how: Use["how"]) => void;

function lookThrough(cache: Cache, site: string, note: Note): void {
  const { looker, root, byPath, byName } = cache;
  const look = lookAtSite(looker, site);
  const soft = archivesLinkedFrom(looker, root, look);
  for (const dist of look.dists) {
    for (const archive of linksOfModules(cache, site, dist)) soft.add(archive);
    const held = byName.get(nameOf(dist.project, dist.version)) ?? [];
    const linked = held.find((one) => isSameFile(looker, dist, one.archive));
    if (linked !== undefined) note(linked.entry, "hard-link");
    else for (const one of held.filter(({ archive }) => isCopy(looker, dist, archive)).slice(0, 1)) note(one.entry, "copy");
  }
  for (const archive of soft) {
    const entry = byPath.get(archive);
    // An environment of the cache is no user of itself.
    if (entry !== undefined && !site.startsWith(`${root}/${archive}/`)) note(entry, "soft-link");
  }
}

const mostModules = 3;

/** The first files of the package itself: its directory of metadata may have been copied, and they linked. */
function linksOfModules({ looker, root }: Cache, site: string, { path }: InstalledDist): string[] {
  return modulesOf(looker, path).flatMap((name) => {
    const stat = looker.lstat(join(site, name));
    const archive = stat.ok ? linkedInto(looker, root, join(site, name)) : undefined;
    return archive === undefined ? [] : [archive];
  });
}

function modulesOf(looker: Looker, info: string): string[] {
  const start = looker.readPart(join(info, "RECORD"), { offset: 0, length: 16 * 1024 });
  if (!start.ok) return [];
  // The last line may be cut off.
  const text = start.value.toString("utf8");
  return recordedFiles(start.value.length < 16 * 1024 ? text : text.slice(0, text.lastIndexOf("\n"))).filter((name) => !name.includes(".dist-info/")).slice(0, mostModules);
}

function isSameFile(looker: Looker, { info, path }: InstalledDist, archive: string): boolean {
  return linkedFiles.some((name) => {
    const [here, there] = [looker.lstat(join(path, name)), looker.lstat(join(archive, info, name))];
    return here.ok && there.ok && here.value.type === "file" && here.value.ino === there.value.ino && here.value.dev === there.value.dev;
  });
}

/** Put there by uv, and every digest of the archive's RECORD is the environment's, too; what installing moves elsewhere left out. */
function isCopy(looker: Looker, { info, path }: InstalledDist, archive: string): boolean {
  const installer = looker.readFile(join(path, "INSTALLER"), 64);
  if (!installer.ok || installer.value.toString("latin1").trim() !== "uv") return false;
  const [here, there] = [looker.readFile(join(path, "RECORD"), 16 << 20), looker.readFile(join(archive, info, "RECORD"), 16 << 20)];
  if (!here.ok || !there.ok) return false;
  const [own, held] = [readRecord(here.value.toString("utf8")), readRecord(there.value.toString("utf8"))];
  if (held.size === 0) return isSameMetadata(looker, path, join(archive, info));
  return [...held].every(([name, { digest }]) => digest === undefined || name.includes(".data/") || own.get(name)?.digest === digest);
}

function isSameMetadata(looker: Looker, a: string, b: string): boolean {
  const [here, there] = [looker.readFile(join(a, "METADATA"), 16 << 20), looker.readFile(join(b, "METADATA"), 16 << 20)];
  return here.ok && there.ok && here.value.equals(there.value);
}
