/** Entries as a tree: tool, project, version. What the map of a page, `cache ls --tree` and `cache browse` show. Pure. */
import { normalizedName } from "../tools/python/core-metadata.ts";
import type { EntryKind } from "../tools/tool-cache.ts";
import type { ToolName } from "../tools/tool.ts";
import type { HeldEntry } from "./inventory.ts";
import { lastUse } from "./select.ts";

/** An inventory is one, too. */
export interface TreeListing {
  readonly entries: readonly HeldEntry[];
}

export interface CacheNode {
  readonly level: "tool" | "project" | "version";
  /** A project's as PEP 503 has it, conda's in lower case; what belongs to none stands under its kind: "(index)". */
  readonly name: string;
  /** Unique in its tree, and the same in the next look: the names from the tool down. */
  readonly key: string;
  /** Sums over the entries: files that two of them share count in both. */
  readonly bytes: number;
  readonly reclaimable: number;
  /** ms; the newest last use below, 0 where nothing tells. */
  readonly usedMs: number;
  /** Of the whole branch. */
  readonly entries: readonly HeldEntry[];
  /** Largest first; a version has none. */
  readonly children: readonly CacheNode[];
}

/** Tools whose "a_b" and "a-b" are two packages. */
const condaLike: ReadonlySet<string> = new Set<ToolName>(["conda", "mamba", "micromamba", "rattler", "pixi"]);

/** One node for each tool, all its caches together, the largest first. */
export function cacheTree(listings: readonly TreeListing[]): CacheNode[] {
  return entryTree(listings.flatMap(({ entries }) => entries));
}

/** Of those that filters have left. */
export function entryTree(entries: readonly HeldEntry[]): CacheNode[] {
  return bySize([...grouped(entries, ({ place }) => place.tool)].map(([tool, own]) => toolNode(tool, own)));
}

function toolNode(tool: string, entries: readonly HeldEntry[]): CacheNode {
  const projects = [...grouped(entries, (entry) => projectOf(tool, entry))].map(([project, own]): CacheNode => {
    const key = keyOf(tool, project);
    const versions = [...grouped(own, versionOf)].map(([version, same]) => node({ level: "version", name: version, key: keyOf(key, version), entries: same, children: [] }));
    return node({ level: "project", name: project, key, entries: own, children: bySize(versions) });
  });
  return node({ level: "tool", name: tool, key: tool, entries, children: bySize(projects) });
}

function projectOf(tool: string, { project, kind }: HeldEntry): string {
  if (project === null) return kindName(kind);
  return condaLike.has(tool) ? project.toLowerCase() : normalizedName(project);
}

/** What has no version is told by its kind; what has no project, by what else tells it apart. */
function versionOf({ project, version, kind, detail, id }: HeldEntry): string {
  return project === null ? detail ?? id : version ?? kindName(kind);
}

function kindName(kind: EntryKind): string {
  return `(${kind})`;
}

/** No name can be taken for two: what parts them is escaped in them. */
function keyOf(above: string, name: string): string {
  return `${above}/${name.replace(/[%/]/g, (sign) => (sign === "%" ? "%25" : "%2f"))}`;
}

function node(of: Pick<CacheNode, "level" | "name" | "key" | "entries" | "children">): CacheNode {
  let [bytes, reclaimable, usedMs] = [0, 0, 0];
  for (const entry of of.entries) {
    bytes += entry.size.bytes;
    reclaimable += entry.size.reclaimable;
    usedMs = Math.max(usedMs, lastUse(entry));
  }
  return { ...of, bytes, reclaimable, usedMs };
}

function bySize(nodes: readonly CacheNode[]): CacheNode[] {
  return nodes.toSorted((a, b) => b.bytes - a.bytes || (a.name < b.name ? -1 : Number(a.name > b.name)));
}

function grouped<T>(all: readonly T[], keyOfOne: (one: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const one of all) {
    const key = keyOfOne(one);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [one]);
    else group.push(one);
  }
  return groups;
}
