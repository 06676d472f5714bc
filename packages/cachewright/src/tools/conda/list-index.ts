/**
 * What is noted of channels: `<pkgs>/cache` of conda and mamba, and rattler's repodata. Files of one channel go together:
 * they are checked against each other (conda gateways/repodata/__init__.py `RepodataCache`, mamba core/subdir_index.cpp,
 * rattler_repodata_gateway `validate_cached_state`).
 */
import { publicUrl } from "./dist-urls.ts";
import { groupOf, namesIn, statOf, type Gathered, type Named } from "./gathered.ts";
import { isSetAside } from "./list-packages.ts";

/** Named by the first eight digits of an MD5; conda adds a "1" for `use_only_tar_bz2`. */
const ofChannel = /^([0-9a-f]{8}1?)\.(?:json|info\.json|state\.json|json\.zst|msgpack\.zst|solv|q|shards-cache-v1)$/;
const shardsDatabase = /^(repodata_shards(?:_\d+)?\.db)(?:-wal|-shm|-journal)?$/;
const halfWritten = /^(?:[0-9a-f]{8}1?\.[^.]+\.tmp|\.tmp[A-Za-z0-9]{6})$/;
const state = /\.(?:info|state)\.json$/;

export function groupName(name: string): string | undefined {
  return ofChannel.exec(name)?.[1] ?? shardsDatabase.exec(name)?.[1];
}

/** Answers with the directories and files that are nothing of an index. `below`: what ids begin with. */
export function listIndex(gathered: Gathered, directory: string, below: string): Named[] {
  const groups = new Map<string, Named[]>();
  const others: Named[] = [];
  for (const named of namesIn(gathered, directory)) {
    const group = named.type === "file" ? groupName(named.name) : undefined;
    if (group !== undefined) groups.set(group, [...(groups.get(group) ?? []), named]);
    else if (!single(gathered, named, below)) others.push(named);
  }
  for (const members of groups.values()) channelEntry(gathered, members, below);
  return others;
}

function single(gathered: Gathered, named: Named, below: string): boolean {
  const { name, path, type } = named;
  const isShards = type === "dir" && /^shards(?:-v1)?$/.test(name);
  const isLeft = (type === "file" && halfWritten.test(name)) || isSetAside(name);
  if (type === "file" && name.endsWith(".lock")) gathered.marks.push(path);
  else if (isShards || isLeft) add(gathered, groupOf(gathered, [named], { id: below + name, kind: isShards ? "index" : "leftover", detail: isShards ? "parts of channels" : null, recreate: isShards ? "download" : "nothing" }));
  else return false;
  return true;
}

function channelEntry(gathered: Gathered, members: readonly Named[], below: string): void {
  const url = members.filter(({ name }) => state.test(name)).map(({ path }) => stateOf(gathered, path)).find((found) => found !== undefined);
  const first = members.find(({ name }) => /^[^.]+\.json$/.test(name)) ?? members[0];
  if (first === undefined) return;
  const channel = url === undefined ? null : publicUrl(url);
  const words = { id: below + first.name, kind: "index", detail: channel === null ? null : channelName(channel), recreate: "download" } as const;
  add(gathered, groupOf(gathered, members, channel === null ? words : { ...words, url: channel }));
}

function add({ entries }: Gathered, entry: Gathered["entries"][number] | undefined): void {
  if (entry !== undefined) entries.push(entry);
}

/** `url` (conda from 22.11, mamba, rattler), `_url` (conda before). */
function stateOf(gathered: Gathered, path: string): string | undefined {
  const stat = statOf(gathered, path);
  const bytes = stat === undefined || stat.size > 1 << 16 ? undefined : gathered.looker.readFile(path, 1 << 16);
  if (bytes?.ok !== true) return undefined;
  try {
    const { url, _url: old } = JSON.parse(bytes.value.toString("utf8")) as { url?: unknown; _url?: unknown };
    return [url, old].find((one): one is string => typeof one === "string" && one !== "");
  } catch {
    return undefined;
  }
}

/** "conda-forge/linux-64" */
function channelName(url: string): string {
  return url.replace(/\/[^/]*\.(?:json|msgpack)(?:\.zst)?$/, "").split("/").slice(-2).join("/");
}
