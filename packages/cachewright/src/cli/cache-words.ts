/** What the cache commands have in common: tools, filters and sizes as they were typed. */
import type { Selection } from "../caches/select.ts";
import { AppError } from "../machine/app-error.ts";
import { cachedTools } from "../tools/all-caches.ts";
import type { EntryKind } from "../tools/tool-cache.ts";
import type { ToolName } from "../tools/tool.ts";
import { parseAge, parseBytes } from "../caches/amounts.ts";
import { isOn, valueOf, valuesOf, type Call } from "./command.ts";
import { usageHint } from "./parse-call.ts";

const kinds: readonly EntryKind[] = ["download", "built-wheel", "package", "environment", "source", "index", "metadata", "interpreter", "log", "leftover", "damaged"];

export async function cachedTool(word: string): Promise<ToolName> {
  const tool = cachedTools.find((one) => one === word);
  if (tool !== undefined) return tool;
  throw (await import("./near.ts")).unknown("tool", word, cachedTools, `These have a cache of their own: ${cachedTools.join(", ")}`);
}

/** Undefined: all. */
export async function toolsNamed(words: readonly string[]): Promise<readonly ToolName[] | undefined> {
  return words.length === 0 ? undefined : Promise.all([...new Set(words)].map(cachedTool));
}

export function selectionOf(call: Call, patterns: readonly string[] = []): Selection {
  const age = valueOf(call, "older-than");
  const size = valueOf(call, "larger-than");
  const python = valueOf(call, "python");
  return {
    projects: [...valuesOf(call, "project"), ...patterns],
    kinds: valuesOf(call, "kind").map((word) => kindOf(call, word)),
    ...(age !== undefined && { olderThan: parseAge("--older-than", age) }),
    ...(size !== undefined && { largerThan: parseBytes("--larger-than", size) }),
    ...(isOn(call, "unused") && { unused: true }),
    ...(python !== undefined && { python }),
  };
}

export function isEmptySelection({ projects = [], kinds: chosen = [], ...rest }: Selection): boolean {
  return projects.length === 0 && chosen.length === 0 && Object.keys(rest).length === 0;
}

function kindOf(call: Call, word: string): EntryKind {
  const kind = kinds.find((one) => one === word);
  if (kind === undefined) throw new AppError("E_USAGE", `there is no kind ${word}; there is ${kinds.join(", ")}`, { hint: usageHint(call.command) });
  return kind;
}
