/** `cache-disabled` of the tools that can be told to do without: of poetry, pdm, pipenv and hatch only pdm, by a variable. */
import type { Facts, ToolFact } from "../facts/facts.ts";
import { falseWords } from "./look-up.ts";
import type { Finding, Remedy } from "./problem.ts";
import { unsetVariable } from "./settings-words.ts";
import { toolNames } from "./tool-places.ts";

/** pdm 2.13 cli/options.py takes whatever the variable holds for a yes, but nothing. */
function knowsIt({ tool, version }: ToolFact): boolean {
  if (tool !== "pdm") return false;
  const [major = 0, minor = 0] = (version ?? "9999").split(".").map(Number);
  return major > 2 || (major === 2 && minor >= 13);
}

export function toolCachesOff(facts: Facts): Finding[] {
  const value = facts.env["PDM_NO_CACHE"] ?? "";
  const uses = (facts.tools ?? []).filter(knowsIt);
  const isTrap = falseWords.test(value);
  if (value === "" || uses.length === 0 || (!isTrap && isMeant(facts))) return [];
  return [{
    problem: "cache-disabled", severity: !isTrap && facts.user.euid === 0 ? "note" : "warning", subject: "PDM_NO_CACHE", evidence: [{ says: `PDM_NO_CACHE=${value}`, from: { env: "PDM_NO_CACHE" } }],
    params: { place: "PDM_NO_CACHE", value, key: "PDM_NO_CACHE", pip: toolNames(uses), path: "", file: "", line: "", variable: "PDM_NO_CACHE", variant: isTrap ? "trap" : "meant", tools: "yes" },
  }];
}

/** A container and a CI job are thrown away, and what they would cache with them. */
export function isMeant(facts: Facts): boolean {
  return facts.machine.container.ok || !/^(?:|0|false)$/i.test(facts.env["CI"] ?? "");
}

export function toolCachesOffRemedies(): Remedy[] {
  return [unsetVariable("PDM_NO_CACHE"), { id: "keep-it", needs: "user", steps: [], shown: [`cachewright doctor --ignore cache-disabled --why "REASON"`] }];
}
