import type { HeldEntry, Inventory } from "./inventory.ts";

type Held = Pick<Inventory, "place" | "entries" | "foreign" | "unread" | "marks">;

export interface WholeOptions {
  /** Every cache that was looked at. */
  readonly all?: readonly Held[];
  /** Whether others can put something of theirs into a directory: there each entry is judged by its owner. */
  readonly isOpen?: (directory: string) => boolean;
}

/**
 * The fewest paths that are these entries: a directory directly below the root goes as one when everything in it does.
 * What is foreign, unknown or stays keeps its directory, and so does what is another tool's cache at or below the root.
 */
export function wholePlaces({ place: { root, tool }, entries, foreign, unread, marks }: Held, going: readonly HeldEntry[], { all = [], isOpen = () => false }: WholeOptions = {}): string[] {
  const top = (path: string): string => path.slice(root.length + 1).split("/")[0] ?? "";
  const goes = new Set(going.map(({ id }) => id));
  const held = new Set([
    ...entries.filter(({ id }) => !goes.has(id)).flatMap(({ paths }) => paths.map(top)),
    ...[...foreign, ...marks, ...unread.map(({ path }) => path), ...all.flatMap((other) => (other.place.tool === tool && other.place.root === root ? [] : pathsOf(other, root)))].map(top),
  ]);
  // A part that could not be looked into may hold anything.
  if (unread.some(({ path }) => path === root)) return going.flatMap(({ paths }) => paths);
  for (const name of new Set(going.flatMap(({ paths }) => paths.map(top)))) if (!held.has(name) && isOpen(`${root}/${name}`)) held.add(name);
  return [...new Set(going.flatMap(({ paths }) => paths.map((path) => (held.has(top(path)) ? path : `${root}/${top(path)}`))))];
}

/** Of a cache at or below a root: all of it. */
function pathsOf({ place, entries, foreign, unread, marks }: Held, root: string): string[] {
  if (place.root.startsWith(`${root}/`)) return [place.root];
  return place.root === root ? [...entries.flatMap(({ paths }) => paths), ...foreign, ...marks, ...unread.map(({ path }) => path)] : [];
}
