import type { ToolFact, ToolPlaceFact } from "./facts.ts";

/** Facts made by hand, for tests: one tool, and one of its places. Nothing here is loaded by the command line. */
export function toolPlace(kind: ToolPlaceFact["kind"], path: string, words: Partial<ToolPlaceFact> = {}): ToolPlaceFact {
  return { kind, name: kind === "cache" ? "packages" : kind, path, real: path, root: path, from: { call: "default" }, ...words };
}

export function toolFact(tool: ToolFact["tool"], words: Partial<ToolFact> = {}): ToolFact {
  return { tool, version: "0.9.2", program: `/usr/bin/${tool}`, chosen: true, places: [], settings: [], configs: [], ...words };
}

export function toolSetting(key: string, value: string | null, words: Partial<ToolFact["settings"][number]> = {}): ToolFact["settings"][number] {
  return { key, value, from: { call: "default" }, shadows: [], ...words };
}

export function toolConfig(path: string, words: Partial<ToolFact["configs"][number]> = {}): ToolFact["configs"][number] {
  return { path, scope: "user", format: "toml", state: "read", ...words };
}
