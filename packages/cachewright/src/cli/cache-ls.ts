import { environmentsHere } from "../caches/environments-here.ts";
import type { HeldEntry, Inventory } from "../caches/inventory.ts";
import type { CachePlace } from "../caches/place.ts";
import { placesHere } from "../caches/kept-places.ts";
import { selectEntries, sortEntries, sortOrders, type SortOrder } from "../caches/select.ts";
import { AppError } from "../machine/app-error.ts";
import type { Machine } from "../machine/machine.ts";
import { cachedTool, isEmptySelection, selectionOf } from "./cache-words.ts";
import { isOn, valueOf, valuesOf, type Call } from "./command.ts";
import { lookHere } from "./look-here.ts";
import { inventoriesHere, overviewHere } from "./look-again.ts";
import { during, progressOn } from "./progress.ts";
import { usageHint } from "./parse-call.ts";

/** What it can come as, besides the table. */
const forms = ["json", "csv", "html", "tree"] as const;

export async function runCacheLs(call: Call): Promise<number> {
  const [word] = call.words;
  const [form, other] = forms.filter((name) => call.options[name] !== undefined);
  if (other !== undefined) throw new AppError("E_USAGE", `--${form ?? ""} or --${other}, not both`, { hint: usageHint(call.command) });
  const stray = ["depth", "top"].find((name) => call.options[name] !== undefined && form !== "tree");
  if (stray !== undefined) throw new AppError("E_USAGE", `--${stray} is for --tree`, { hint: usageHint(call.command) });
  const machine = await call.machine();
  if (isOn(call, "all-users")) return listAllUsers(call, machine, { word, form });
  if (form === "html") return (await import("./cache-page.ts")).writeCachePage(call, machine);
  if (form === "tree") return (await import("./cache-tree.ts")).showCacheTree(call, machine);
  return word === undefined ? listCaches(call, machine) : listEntries(call, machine, word);
}

async function listCaches(call: Call, machine: Machine): Promise<number> {
  const given = ["project", "kind", "older-than", "larger-than", "unused", "python", "sort"].find((name) => call.options[name] !== undefined);
  if (given !== undefined) throw new AppError("E_USAGE", `--${given} is for the entries of one tool, for --tree and for --html`, { hint: "for example: cachewright cache ls pip --sort used" });
  const exact = isOn(call, "exact");
  const rows = await overviewHere(call, machine, { ...await placesHere(machine, { exact }), exact });
  if (isOn(call, "json")) call.terminal.json((await import("../report/json/caches.ts")).cachesJson(rows));
  else if (isOn(call, "csv")) call.terminal.out((await import("../report/text/csv.ts")).cachesCsv(rows));
  else call.terminal.out((await import("../report/text/caches.ts")).cachesText(rows, lookHere(call.terminal)));
  return 0;
}

async function listAllUsers(call: Call, machine: Machine, { word, form }: { readonly word: string | undefined; readonly form: (typeof forms)[number] | undefined }): Promise<number> {
  if (word !== undefined) throw new AppError("E_USAGE", "--all-users tells of caches, not of entries", { hint: usageHint(call.command) });
  if (form !== undefined && form !== "json") throw new AppError("E_USAGE", `--all-users comes as text or with --json, not with --${form}`, { hint: usageHint(call.command) });
  const { cachesOfAll } = await import("../caches/user-task.ts");
  const users = await during(call.terminal, "looking at accounts", () => cachesOfAll(machine, (name) => progressOn(call.terminal).begin(`looking as ${name}`)));
  if (form === "json") call.terminal.json((await import("../report/json/caches.ts")).allCachesJson(users));
  else call.terminal.out((await import("../report/text/caches.ts")).allCachesText(users, lookHere(call.terminal)));
  return 0;
}

async function listEntries(call: Call, machine: Machine, word: string): Promise<number> {
  const { tool, places, inventories, entries, isAll } = await chosenEntries(call, machine, word);
  if (isOn(call, "json")) call.terminal.json((await import("../report/json/caches.ts")).entriesJson(tool ?? word, { places, inventories, entries }));
  else if (isOn(call, "csv")) call.terminal.out((await import("../report/text/csv.ts")).entriesCsv(entries));
  else call.terminal.out((await import("../report/text/entries.ts")).entriesText({ tool: tool ?? word, places: places.filter(({ state }) => state !== "present"), inventories, entries, isAll }, lookHere(call.terminal)));
  return 0;
}

export interface ChosenEntries {
  /** Undefined: of all tools. */
  readonly tool: CachePlace["tool"] | undefined;
  readonly places: readonly CachePlace[];
  readonly inventories: readonly Inventory[];
  /** As the filters choose and the order has it. */
  readonly entries: readonly HeldEntry[];
  /** No filter was given. */
  readonly isAll: boolean;
  readonly order: SortOrder;
}

/** Of one tool, or of all. */
export async function chosenEntries(call: Call, machine: Machine, word: string | undefined): Promise<ChosenEntries> {
  const tool = word === undefined ? undefined : await cachedTool(word);
  const selection = selectionOf(call);
  const order = orderOf(call);
  const exact = isOn(call, "exact");
  const { places, pythons } = await placesHere(machine, { tools: tool === undefined ? undefined : [tool], exact });
  const environments = await environmentsHere(machine, { ...(tool !== undefined && { tool }), always: selection.unused === true, directories: valuesOf(call, "environments") });
  const inventories = await inventoriesHere(call, machine, { places, pythons, environments, exact });
  const entries = sortEntries(selectEntries(inventories.flatMap((one) => one.entries), selection, machine.now().getTime()), order);
  return { tool, places, inventories, entries, isAll: isEmptySelection(selection), order };
}

function orderOf(call: Call): SortOrder {
  const word = valueOf(call, "sort") ?? "size";
  const order = sortOrders.find((one) => one === word);
  if (order === undefined) throw new AppError("E_USAGE", `there is no order ${word}; there is ${sortOrders.join(", ")}`, { hint: usageHint(call.command) });
  return order;
}
