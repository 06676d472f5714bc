import type { Machine } from "../machine/machine.ts";
import { collectFacts } from "./collect-facts.ts";
import type { CollectOptions } from "./collect-options.ts";
import { hasUnreadCondarc } from "./conda.ts";
import type { Facts } from "./facts.ts";

/** `collectFacts`; where a settings file of conda's is more than plain words, once more with the library that reads YAML. */
export async function collectWhole(machine: Machine, options: CollectOptions = {}): Promise<Facts> {
  const facts = collectFacts(machine, options);
  if (!hasUnreadCondarc(facts.conda)) return facts;
  const { readCondarc } = await import("../tools/conda/condarc.ts");
  return collectFacts(machine, { ...options, condarcReader: readCondarc });
}
