/** Many tools are looked for beside the same Pythons: in one look at the machine these are looked for once. */
import type { Machine } from "../../machine/machine.ts";
import { oncePerLook } from "../../machine/one-look.ts";
import { findInstalls, type Install } from "./installs.ts";

const nameOf = (home: string | undefined): string => `Pythons of ${String(home)}`;

/** Who has looked already says what was found. */
export function knowPythons(machine: Machine, home: string | undefined, found: readonly Install[]): void {
  oncePerLook(machine, nameOf(home), () => found);
}

export function knownPythons(machine: Machine, home: string | undefined): readonly Install[] {
  return oncePerLook(machine, nameOf(home), () => findInstalls(machine, { home }));
}
