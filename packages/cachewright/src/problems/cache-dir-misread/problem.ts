import { join } from "node:path";
import type { Facts, PipUseFact, SettingFact } from "../../facts/facts.ts";
import { pipCacheMarks } from "../../tools/pip/locations.ts";
import { asideName, canSetAside, pathFact, pipNames, resolvedPath, selfActor } from "../look-up.ts";
import { meant, misreading, type Misreading } from "../misreading.ts";
import type { Evidence, Finding, Problem, Remedy } from "../problem.ts";
import { askForEdit, changeSetting, mayEdit, placeOf, removeSetting, settingEvidence, unsetVariable } from "../settings-words.ts";
import { misreadToolCaches, misreadToolRemedies } from "../tool-misread-caches.ts";

const others = ["poetry", "pdm", "pipenv", "hatch", "virtualenv"] as const;

interface Misread { readonly setting: SettingFact; readonly how: Misreading; readonly uses: PipUseFact[] }

function misreadSettings(facts: Facts): Misread[] {
  const found = new Map<string, Misread>();
  for (const use of facts.pip.uses) {
    const setting = use.cacheFrom;
    if (setting === null || setting === "default") continue;
    const how = misreading(setting.value, facts.machine.platform);
    // An account of that name has a home: then pip went there.
    if (how === undefined || (how === "tilde" && use.cacheDir?.endsWith(`/${setting.value.replace(/\/+$/, "")}`) !== true)) continue;
    const known = found.get(placeOf(setting)) ?? { setting, how, uses: [] };
    known.uses.push(use);
    found.set(placeOf(setting), known);
  }
  return [...found.values()];
}

/**
 * The directory pip made of the value, when it is recognisably a pip cache. What a link leads to was made by nobody's
 * misreading.
 */
function strayOf(facts: Facts, uses: readonly PipUseFact[]): string | undefined {
  const use = uses.find((candidate) => candidate.cacheReal !== null);
  const path = use?.cacheReal ?? undefined;
  if (path === undefined || path !== resolvedPath(facts, use?.cacheDir ?? "") || pathFact(facts, use?.cacheDir ?? "").type === "link" || pathFact(facts, path).type !== "dir") return undefined;
  return pipCacheMarks.some((mark) => facts.paths[join(path, mark)]?.state === "present") ? path : undefined;
}

function misreadPips(facts: Facts): Finding[] {
  return misreadSettings(facts).map(({ setting, how, uses }) => {
    const stray = strayOf(facts, uses);
    const evidence: Evidence[] = [settingEvidence(setting)];
    const becomes = uses[0]?.cacheDir ?? "";
    evidence.push({ says: `started here, pip would keep its cache in ${becomes}`, from: { path: becomes } });
    if (stray !== undefined) evidence.push({ says: "a cache pip made of it", from: { path: stray }, path: pathFact(facts, stray) });
    return {
      problem: "cache-dir-misread", severity: "warning", subject: placeOf(setting), evidence,
      params: {
        place: placeOf(setting), value: setting.value, key: setting.key, pip: pipNames(uses), path: setting.from.path ?? "", file: setting.from.path ?? "",
        line: String(setting.from.line ?? ""), variable: setting.from.env ?? "", becomes, variant: how, meant: meant(facts, setting.value, how) ?? "", stray: stray ?? "",
      },
      // What is wrong with a directory that nobody wanted there needs no cure of its own.
      explains: [...new Set(uses.flatMap((use) => use.cacheReal ?? []))].flatMap((subject) => [{ problem: "cache-not-owned", subject }, { problem: "cache-world-writable", subject }]),
    };
  });
}

function remedies(found: Finding, facts: Facts): Remedy[] {
  if (found.params["tools"] !== undefined) return misreadToolRemedies(facts, found, others);
  const misread = misreadSettings(facts).find((candidate) => placeOf(candidate.setting) === found.subject);
  if (misread === undefined) return [];
  const { setting, how } = misread;
  const { stray, meant: value } = found.params as Record<"stray" | "meant", string>;
  const strayStep: Remedy["steps"] = stray === "" || !canSetAside(facts, pathFact(facts, stray)) ? [] : [{ kind: "rename", why: "the stray cache, out of the way", actor: selfActor(facts), from: stray, to: asideName(facts, stray), aside: true }];
  if (setting.from.env !== undefined) return [unsetVariable(setting.from.env)];
  if (!mayEdit(facts, setting.from.path)) return [askForEdit("correct-value", setting)];
  const cures: Remedy[] = [];
  if (value !== "") cures.push({ id: "correct-value", needs: "user", params: { value }, steps: [...changeSetting(facts, setting, value, `an absolute path means the same everywhere: ${value}`), ...strayStep] });
  cures.push({ id: "drop-setting", needs: "user", steps: [...removeSetting(facts, setting, "pip goes back to its usual cache"), ...strayStep] });
  if (how === "false" && /^(?:n|no|f|false|off|0|none|null)$/i.test(setting.value)) {
    cures.push({
      id: "turn-off-properly", needs: "user",
      steps: [{ kind: "change-config", why: "this is how pip's cache is switched off", actor: selfActor(facts), path: setting.from.path, change: { do: "set", section: setting.section, key: "no-cache-dir", value: "true" } },
        ...removeSetting(facts, setting, "it does not do what it says"), ...strayStep],
    });
  }
  return cures;
}

export const problem: Problem = { id: "cache-dir-misread", severity: "warning", tools: ["pip", ...others], when: "always", detect: (facts) => [...misreadPips(facts), ...misreadToolCaches(facts, others)], remedies };
