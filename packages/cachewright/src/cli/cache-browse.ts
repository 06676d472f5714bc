import { takeStock } from "../caches/stock.ts";
import type { Machine } from "../machine/machine.ts";
import type { Terminal } from "../machine/terminal.ts";
import type { ToolName } from "../tools/tool.ts";
import { bytesText, countText } from "../report/text/amounts.ts";
import { browseTree } from "./browse/tree.ts";
import { cachedTool } from "./cache-words.ts";
import { isOn, valuesOf, type Call } from "./command.ts";
import { progressOn } from "./progress.ts";
import { recoverFirst } from "./recover-first.ts";

export async function runCacheBrowse(call: Call): Promise<number> {
  const [word] = call.words;
  const tools = word === undefined ? undefined : [await cachedTool(word)];
  const machine = await call.machine();
  if (!canDraw(call.terminal, machine)) return (await import("./cache-browse-plain.ts")).showPlainTree(call, machine);
  if (recoverFirst(call, machine) === "declined") return 1;
  const look = lookAt(call, machine, tools);
  const progress = progressOn(call.terminal);
  const tree = await look((files, bytes) => progress.say(`looking: ${countText(files, "file")}, ${bytesText(bytes)}`));
  progress.end();
  return (await import("./browse/session.ts")).browse(call, machine, { tree, look, now: isOn(call, "now") });
}

/** The whole screen is for terminals that can place what is written on it. */
function canDraw(terminal: Terminal, { env, platform }: Pick<Machine, "env" | "platform">): boolean {
  const kind = env["TERM"];
  return terminal.isTerminal("in") && terminal.isTerminal("out") && kind !== "dumb" && (kind !== undefined || platform === "win32");
}

function lookAt(call: Call, machine: Machine, tools: readonly ToolName[] | undefined) {
  return async (progress: (files: number, bytes: number) => void) => browseTree(await takeStock(machine, {
    tools, directories: valuesOf(call, "environments"), progress: ({ entries, bytes }) => progress(entries, bytes),
  }));
}
