/** Where the caches are, to be shown: as long as nothing has changed that was looked at, no tool has to be asked for it again. */
import { keptLook } from "../machine/kept-look.ts";
import type { Machine } from "../machine/machine.ts";
import type { ToolName } from "../tools/tool.ts";
import type { CachePlace } from "./place.ts";

export interface PlacesHere {
  readonly places: readonly CachePlace[];
  /** Of this machine, as "3.12". */
  readonly pythons: readonly string[];
}

export interface PlacesWish {
  /** All that have a cache when not given. */
  readonly tools?: readonly ToolName[] | undefined;
  /** Look at all of it, whatever is remembered. */
  readonly exact: boolean;
}

export async function placesHere(machine: Machine, { tools, exact }: PlacesWish): Promise<PlacesHere> {
  const look = async (looked: Machine): Promise<PlacesHere> => (await import("./places.ts")).lookForPlaces(looked, tools);
  return exact ? look(machine) : keptLook(machine, `caches of ${tools?.join(" ") ?? "all"}`, look);
}
