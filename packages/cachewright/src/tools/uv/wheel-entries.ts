/** The wheels of a uv cache by package: what is known of one, the pointer to it, and the link to where it lies unpacked. */
import type { UvPointerAnswer } from "./pointer.ts";
import { linkedArchive, pointerAt } from "./archive-link.ts";
import { addFiles, addLeftover, idOf, isTemporary, itemsIn, shownUrl, sizeOf, statsOf, timesOf, type Item, type UvWalk } from "./cache-walk.ts";
import { wheelStemOf } from "./wheel-stem.ts";

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
    else sortIn(groups, item);
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
  const { stem, unpacked, pointer, metadata, lock } = group;
  if (unpacked === undefined && pointer === undefined) {
    if (metadata !== undefined) addMetadata(walk, directory, { project, group });
    // Locks stay behind, empty; what they are for is gone or on its way.
    else if (lock !== undefined) walk.marks.push(lock.path);
    return;
  }
  const told: UvPointerAnswer | undefined = pointer === undefined ? undefined : pointerAt(walk, pointer.path);
  const known = told === undefined || "fault" in told ? undefined : told;
  const archives = [unpacked === undefined ? undefined : linkedArchive(walk.looker, unpacked), known === undefined ? undefined : `archive-v0/${known.id}`];
  const { version, tags, python } = wheelStemOf(known?.filename, stem);
  const paths = [unpacked, pointer, metadata, lock].flatMap((item) => (item === undefined ? [] : [item.path]));
  const stats = statsOf(walk, paths);
  walk.drafts.push({
    id: idOf(walk, `${directory}/${stem}`), kind: "package", project, version, detail: tags, python, paths, archives: [...new Set(archives.filter((one) => one !== undefined))],
    // The oldest have the wheel itself here.
    size: unpacked?.type === "dir" ? null : sizeOf(stats), ...timesOf(stats), recreate: "download", ...shownUrl(known?.url),
    ...(known !== undefined && Object.keys(known.hashes).length > 0 ? { hashes: known.hashes } : {}),
  });
}

/** Metadata of a version that was looked at and never installed; and what stays when the wheel's archive is gone. */
function addMetadata(walk: UvWalk, directory: string, { project, group: { stem, metadata, lock } }: Named): void {
  const { version, tags, python } = wheelStemOf(undefined, stem);
  const paths = [metadata, lock].flatMap((item) => (item === undefined ? [] : [item.path]));
  addFiles(walk, paths, { id: idOf(walk, `${directory}/${stem}`), kind: "metadata", project, version, detail: tags, python, recreate: "download" });
}
