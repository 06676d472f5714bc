/** The versions at which a tool may change: all that its adapter's code names. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Tool, ToolName } from "../src/tools/tool.ts";

/** Folders of adapters that others are made of. */
const shared: Readonly<Partial<Record<ToolName, readonly string[]>>> = { mamba: ["mamba", "conda"], micromamba: ["mamba", "conda"], rattler: ["pixi"] };

export function versionsIn(tool: Tool, src: string): string[] {
  const folders = [...(shared[tool.name] ?? [tool.name]), "python"];
  const found = folders.flatMap((folder) => sourcesIn(join(src, "tools", folder)).flatMap((code) => [...code.matchAll(/"(\d+\.\d+(?:\.\d+)?(?:(?:a|b|rc)\d+)?)"/g)].map(([, version]) => version as string)));
  const compare = (a: string, b: string): number => tool.compareVersions(a, b) || (a < b ? -1 : 1);
  return [...new Set(found)].sort(compare);
}

function sourcesIn(folder: string): string[] {
  return readdirSync(folder).filter((name) => name.endsWith(".ts") && !name.endsWith(".test.ts")).sort().map((name) => readFileSync(join(folder, name), "utf8"));
}
