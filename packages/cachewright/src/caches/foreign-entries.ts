import type { Machine } from "../machine/machine.ts";
import type { HeldEntry, Inventory } from "./inventory.ts";

/** Entries that are another account's, of those that are at these paths or below them: theirs to remove, and with what reason they stay. */
export function foreignAmong(machine: Pick<Machine, "identity" | "lstat">, { place: { root } }: Pick<Inventory, "place">, own: readonly HeldEntry[], paths: readonly string[]): Map<HeldEntry, string> {
  const { euid } = machine.identity;
  const owners = new Map<string, number>();
  for (const path of euid < 0 ? [] : paths) {
    const stat = machine.lstat(path);
    if (stat.ok && stat.value.uid !== euid) owners.set(path, stat.value.uid);
  }
  if (owners.size === 0) return new Map();
  const ownerOf = (path: string): number | undefined => owners.get(path) ?? owners.get(`${root}/${path.slice(root.length + 1).split("/")[0] ?? ""}`);
  return new Map(own.flatMap((entry): [HeldEntry, string][] => {
    const owner = entry.paths.map(ownerOf).find((uid) => uid !== undefined);
    return owner === undefined ? [] : [[entry, `it belongs to uid ${owner}`]];
  }));
}
