import type { Machine } from "../machine/machine.ts";
import { loadTool } from "../tools/all-tools.ts";
import { toolsInUse } from "../tools/tools-in-use.ts";
import { readPasswd } from "./accounts.ts";
import { collectFacts } from "./collect-facts.ts";
import type { CollectOptions } from "./collect-options.ts";
import { hasUnreadCondarc } from "./conda.ts";
import type { Facts } from "./facts.ts";
import { userFacts } from "./user.ts";

/** They bring the library that reads TOML along. */
const inToml: ReadonlySet<string> = new Set(["uv", "poetry", "pdm", "pipenv", "hatch"]);

/**
 * `collectFacts` with what it needs to read this machine: the adapters of the tools in use and, where a settings file of
 * conda's is more than plain words, once more with the library that reads YAML.
 */
export async function collectWhole(machine: Machine, options: CollectOptions = {}): Promise<Facts> {
  const { home } = userFacts(machine, readPasswd(machine), "own");
  const inUse = toolsInUse(machine, home.ok ? home.value : undefined);
  const tools = await Promise.all(inUse.map(loadTool));
  const toolFileReader = inUse.some((name) => inToml.has(name)) ? (await import("./tool-file-reader.ts")).toolFileReader : undefined;
  const facts = collectFacts(machine, { ...options, tools, toolFileReader });
  if (!hasUnreadCondarc(facts.conda)) return facts;
  const { readCondarc } = await import("../tools/conda/condarc.ts");
  return collectFacts(machine, { ...options, tools, toolFileReader, condarcReader: readCondarc });
}
