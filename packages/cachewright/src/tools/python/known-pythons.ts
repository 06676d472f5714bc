/** Many tools are looked for beside the same Pythons: these are looked for once. */
import type { Machine } from "../../machine/machine.ts";
import { findInstalls, type Install } from "./installs.ts";

const known = new WeakMap<Machine, Map<string | undefined, readonly Install[]>>();

/** Who has looked already says what was found. */
export function knowPythons(machine: Machine, home: string | undefined, found: readonly Install[]): void {
  known.set(machine, (known.get(machine) ?? new Map<string | undefined, readonly Install[]>()).set(home, found));
}

export function knownPythons(machine: Machine, home: string | undefined): readonly Install[] {
  const before = known.get(machine)?.get(home);
  if (before !== undefined) return before;
  const found = findInstalls(machine, { home });
  knowPythons(machine, home, found);
  return found;
}
