import { entryTree } from "../caches/cache-tree.ts";
import { AppError } from "../machine/app-error.ts";
import type { Machine } from "../machine/machine.ts";
import { cacheTreeText } from "../report/text/cache-tree.ts";
import { stateNotes } from "../report/text/caches.ts";
import { unreadText } from "../report/text/entries.ts";
import { chosenEntries } from "./cache-ls.ts";
import { valueOf, type Call } from "./command.ts";
import { lookHere } from "./look-here.ts";
import { usageHint } from "./parse-call.ts";

/** `cache ls [TOOL] --tree`. */
export async function showCacheTree(call: Call, machine: Machine): Promise<number> {
  const [word] = call.words;
  const wish = { depth: wholeNumber(call, "depth") ?? 3, top: wholeNumber(call, "top") ?? (word === undefined ? 10 : 30), unicode: call.terminal.unicode() };
  const { places, inventories, entries, isAll } = await chosenEntries(call, machine, word);
  const look = lookHere(call.terminal);
  const nodes = entryTree(entries);
  const none = isAll ? "No cache holds anything.\n" : "Nothing in the caches is like that.\n";
  const notes = stateNotes(places, inventories.length > 0).map((note) => `${note}\n`);
  call.terminal.out([nodes.length === 0 ? none : cacheTreeText(nodes, wish, look), ...unreadText(inventories, look), ...(notes.length === 0 ? [] : [notes.join("")])].join("\n"));
  return 0;
}

function wholeNumber(call: Call, name: string): number | undefined {
  const text = valueOf(call, name);
  if (text === undefined) return undefined;
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new AppError("E_USAGE", `--${name} wants a number from 1, not ${text}`, { hint: usageHint(call.command) });
  return Number(text);
}
