import type { Facts, PipUseFact, SettingFact } from "../../facts/facts.ts";
import { falseWords, pipNames } from "../look-up.ts";
import type { Finding, Problem, Remedy, Severity } from "../problem.ts";
import { askForEdit, placeOf, removeSetting, settingEvidence, unsetVariable } from "../settings-words.ts";
import { isMeant, toolCachesOff, toolCachesOffRemedies } from "../tool-caches-off.ts";

/** Until 18.1 a true value is no switch but the end of every command. */
function crashes(use: PipUseFact): boolean {
  return use.breaks.some((fault) => fault.kind === "no-cache-dir-crash");
}

/**
 * A true value is meant, unless it crashes pip. In a container it is the usual, right choice and no finding; root has a
 * reason more often than not. A false value is always the trap: whoever wrote it wanted the cache.
 */
function severityOf(facts: Facts, setting: SettingFact, uses: readonly PipUseFact[]): Severity | undefined {
  if (uses.some(crashes)) return "error";
  if (falseWords.test(setting.value)) return "warning";
  if (isMeant(facts)) return undefined;
  return facts.user.euid === 0 ? "note" : "warning";
}

function pipCachesOff(facts: Facts): Finding[] {
  const bySetting = new Map<string, { setting: SettingFact; uses: PipUseFact[] }>();
  for (const use of facts.pip.uses) {
    if (use.cacheOff === null) continue;
    const place = placeOf(use.cacheOff);
    const known = bySetting.get(place) ?? { setting: use.cacheOff, uses: [] };
    known.uses.push(use);
    bySetting.set(place, known);
  }
  return [...bySetting].flatMap(([place, { setting, uses }]): Finding[] => {
    const severity = severityOf(facts, setting, uses);
    if (severity === undefined) return [];
    const crashing = uses.filter(crashes);
    const variant = crashing.length > 0 ? "crash" : falseWords.test(setting.value) ? "trap" : "meant";
    return [{
      problem: "cache-disabled", severity, subject: place, evidence: [settingEvidence(setting)],
      params: {
        place, value: setting.value, key: setting.key, pip: pipNames(crashing.length > 0 ? crashing : uses), path: setting.from.path ?? "", file: setting.from.path ?? "",
        line: String(setting.from.line ?? ""), variable: setting.from.env ?? "", variant,
      },
    }];
  });
}

function settingOf(facts: Facts, found: Finding): SettingFact | undefined {
  return facts.pip.uses.find((use) => use.cacheOff !== null && placeOf(use.cacheOff) === found.subject)?.cacheOff ?? undefined;
}

function remedies(found: Finding, facts: Facts): Remedy[] {
  if (found.params["tools"] !== undefined) return toolCachesOffRemedies();
  const setting = settingOf(facts, found);
  if (setting === undefined) return [];
  const steps = removeSetting(facts, setting, "with the line gone, pip caches again");
  // Nobody means a crash.
  const keep: readonly Remedy[] = found.params["variant"] === "crash" ? [] : [{ id: "keep-it", needs: "user", steps: [], shown: [`cachewright doctor --ignore cache-disabled --why "REASON"`] }];
  if (setting.from.env !== undefined) return [unsetVariable(setting.from.env), ...keep];
  return [steps.length > 0 ? { id: "edit-out", needs: "user", steps, params: { place: found.subject } } : askForEdit("edit-out", setting), ...keep];
}

export const problem: Problem = { id: "cache-disabled", severity: "warning", tools: ["pip", "pdm"], when: "always", detect: (facts) => [...pipCachesOff(facts), ...toolCachesOff(facts)], remedies };
