import type { Facts, PipUseFact, SettingFact } from "../../facts/facts.ts";
import { pipNames } from "../look-up.ts";
import { shadowedCondaRemedies, shadowedCondaSettings } from "../conda-shadowed.ts";
import type { Finding, Problem, Remedy } from "../problem.ts";
import { askForEdit, placeOf, removeSetting, settingEvidence, unsetVariable } from "../settings-words.ts";
import { isOfTools } from "../tool-configs.ts";
import { shadowedToolRemedies, shadowedToolSettings } from "../tool-settings-lost.ts";

interface Shadowed {
  /** What the user wrote, and what counts instead. */
  readonly beaten: SettingFact;
  readonly winner: SettingFact;
  readonly sources: readonly SettingFact[];
  readonly uses: PipUseFact[];
}

/** A setting that another problem is about already: no cache at all, one for each command, or pip does not run. */
function isTold(use: PipUseFact, key: string): boolean {
  return use.breaks.length > 0 || (key === "cache-dir" && (use.cacheOff !== null || (use.otherCaches ?? []).length > 0));
}

/** What the person wrote into a file of their own counts; that a person's file beats the machine's is how it is meant. */
function shadowed(facts: Facts): Shadowed[] {
  const found = new Map<string, Shadowed>();
  for (const use of facts.pip.uses) {
    for (const { key, sources } of use.chains ?? []) {
      const winner = sources.at(-1);
      if (winner === undefined || isTold(use, key)) continue;
      for (const beaten of sources.filter((source) => source.level === "user" && source.value !== winner.value)) {
        const name = `${placeOf(beaten)} ${placeOf(winner)}`;
        const known = found.get(name) ?? { beaten, winner, sources, uses: [] };
        known.uses.push(use);
        found.set(name, known);
      }
    }
  }
  // A line that several stronger sources beat, for several pips, is one finding.
  return [...new Map([...found.values()].reverse().map((one) => [placeOf(one.beaten), one])).values()].reverse();
}

function ofPip(facts: Facts): Finding[] {
  return shadowed(facts).map(({ beaten, winner, sources, uses }) => ({
    problem: "config-shadowed", severity: "note", subject: placeOf(beaten),
    evidence: sources.map((source, at) => {
      const { says, from } = settingEvidence(source);
      return { says: at === sources.length - 1 ? `${says} (this one counts)` : says, from };
    }),
    params: {
      place: placeOf(beaten), key: beaten.key, value: beaten.value, path: beaten.from.path ?? "", winner: placeOf(winner), other: winner.value,
      section: winner.section, pip: pipNames(uses), variable: winner.from.env ?? "", variant: winner.from.env === undefined ? "file" : "variable",
    },
  }));
}

function remedies(found: Finding, facts: Facts): Remedy[] {
  if (isOfTools(found)) return shadowedToolRemedies(found, facts);
  if (found.params["conda"] !== undefined) return shadowedCondaRemedies(found, facts);
  const one = shadowed(facts).find(({ beaten }) => placeOf(beaten) === found.subject);
  if (one === undefined) return [];
  const { beaten, winner } = one;
  const cure = (id: string, setting: SettingFact, why: string): Remedy => {
    const steps = removeSetting(facts, setting, why);
    return steps.length > 0 ? { id, needs: "user", steps, params: { place: placeOf(setting) } } : { ...askForEdit(id, setting), params: { place: placeOf(setting) } };
  };
  return [
    cure("remove-weaker", beaten, "it counts for nothing where it stands"),
    winner.from.env === undefined ? cure("remove-stronger", winner, "with it gone, the other value counts") : unsetVariable(winner.from.env),
  ];
}

export const problem: Problem = {
  id: "config-shadowed", severity: "note", tools: ["pip", "uv", "poetry", "pdm", "pipenv", "hatch", "conda"], when: "always",
  detect: (facts) => [...ofPip(facts), ...shadowedToolSettings(facts), ...shadowedCondaSettings(facts)],
  remedies,
};
