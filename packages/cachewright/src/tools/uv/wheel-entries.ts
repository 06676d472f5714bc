/** The wheels of a uv cache by package: what is known of one, the pointer to it, and the link to where it lies unpacked. */
import { linkedArchive, pointerAt } from "./archive-link.ts";
import { addFiles, addLeftover, idOf, isTemporary, itemsIn, shownUrl, sizeOf, statsOf, timesOf, type Item, type UvWalk } from "./cache-walk.ts";
import { isWheelName, wheelStemOf } from "./wheel-stem.ts";

interface WheelFiles {
  readonly stem: string;
  /** Without a suffix: the link, the link file of Windows, or the unpacked wheel itself (the oldest uvs). */
  unpacked?: Item;
  pointer?: Item;
  metadata?: Item;
  lock?: Item;
}

export function wheelEntries(walk: UvWalk, directory: string, project: string): void {
  const groups = new Map<string, WheelFiles>();
  for (const item of itemsIn(walk, directory)) {
    if (isTemporary(item.name)) addLeftover(walk, item.path, { detail: "half-written" });
    else if (isWheelName(item.name)) sortIn(groups, item);
    else walk.foreign.push(item.path);
  }
  for (const group of groups.values()) addWheel(walk, directory, { project, group });
}

function sortIn(groups: Map<string, WheelFiles>, item: Item): void {
  const [, stem = item.name, suffix] = /^(.+)\.(http|rev|msgpack|lock)$/.exec(item.name) ?? [];
  const group = groups.get(stem) ?? { stem };
  groups.set(stem, group);
  if (suffix === "lock") group.lock = item;
  else if (suffix === "msgpack") group.metadata = item;
  else if (suffix === undefined) group.unpacked = item;
  else group.pointer = item;
}

interface Named { readonly project: string; readonly group: WheelFiles }

function addWheel(walk: UvWalk, directory: string, { project, group }: Named): void {
  const { stem, pointer, metadata, lock } = group;
  const link = group.unpacked === undefined ? undefined : linkedArchive(walk.looker, group.unpacked);
  // A directory is what the oldest made; what is neither, nor leads to an archive, is no uv's.
  const unpacked = group.unpacked?.type === "dir" || link !== undefined ? group.unpacked : undefined;
  if (group.unpacked !== undefined && unpacked === undefined) walk.foreign.push(group.unpacked.path);
  if (unpacked === undefined && pointer === undefined) {
    if (metadata !== undefined) addMetadata(walk, directory, { project, group });
    // Locks stay behind, empty; what they are for is gone or on its way.
    else if (lock !== undefined) walk.marks.push(lock.path);
    return;
  }
  const look = pointer === undefined ? undefined : pointerAt(walk, pointer.path);
  const known = look === undefined || "fault" in look.told ? undefined : look.told;
  const archives = [...new Set([link, known === undefined ? undefined : `archive-v0/${known.id}`])].filter((one) => one !== undefined);
  const { version, tags, python } = wheelStemOf(known?.filename, stem);
  const paths = [unpacked, pointer, metadata, lock].flatMap((item) => (item === undefined ? [] : [item.path]));
  // With an archive a walk has to weigh it anyhow, as where the oldest have the wheel itself.
  const isWeighed = archives.length === 0 && unpacked?.type !== "dir";
  const stats = isWeighed || look?.stat === undefined ? statsOf(walk, paths) : [look.stat];
  if (stats.length === 0) return;
  walk.drafts.push({
    id: idOf(walk, `${directory}/${stem}`), kind: "package", project, version, detail: tags, python, paths, archives, size: isWeighed ? sizeOf(stats) : null, ...timesOf(stats), recreate: "download",
    ...shownUrl(known?.url), ...(known !== undefined && Object.keys(known.hashes).length > 0 ? { hashes: known.hashes } : {}),
  });
}

/** Metadata of a version that was looked at and never installed; and what stays when the wheel's archive is gone. */
function addMetadata(walk: UvWalk, directory: string, { project, group: { stem, metadata, lock } }: Named): void {
  const { version, tags, python } = wheelStemOf(undefined, stem);
  const paths = [metadata, lock].flatMap((item) => (item === undefined ? [] : [item.path]));
  addFiles(walk, paths, { id: idOf(walk, `${directory}/${stem}`), kind: "metadata", project, version, detail: tags, python, recreate: "download" });
}
