/** The caches of every tool that has one, each loaded when it is asked for. */
import type { ToolCache } from "./tool-cache.ts";
import type { ToolName } from "./tool.ts";

const loaders: Readonly<Partial<Record<ToolName, () => Promise<ToolCache>>>> = {
  pip: async () => (await import("./pip/tool-cache.ts")).pipCache,
};

/** Tools that have a cache of their own. */
export const cachedTools = Object.keys(loaders) as readonly ToolName[];

export async function loadCache(name: ToolName): Promise<ToolCache | undefined> {
  return loaders[name]?.();
}
