import { environmentsHere } from "../caches/environments-here.ts";
import { cachePlaces } from "../caches/places.ts";
import { matchesPattern } from "../caches/entry-pattern.ts";
import { AppError } from "../machine/app-error.ts";
import { cachedTool } from "./cache-words.ts";
import { isOn, valuesOf, type Call } from "./command.ts";
import { lookHere } from "./look-here.ts";
import { lookIntoCaches } from "./look-into-caches.ts";
import { usageHint } from "./parse-call.ts";

export async function runCacheShow(call: Call): Promise<number> {
  const [word, wanted] = call.words;
  if (word === undefined || wanted === undefined) throw new AppError("E_USAGE", "cache show which entry of which tool?", { hint: usageHint(call.command) });
  const tool = await cachedTool(word);
  const machine = await call.machine();
  const places = await cachePlaces(machine, { tools: [tool] });
  const inventories = await lookIntoCaches(call, machine, { places, environments: await environmentsHere(machine, { always: true, directories: valuesOf(call, "environments") }) });
  const all = inventories.flatMap(({ entries }) => entries);
  const byId = all.filter(({ id }) => id === wanted || id.startsWith(wanted));
  const found = byId.length > 0 ? byId : all.filter((entry) => matchesPattern(entry, wanted));
  const entries = found.map((entry) => {
    const inventory = inventories.find(({ place }) => place.root === entry.place.root);
    return inventory?.cache.details === undefined ? entry : { ...entry, ...inventory.cache.details(inventory.ask, entry), size: entry.size };
  });
  if (entries.length === 0) throw new AppError("E_UNKNOWN_ID", `nothing in the cache of ${tool} is called ${wanted}`, { hint: `cachewright cache ls ${tool} lists it` });
  if (isOn(call, "json")) call.terminal.json((await import("../report/json/caches.ts")).entriesJson(tool, { places, inventories, entries }));
  else call.terminal.out((await import("../report/text/entry.ts")).entryDetailsText(entries, machine, lookHere(call.terminal)));
  return 0;
}
