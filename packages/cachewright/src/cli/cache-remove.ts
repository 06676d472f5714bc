import { environmentsHere } from "../caches/environments-here.ts";
import type { HeldEntry, Inventory } from "../caches/inventory.ts";
import { cachePlaces } from "../caches/places.ts";
import { selectEntries } from "../caches/select.ts";
import { AppError } from "../machine/app-error.ts";
import type { Machine } from "../machine/machine.ts";
import type { ToolName } from "../tools/tool.ts";
import { visibleText } from "../report/text/visible.ts";
import { changeAsAsked } from "./cache-change.ts";
import { cachedTool, isEmptySelection, selectionOf, toolsNamed } from "./cache-words.ts";
import { isOn, valuesOf, type Call } from "./command.ts";
import { lookIntoCaches } from "./look-into-caches.ts";
import { usageHint } from "./parse-call.ts";
import { recoverFirst } from "./recover-first.ts";

export async function runCacheRm(call: Call): Promise<number> {
  const [word, ...patterns] = call.words;
  if (word === undefined) throw new AppError("E_USAGE", "cache rm out of which tool's cache?", { hint: usageHint(call.command) });
  const tool = await cachedTool(word);
  const selection = selectionOf(call);
  if (patterns.length === 0 && isEmptySelection(selection)) {
    throw new AppError("E_USAGE", "cache rm needs to know which entries", { hint: `a pattern or a filter; to empty the cache: cachewright cache clear ${tool}` });
  }
  return remove(call, [tool], ({ inventories, now }) => {
    const all = inventories.flatMap(({ entries }) => entries);
    const byId = all.filter(({ id }) => patterns.includes(id));
    const names = patterns.filter((pattern) => !byId.some(({ id }) => id === pattern));
    const chosen = names.length === 0 && patterns.length > 0 ? [] : selectEntries(all, { ...selection, projects: [...(selection.projects ?? []), ...names] }, now);
    const fits = chosen.length + byId.length > 0;
    const stray = names.filter((name) => selectEntries(all, { ...selection, projects: [name] }, now).length === 0);
    if (stray.length > 0 || !fits) call.terminal.err(nothingLike({ tool, stray, filtered: !isEmptySelection(selection), isThere: inventories.length > 0 }));
    return { chosen: [...new Set([...byId, ...chosen])], code: chosen.length + byId.length === 0 ? 1 : undefined };
  });
}

interface Missed {
  readonly tool: ToolName;
  readonly stray: readonly string[];
  readonly filtered: boolean;
  readonly isThere: boolean;
}

function nothingLike({ tool, stray, filtered, isThere }: Missed): string {
  if (!isThere) return `${tool} has no cache here: there is nothing to take out.\n`;
  const called = stray.length === 0 ? "" : ` is called ${stray.map(visibleText).join(" or ")}`;
  const fitting = filtered ? `${called === "" ? "" : " and"} fits the filters` : "";
  return `Nothing in ${tool}'s cache${called}${fitting}. What there is: cachewright cache ls ${tool}\n`;
}

export async function runCacheClear(call: Call): Promise<number> {
  const tools = await toolsNamed(call.words);
  if (tools === undefined) throw new AppError("E_USAGE", "cache clear of which tool?", { hint: usageHint(call.command) });
  return remove(call, tools, ({ inventories }) => ({ chosen: inventories.flatMap(({ entries }) => entries) }));
}

export interface Seen {
  readonly machine: Machine;
  readonly inventories: readonly Inventory[];
  readonly now: number;
}

/** `code`: ends here with that, where nothing is to be done. */
export type Choose = (seen: Seen) => { readonly chosen: readonly HeldEntry[]; readonly code?: number | undefined };

export async function remove(call: Call, tools: readonly ToolName[] | undefined, choose: Choose): Promise<number> {
  const machine = await call.machine();
  if (recoverFirst(call, machine) === "declined") return 1;
  const environments = await environmentsHere(machine, { always: true, directories: valuesOf(call, "environments") });
  const inventories = await lookIntoCaches(call, machine, { places: await cachePlaces(machine, { tools }), environments, exact: true });
  const { chosen, code } = choose({ machine, inventories, now: machine.now().getTime() });
  if (chosen.length === 0 && code !== undefined && !isOn(call, "json")) return code;
  const changed = await changeAsAsked(call, machine, { inventories, chosen, now: isOn(call, "now"), why: `asked for: ${call.command.name}` });
  if (isOn(call, "json")) call.terminal.json((await import("../report/json/caches.ts")).cacheChangeJson(changed));
  return changed.status === "nothing" ? (code ?? 0) : changed.code;
}
