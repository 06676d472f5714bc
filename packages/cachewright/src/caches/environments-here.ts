import { findEnvironments } from "../facts/environments.ts";
import type { Machine } from "../machine/machine.ts";
import { remembering } from "../machine/remembering.ts";
import { questionsFor } from "../settings/questions.ts";
import { toolNames } from "../tools/all-tools.ts";
import type { Environment } from "../tools/tool-cache.ts";
import type { ToolName, ToolPlace } from "../tools/tool.ts";

/** Tools whose list tells who uses what: their records say so at little cost. */
const toldAlways: readonly ToolName[] = ["conda", "mamba", "micromamba", "pixi", "rattler"];

export interface EnvironmentsWish {
  /** The only tool that is looked at. */
  readonly tool?: ToolName;
  readonly always: boolean;
}

/** Undefined where nobody asks: finding every environment takes its time. */
export async function environmentsHere(machine: Machine, { tool, always }: EnvironmentsWish): Promise<Environment[] | undefined> {
  if (!always && (tool === undefined || !toldAlways.includes(tool))) return undefined;
  const account = machine.account();
  const look = remembering(machine);
  return findEnvironments(look, machine.env["HOME"] || (account.ok ? account.value.home : undefined), { places: await environmentPlaces(look) });
}

/** Where every tool that is here keeps environments. */
async function environmentPlaces(machine: Machine): Promise<ToolPlace[]> {
  const questions = (await Promise.all(toolNames.map((name) => questionsFor(machine, name, { as: [] })))).flat();
  return questions.flatMap(({ tool, asked }) => tool.locate(asked));
}
