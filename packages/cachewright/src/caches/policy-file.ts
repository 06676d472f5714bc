/**
 * The policy that `cache prune --auto` follows, `prune.toml`:
 *
 *   now = true            # delete, rather than set aside: has to be said
 *   older-than = "90d"
 *   keep-size = "10G"     # each cache
 *   keep = ["torch", "nvidia-*"]
 *
 *   [tool.uv]             # instead of the above, for one tool
 *   unused = true
 */
import { AppError } from "../machine/app-error.ts";
import { cachedTools } from "../tools/all-caches.ts";
import type { ToolName } from "../tools/tool.ts";
import { parseAge, parseBytes } from "./amounts.ts";
import type { PrunePolicy } from "./policy.ts";

export interface PolicyFile {
  /** Delete at once. */
  readonly now: boolean;
  readonly policy: PrunePolicy;
  readonly tools: ReadonlyMap<ToolName, PrunePolicy>;
}

const keys = ["leftovers", "older-than", "unused", "keep-versions", "gone-pythons", "keep-size", "free", "keep"] as const;

export const examplePolicy = 'now = true            # false: set aside, which frees nothing yet\nolder-than = "90d"\nkeep-size = "10G"';

export function readPolicy(file: string, document: Readonly<Record<string, unknown>>): PolicyFile {
  const fail = failing(file);
  const { now, tool = {}, ...rest } = document;
  if (typeof now !== "boolean") return fail("now has to be true (delete) or false (set aside)", `for example:\n${examplePolicy}`);
  if (typeof tool !== "object" || tool === null || Array.isArray(tool)) return fail("write [tool.NAME]");
  const tools = Object.entries(tool).map(([name, table]): [ToolName, PrunePolicy] => {
    const known = cachedTools.find((one) => one === name);
    if (known === undefined) return fail(`[tool.${name}]: there is no such tool; there is ${cachedTools.join(", ")}`);
    if (typeof table !== "object" || table === null) return fail(`[tool.${name}] must be a table`);
    return [known, policyOf(table as Record<string, unknown>, failing(`${file}, [tool.${name}]`))];
  });
  return { now, policy: policyOf(rest, fail), tools: new Map(tools) };
}

type Fail = (message: string, hint?: string) => never;

function failing(file: string): Fail {
  return (message, hint) => {
    throw new AppError("E_CONFIG", `${file}: ${message}`, hint === undefined ? {} : { hint });
  };
}

function policyOf(table: Readonly<Record<string, unknown>>, fail: Fail): PrunePolicy {
  const stray = Object.keys(table).find((key) => !(keys as readonly string[]).includes(key));
  if (stray !== undefined) fail(`unknown key ${stray}; there are ${keys.join(", ")}`);
  const value = <T>(key: (typeof keys)[number], is: (given: unknown) => given is T, what: string): T | undefined => {
    const given = table[key];
    return given === undefined || is(given) ? given : fail(`${key} must be ${what}`);
  };
  const text = (key: (typeof keys)[number]): string | undefined => value(key, (given): given is string => typeof given === "string", 'a text, as in "5G" or "30d"');
  const flag = (key: (typeof keys)[number]): boolean | undefined => value(key, (given): given is boolean => typeof given === "boolean", "true or false");
  const amount = (key: "keep-size" | "free"): number | undefined => {
    const given = text(key);
    return given === undefined ? undefined : parseBytes(key, given);
  };
  const age = text("older-than");
  return {
    leftovers: flag("leftovers") ?? true, olderThan: age === undefined ? undefined : parseAge("older-than", age), unused: flag("unused"), gonePythons: flag("gone-pythons"),
    keepVersions: value("keep-versions", (given): given is number => typeof given === "number" && Number.isInteger(given) && given > 0, "a number from 1"),
    keepSize: amount("keep-size"), free: amount("free"), keep: value("keep", isTexts, "a list of projects"),
  };
}

function isTexts(given: unknown): given is string[] {
  return Array.isArray(given) && given.every((one) => typeof one === "string");
}
