import { takeInventory, type Inventory, type InventoryOptions } from "../caches/inventory.ts";
import type { CachePlace } from "../caches/place.ts";
import type { Machine } from "../machine/machine.ts";
import { bytesText, countText } from "../report/text/amounts.ts";
import { visiblePath } from "../report/text/visible.ts";
import type { Call } from "./command.ts";
import { progressOn } from "./progress.ts";

/** The inventory; on a terminal it is told meanwhile how far the look is. */
export async function lookIntoCaches(call: Call, machine: Machine, { places, ...options }: Omit<InventoryOptions, "onLook"> & { readonly places: readonly CachePlace[] }): Promise<Inventory[]> {
  const progress = progressOn(call.terminal);
  if (!progress.isShown) return takeInventory(machine, places, options);
  try {
    return await takeInventory(machine, places, {
      ...options,
      onLook: (look) => {
        if ("reads" in look) progress.begin(`reading ${visiblePath(look.reads.path)}`);
        else if (look.weighed.entries > 0) progress.say(`weighing: ${countText(look.weighed.entries, "name")}, ${bytesText(look.weighed.bytes)}`);
      },
    });
  } finally {
    progress.end();
  }
}
