import type { Machine } from "../machine/machine.ts";
import { showCacheTree } from "./cache-tree.ts";
import type { Call } from "./command.ts";
import { lookHere } from "./look-here.ts";

/** Where nothing can be drawn: the tree as text, and how to go on from there. */
export async function showPlainTree(call: Call, machine: Machine): Promise<number> {
  const code = await showCacheTree(call, machine);
  const { command } = lookHere(call.terminal);
  call.terminal.err(`This is no terminal to walk and mark on. To take entries out: ${command} cache rm TOOL PROJECT…\n`);
  return code;
}
