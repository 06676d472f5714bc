import type { Answer } from "../machine/machine.ts";
import { probeDirectory as probe } from "../machine/probe-directory.ts";

/** A real write in a directory, and what came of it. */
export type Probe = { readonly directory: string } & Answer<undefined>;

export function probeDirectory(directory: string): Probe {
  return { directory, ...probe(directory) };
}
