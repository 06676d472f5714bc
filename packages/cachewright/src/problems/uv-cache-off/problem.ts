import type { Facts } from "../../facts/facts.ts";
import type { Finding, Problem, Remedy, Severity } from "../problem.ts";
import { askForEdit, placeOf, unsetVariable } from "../settings-words.ts";
import { namesOf, removeToolSetting, settingsBySource, toolSettingEvidence, type SetSomewhere } from "../tool-settings.ts";

/**
 * While an image is built, and by a container's own variable or its root, it is the usual and right choice; outside root has
 * a reason more often than not. A line in a file of the person's own is theirs anywhere.
 */
function severityOf(facts: Facts, { setting, uses }: SetSomewhere): Severity | undefined {
  if (facts.imageBuild !== undefined) return undefined;
  const isRoot = facts.user.euid === 0;
  const isOwnFile = uses.some(({ configs }) => configs.some(({ path, scope }) => scope === "user" && path === setting.from.path));
  if (facts.machine.container.ok && (isRoot || !isOwnFile)) return undefined;
  return isRoot ? "note" : "warning";
}

function switches(facts: Facts): SetSomewhere[] {
  return settingsBySource(facts, { tool: "uv", isWanted: ({ key, value, error }) => key === "no-cache" && value === "true" && error === undefined });
}

function detect(facts: Facts): Finding[] {
  return switches(facts).flatMap((one): Finding[] => {
    const { place, setting, uses } = one;
    const severity = severityOf(facts, one);
    if (severity === undefined) return [];
    return [{
      problem: "uv-cache-off", severity, subject: place, evidence: [toolSettingEvidence(setting)],
      params: { place, tool: namesOf(uses), path: setting.from.path ?? "", line: String(setting.from.line ?? ""), variable: setting.from.env ?? "" },
    }];
  });
}

function remedies(found: Finding, facts: Facts): Remedy[] {
  const off = switches(facts).find(({ place }) => place === found.subject);
  const use = off?.uses[0];
  if (off === undefined || use === undefined) return [];
  const { from, key } = off.setting;
  const keep: Remedy = { id: "keep-it", needs: "user", steps: [], shown: [`cachewright doctor --ignore uv-cache-off --why "REASON"`] };
  if (from.env !== undefined) return [unsetVariable(from.env), keep];
  const steps = removeToolSetting(facts, { use, from, key, why: "with the line gone, uv keeps what it fetches" });
  return [steps.length > 0 ? { id: "edit-out", needs: "user", steps, params: { place: placeOf(off.setting) } } : askForEdit("edit-out", off.setting), keep];
}

export const problem: Problem = { id: "uv-cache-off", severity: "warning", tools: ["uv"], when: "always", detect, remedies };
