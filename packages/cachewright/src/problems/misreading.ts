import { join } from "node:path";
import type { Facts } from "../facts/facts.ts";
import { homeOf } from "./look-up.ts";

/** Names of directories that a tool takes otherwise than a person meant them. */
export type Misreading = "false" | "quoted" | "variable" | "tilde" | "relative";

/** How pip, and most other tools, misread a value: they take it literally, relative to whatever directory they are started in. */
export function misreading(value: string, platform: string): Misreading | undefined {
  if (/^(?:n|no|f|false|off|0|none|null|y|yes|t|true|on|1)$/i.test(value)) return "false";
  if (/^(["']).*\1$/.test(value)) return "quoted";
  if (/\$\{?\w|%\w+%/.test(value)) return "variable";
  if (/^~[^/\\]/.test(value)) return "tilde";
  if (/^[/~]/.test(value) || (platform === "win32" && /^(?:\\|[A-Za-z]:[/\\])/.test(value))) return undefined;
  return "relative";
}

/** What the person most likely meant; undefined where nothing can be said. */
export function meant(facts: Facts, value: string, how: Misreading): string | undefined {
  const home = homeOf(facts);
  if (how === "quoted") {
    const inside = value.slice(1, -1);
    const again = misreading(inside, facts.machine.platform);
    return again === undefined ? inside : meant(facts, inside, again);
  }
  if (how === "tilde" && home !== undefined && value.startsWith("~/")) return join(home, value.slice(2));
  if (how === "variable") {
    const plain = value.replace(/\$\{(\w+)\}|\$(\w+)|%(\w+)%/g, (whole, a?: string, b?: string, c?: string) => facts.env[a ?? b ?? c ?? ""] ?? whole);
    return misreading(plain, facts.machine.platform) === undefined ? plain : undefined;
  }
  return how === "relative" && home !== undefined && !/^(?:\\|[A-Za-z]:)/.test(value) ? join(home, value) : undefined;
}
