import type { Machine } from "../machine/machine.ts";
import { loadTool } from "../tools/all-tools.ts";
import { collectFacts } from "./collect-facts.ts";
import type { CollectOptions } from "./collect-options.ts";
import { hasUnreadCondarc } from "./conda.ts";
import type { Facts } from "./facts.ts";
import { hasUnreadPixiConfig } from "./rattler.ts";
import { toolsHere } from "./tools-here.ts";

/** They bring the library that reads TOML along. */
const inToml: ReadonlySet<string> = new Set(["uv", "poetry", "pdm", "pipenv", "hatch"]);

/**
 * `collectFacts` with what it needs to read this machine: the adapters of the tools in use and, where a settings file of
 * conda's or pixi's is more than plain words, once more with the libraries that read YAML and TOML.
 */
export async function collectWhole(machine: Machine, options: CollectOptions = {}): Promise<Facts> {
  const inUse = toolsHere(machine);
  const tools = await Promise.all(inUse.map(loadTool));
  const toolFileReader = inUse.some((name) => inToml.has(name)) ? (await import("./tool-file-reader.ts")).toolFileReader : undefined;
  const facts = collectFacts(machine, { ...options, tools, toolFileReader });
  const condarcReader = hasUnreadCondarc(facts.conda) ? (await import("../tools/conda/condarc.ts")).readCondarc : undefined;
  const pixiConfigReader = hasUnreadPixiConfig(facts.rattler) ? (await import("../tools/pixi/pixi-config.ts")).readPixiConfig : undefined;
  return condarcReader === undefined && pixiConfigReader === undefined ? facts : collectFacts(machine, { ...options, tools, toolFileReader, condarcReader, pixiConfigReader });
}
