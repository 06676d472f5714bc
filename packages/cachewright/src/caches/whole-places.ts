import type { HeldEntry, Inventory } from "./inventory.ts";

/**
 * The fewest paths that are these entries: a directory directly below the root goes as one when everything in it does.
 * What is foreign, unknown or stays keeps its directory.
 */
export function wholePlaces({ place: { root }, entries, foreign, unread, marks }: Pick<Inventory, "place" | "entries" | "foreign" | "unread" | "marks">, going: readonly HeldEntry[]): string[] {
  const top = (path: string): string => path.slice(root.length + 1).split("/")[0] ?? "";
  const goes = new Set(going.map(({ id }) => id));
  const held = new Set([
    ...entries.filter(({ id }) => !goes.has(id)).flatMap(({ paths }) => paths.map(top)),
    ...[...foreign, ...marks, ...unread.map(({ path }) => path)].map(top),
  ]);
  // A part that could not be looked into may hold anything.
  if (unread.some(({ path }) => path === root)) return going.flatMap(({ paths }) => paths);
  return [...new Set(going.flatMap(({ paths }) => paths.map((path) => (held.has(top(path)) ? path : `${root}/${top(path)}`))))];
}
