/** Caches to be shown: what is remembered of unchanged ones will do, unless all is to be walked. The others are looked into. */
import { keepInventory, recallHeld, recallInventory } from "../caches/inventory-kept.ts";
import type { Inventory, InventoryOptions } from "../caches/inventory.ts";
import { overviewOf, type CacheRow } from "../caches/overview.ts";
import type { PlacesHere } from "../caches/kept-places.ts";
import type { CachePlace } from "../caches/place.ts";
import type { Machine } from "../machine/machine.ts";
import type { Environment } from "../tools/tool-cache.ts";
import type { Call } from "./command.ts";

interface Wish extends PlacesHere {
  readonly exact: boolean;
}

export async function overviewHere(call: Call, machine: Machine, { places, pythons, exact }: Wish): Promise<CacheRow[]> {
  const remembered = new Map(presentOf(places).flatMap((place) => {
    const held = exact ? undefined : recallHeld(machine, place, pythons);
    return held === undefined ? [] : [[place, held] as const];
  }));
  const inventories = await lookAnew(call, machine, { places: places.filter((place) => !remembered.has(place)), exact });
  return overviewOf(machine, places, { inventories, remembered });
}

/** Uses are looked for each time: an environment that comes or goes changes nothing in the cache. */
export async function inventoriesHere(call: Call, machine: Machine, { places, pythons, exact, environments }: Wish & { readonly environments: readonly Environment[] | undefined }): Promise<Inventory[]> {
  const remembered = new Map<CachePlace, Inventory>();
  for (const place of exact ? [] : presentOf(places)) {
    const inventory = await recallInventory(machine, place, pythons);
    if (inventory !== undefined) remembered.set(place, inventory);
  }
  const anew = await lookAnew(call, machine, { places: places.filter((place) => !remembered.has(place)), exact, environments });
  return [...await withUses([...remembered.values()], environments), ...anew];
}

function presentOf(places: readonly CachePlace[]): CachePlace[] {
  return places.filter(({ state }) => state === "present");
}

async function withUses(inventories: readonly Inventory[], environments: readonly Environment[] | undefined): Promise<Inventory[]> {
  if (environments === undefined || inventories.length === 0) return [...inventories];
  const { usesOf } = await import("../caches/inventory.ts");
  return inventories.map((inventory) => {
    const uses = usesOf({ ...inventory, environments });
    return { ...inventory, entries: inventory.entries.map((entry) => ({ ...entry, uses: uses.get(entry.id) ?? [] })) };
  });
}

/** What it takes to look is loaded when something has changed. */
async function lookAnew(call: Call, machine: Machine, options: Omit<InventoryOptions, "onLook"> & Omit<Wish, "pythons">): Promise<Inventory[]> {
  if (presentOf(options.places).length === 0) return [];
  const inventories = await (await import("./look-into-caches.ts")).lookIntoCaches(call, machine, options);
  for (const inventory of inventories) keepInventory(machine, inventory);
  return inventories;
}
