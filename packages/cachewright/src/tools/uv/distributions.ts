/** Wheels that a uv cache holds: those built here as files, the others unpacked. Sources are kept unpacked and changed by building. */
import { basename, join } from "node:path";
import type { Looker } from "../../machine/machine.ts";
import { headersOf } from "../python/core-metadata.ts";
import { compressedTags } from "../python/distribution-name.ts";
import type { CacheAsk, CacheEntry, HeldDistribution } from "../tool-cache.ts";

export function* uvDistributions({ machine, root }: CacheAsk, entries: readonly CacheEntry[]): Iterable<HeldDistribution> {
  const byId = new Map(entries.map((entry) => [entry.id, entry]));
  for (const entry of entries) {
    if (entry.kind !== "package" && entry.kind !== "built-wheel") continue;
    const file = entry.paths.find((path) => path.endsWith(".whl"));
    const held = file === undefined ? undefined : wheelFile(machine, entry, file);
    const unpacked = held === undefined ? unpackedOf(root, entry, byId) : undefined;
    const found = held ?? (unpacked === undefined ? undefined : unpackedWheel(machine, entry, unpacked));
    if (found !== undefined) yield found;
  }
}

function wheelFile(looker: Looker, { id }: CacheEntry, path: string): HeldDistribution | undefined {
  const stat = looker.lstat(path);
  return stat.ok && stat.value.type === "file" ? { entry: id, filename: basename(path), hashes: {}, body: { path, offset: 0, length: stat.value.size } } : undefined;
}

/** An entry's own archive, or the one that it shares. */
function unpackedOf(root: string, { paths, needs = [] }: CacheEntry, byId: ReadonlyMap<string, CacheEntry>): string | undefined {
  const isArchive = (path: string): boolean => /^archive-v\d+\/[^/]+$/.test(path.slice(root.length + 1));
  // The shared archive itself is told by those that need it: they know whence it came.
  if (paths.length === 1 && paths.every(isArchive)) return undefined;
  return paths.find(isArchive) ?? needs.flatMap((id) => byId.get(id)?.paths ?? []).find(isArchive);
}

function unpackedWheel(looker: Looker, { id, url, hashes = {}, detail }: CacheEntry, unpacked: string): HeldDistribution | undefined {
  const entries = looker.list(unpacked);
  const info = entries.ok ? entries.value.find(({ name }) => name.endsWith(".dist-info"))?.name : undefined;
  if (info === undefined) return undefined;
  const fetched = fileOf(url);
  const stem = info.slice(0, -".dist-info".length);
  const tags = detail ?? tagsIn(looker, join(unpacked, info, "WHEEL"));
  const filename = fetched ?? (tags === null ? undefined : `${stem}-${tags}.whl`);
  return filename === undefined ? undefined : { entry: id, filename, hashes, body: { unpacked } };
}

function fileOf(url: string | undefined): string | undefined {
  const name = url === undefined ? undefined : /\/([^/?#]+\.whl)(?:[?#]|$)/.exec(url)?.[1];
  try {
    return name === undefined ? undefined : decodeURIComponent(name).includes("/") ? undefined : decodeURIComponent(name);
  } catch {
    return undefined;
  }
}

function tagsIn(looker: Looker, path: string): string | null {
  const text = looker.readFile(path, 64 * 1024);
  return text.ok ? compressedTags(headersOf(text.value.toString("utf8"), "Tag")) : null;
}
