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

/** An environment that a person keeps programs in, and how it was found: "uv tool", "~/.virtualenvs". */
export interface KnownPrefix {
  readonly prefix: string;
  readonly found: string;
}

const prefixesOf = (home: string | undefined): string => `further prefixes of ${String(home)}`;

/** Where programs are looked for besides, in this look. */
export function knowPrefixes(machine: Machine, home: string | undefined, prefixes: readonly KnownPrefix[]): void {
  oncePerLook(machine, prefixesOf(home), () => prefixes);
}

/** None unless somebody looked for them. */
export function knownPrefixes(machine: Machine, home: string | undefined): readonly KnownPrefix[] {
  return oncePerLook(machine, prefixesOf(home), () => []);
}
