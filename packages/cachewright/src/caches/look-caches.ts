/** The caches of this machine as lists, unweighed: for telling who holds what, and for taking files out. */
import type { Machine } from "../machine/machine.ts";
import { questionsFor } from "../settings/questions.ts";
import { loadCache } from "../tools/all-caches.ts";
import { toolNames } from "../tools/all-tools.ts";
import type { CacheAsk, CacheListing, ToolCache } from "../tools/tool-cache.ts";
import type { ToolName, ToolPlace } from "../tools/tool.ts";
import { askAbout, cachePlaces } from "./places.ts";

/** An inventory is one, too. */
export interface LookedCache extends Pick<CacheListing, "entries" | "unread"> {
  readonly cache: ToolCache;
  readonly ask: CacheAsk;
}

/** Those that are there and bear the tool's own marks; each directory once, and those that lie in another tool's. */
export async function lookCaches(machine: Machine, tools?: readonly ToolName[]): Promise<LookedCache[]> {
  const places = (await cachePlaces(machine, { tools })).filter(({ state }) => state === "present");
  const looked = new Map<string, LookedCache>();
  const add = async (tool: ToolName, ask: CacheAsk): Promise<void> => {
    const cache = await loadCache(tool);
    if (cache === undefined || looked.has(`${tool} ${ask.root}`)) return;
    const listing = cache.list(ask);
    looked.set(`${tool} ${ask.root}`, { cache, ask, ...listing });
    for (const inner of listing.inner ?? []) await add(inner.tool, { ...ask, root: inner.path, versions: [] });
  };
  for (const place of places) await add(place.tool, askAbout(machine, place));
  return [...looked.values()];
}

/** Every place of every tool, installed or not: who has gone leaves environments behind. */
export async function placesOfTools(machine: Machine): Promise<ToolPlace[]> {
  const questions = await Promise.all(toolNames.map((tool) => questionsFor(machine, tool, { as: [], evenAbsent: true, asIs: true })));
  return questions.flat().flatMap(({ tool, asked }) => tool.locate(asked));
}
