import { resolve } from "node:path";
import type { Machine } from "../machine/machine.ts";
import { remembering } from "../machine/remembering.ts";
import type { Environment } from "../tools/tool-cache.ts";
import type { ToolName } from "../tools/tool.ts";

/** Tools whose list tells who uses what: their records say so at little cost. */
const toldAlways: readonly ToolName[] = ["conda", "mamba", "micromamba", "pixi", "rattler"];

export interface EnvironmentsWish {
  /** The only tool that is looked at. */
  readonly tool?: ToolName;
  readonly always: boolean;
  /** Further directories in which environments may be. */
  readonly directories?: readonly string[];
}

/** Undefined where nobody asks: finding every environment takes its time. */
export async function environmentsHere(machine: Machine, { tool, always, directories = [] }: EnvironmentsWish): Promise<Environment[] | undefined> {
  if (!always && directories.length === 0 && (tool === undefined || !toldAlways.includes(tool))) return undefined;
  // Mostly nobody asks: what it takes to find them is loaded when somebody does.
  const [{ findEnvironments }, { placesOfTools }] = await Promise.all([import("../facts/environments.ts"), import("./look-caches.ts")]);
  const account = machine.account();
  const look = remembering(machine);
  return findEnvironments(look, machine.env["HOME"] || (account.ok ? account.value.home : undefined), { places: await placesOfTools(look), directories: directories.map((path) => resolve(machine.cwd, path)) });
}
