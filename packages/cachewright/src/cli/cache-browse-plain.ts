import { takeInventory } from "../caches/inventory.ts";
import { cachePlaces } from "../caches/places.ts";
import { sortEntries } from "../caches/select.ts";
import type { Machine } from "../machine/machine.ts";
import { entriesText } from "../report/text/entries.ts";
import type { ToolName } from "../tools/tool.ts";
import type { Call } from "./command.ts";
import { lookHere } from "./look-here.ts";

/** Where nothing can be drawn: the tree as text, and how to go on from there. */
export async function showPlainTree(call: Call, machine: Machine, tools: readonly ToolName[] | undefined): Promise<number> {
  const inventories = await takeInventory(machine, await cachePlaces(machine, { tools }));
  call.terminal.out(entriesText({ tool: "", places: [], inventories, entries: sortEntries(inventories.flatMap(({ entries }) => entries), "size"), isAll: true }, lookHere(call.terminal)));
  call.terminal.err(`This is no terminal to mark entries on. To remove: ${lookHere(call.terminal).command} cache rm TOOL PROJECT\n`);
  return 0;
}
