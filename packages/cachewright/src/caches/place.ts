/** One cache on this machine: where it is, whose settings put it there, and what it is. */
import { AppError } from "../machine/app-error.ts";
import type { Errno, Machine } from "../machine/machine.ts";
import { cachedTools, loadCache } from "../tools/all-caches.ts";
import type { CacheAsk, ToolCache } from "../tools/tool-cache.ts";
import type { SettingSource, ToolName } from "../tools/tool.ts";

export type PlaceState =
  /** The tool's own marks are on it. */
  | "present"
  | "absent"
  /** Nothing is in it. */
  | "empty"
  | "unreadable"
  | "not-a-directory"
  /** Something is in it, and nothing says that this tool made it: it is looked at no further. */
  | "unrecognised";

export interface CachePlace {
  readonly tool: ToolName;
  /** What it is for where a tool has several: "packages", "repodata". */
  readonly name: string;
  /** As the settings name it. */
  readonly path: string;
  /** Links resolved; `path` where nothing is there. */
  readonly root: string;
  readonly source: SettingSource;
  /** Installed versions that use it, the chosen one first. */
  readonly versions: readonly string[];
  readonly state: PlaceState;
  readonly errno?: Errno;
  /** Owner of the root; -1 where nothing is there. */
  readonly uid: number;
}

export async function cacheOf(name: ToolName): Promise<ToolCache> {
  const cache = await loadCache(name);
  if (cache === undefined) throw new AppError("E_USAGE", `${name} has no cache of its own`, { hint: `there is ${cachedTools.join(", ")}` });
  return cache;
}

/** What an adapter is asked with. `pythons`: those of this machine, as "3.12". */
export function askWith(machine: Machine, { root, versions }: Pick<CachePlace, "root" | "versions">, pythons: readonly string[]): CacheAsk {
  return { machine, root, now: machine.now().getTime(), versions, pythons };
}
