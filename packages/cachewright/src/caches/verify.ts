/** Every entry read by its tool's adapter. */
import type { Fault } from "../tools/tool-cache.ts";
import { matchesPattern } from "./entry-pattern.ts";
import type { HeldEntry, Inventory } from "./inventory.ts";

export interface Verified {
  readonly inventory: Inventory;
  /** Entries that were read. */
  readonly read: number;
  readonly bytes: number;
  /** Of these, how many had nothing to be held to but their form. */
  readonly unproven: number;
  readonly faults: readonly Fault[];
  readonly broken: readonly HeldEntry[];
}

export interface VerifyOptions {
  readonly projects?: readonly string[];
  readonly onProgress?: (done: { readonly entries: number; readonly bytes: number; readonly faults: number }) => void;
}

export function verifyInventory(inventory: Inventory, { projects = [], onProgress }: VerifyOptions = {}): Verified {
  const wanted = inventory.entries.filter((entry) => projects.length === 0 || projects.some((pattern) => matchesPattern(entry, pattern)));
  const byId = new Map(wanted.map((entry) => [entry.id, entry]));
  const faults: Fault[] = [];
  let [read, bytes, unproven] = [0, 0, 0];
  for (const verdict of inventory.cache.verify(inventory.ask, wanted)) {
    read += 1;
    bytes += verdict.bytes;
    if (verdict.unproven === true) unproven += 1;
    faults.push(...verdict.faults);
    onProgress?.({ entries: read, bytes, faults: faults.length });
  }
  const broken = [...new Set(faults.map(({ entry }) => entry))].flatMap((id) => byId.get(id) ?? []);
  return { inventory, read, bytes, unproven, faults, broken };
}
