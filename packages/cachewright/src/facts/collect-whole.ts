import type { Machine } from "../machine/machine.ts";
import { collectFacts } from "./collect-facts.ts";
import type { CollectOptions } from "./collect-options.ts";
import { hasUnreadCondarc } from "./conda.ts";
import type { Facts } from "./facts.ts";
import { hasUnreadPixiConfig } from "./rattler.ts";

/** `collectFacts`; where a settings file of conda's or pixi's is more than plain words, once more with the libraries that read YAML and TOML. */
export async function collectWhole(machine: Machine, options: CollectOptions = {}): Promise<Facts> {
  const facts = collectFacts(machine, options);
  const condarcReader = hasUnreadCondarc(facts.conda) ? (await import("../tools/conda/condarc.ts")).readCondarc : undefined;
  const pixiConfigReader = hasUnreadPixiConfig(facts.rattler) ? (await import("../tools/pixi/pixi-config.ts")).readPixiConfig : undefined;
  return condarcReader === undefined && pixiConfigReader === undefined ? facts : collectFacts(machine, { ...options, condarcReader, pixiConfigReader });
}
