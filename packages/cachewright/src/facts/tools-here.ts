import type { Machine } from "../machine/machine.ts";
import type { ToolName } from "../tools/tool.ts";
import { toolsInUse } from "../tools/tools-in-use.ts";
import { readPasswd } from "./accounts.ts";
import { userFacts } from "./user.ts";

/** Of whose adapters a diagnosis has need, for the person whose process this is. */
export function toolsHere(machine: Machine): ToolName[] {
  const { home } = userFacts(machine, readPasswd(machine), "own");
  return toolsInUse(machine, home.ok ? home.value : undefined);
}
