import type { Machine } from "../machine/machine.ts";
import type { Environment } from "../tools/tool-cache.ts";
import type { ToolName } from "../tools/tool.ts";

/** Tools whose list tells who uses what: their records say so at little cost. */
const toldAlways: readonly ToolName[] = ["conda", "mamba", "micromamba", "pixi"];

/** Undefined where nobody asks: finding every environment takes its time. */
export async function environmentsHere(_machine: Machine, { tool, always }: { readonly tool?: ToolName; readonly always: boolean }): Promise<Environment[] | undefined> {
  if (!always && (tool === undefined || !toldAlways.includes(tool))) return undefined;
  return [];
}
