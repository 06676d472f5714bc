/** The caches of this machine that somebody asks about: each root once, with what lies in it. */
import type { Machine } from "../machine/machine.ts";
import { remembering } from "../machine/remembering.ts";
import { accountHome, questionsFor, type Question } from "../settings/questions.ts";
import { cachedTools, loadCache } from "../tools/all-caches.ts";
import { toolNames } from "../tools/all-tools.ts";
import { knownPythons } from "../tools/python/known-pythons.ts";
import type { CacheAsk, CacheListing, ToolCache } from "../tools/tool-cache.ts";
import type { ToolName, ToolPlace } from "../tools/tool.ts";

/** Of an inventory, what telling who holds what and taking files out needs. */
export interface LookedCache extends Pick<CacheListing, "entries" | "unread"> {
  readonly cache: ToolCache;
  readonly ask: CacheAsk;
}

/** Every place of every tool, installed or not: who has gone leaves caches and environments behind. */
export async function placesOfTools(machine: Machine, tools: readonly ToolName[] = toolNames): Promise<ReadonlyMap<ToolName, { readonly places: readonly ToolPlace[]; readonly versions: readonly string[] }>> {
  const found = await Promise.all(tools.map(async (tool) => {
    const questions = await questionsFor(machine, tool, { as: [], evenAbsent: true });
    return [tool, { places: questions.flatMap(placesOf), versions: questions.flatMap(({ version }) => (version === null ? [] : [version])) }] as const;
  }));
  return new Map(found);
}

function placesOf({ tool, asked }: Question): readonly ToolPlace[] {
  return tool.locate(asked);
}

/** Those that are there and bear the tool's own marks. */
export async function lookCaches(machine: Machine, tools: readonly ToolName[] = cachedTools): Promise<LookedCache[]> {
  // Settings are read once for all tools; caches are too large to be kept in mind.
  const look = remembering(machine);
  const known = await placesOfTools(look, tools);
  const pythons = [...new Set(knownPythons(look, machine.env["HOME"] || accountHome(machine)).map(({ version }) => version))];
  const looked = new Map<string, LookedCache>();
  for (const tool of tools) {
    const cache = await loadCache(tool);
    const { places = [], versions = [] } = known.get(tool) ?? {};
    for (const { path } of cache?.roots(places) ?? []) {
      const root = machine.realpath(path);
      if (cache === undefined || !root.ok || looked.has(`${tool} ${root.value}`) || !cache.recognises(machine, root.value)) continue;
      const ask: CacheAsk = { machine, root: root.value, now: machine.now().getTime(), versions, pythons };
      looked.set(`${tool} ${root.value}`, { cache, ask, ...cache.list(ask) });
    }
  }
  return [...looked.values()];
}
