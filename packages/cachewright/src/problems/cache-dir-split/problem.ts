import type { Facts, PipUseFact, SettingFact } from "../../facts/facts.ts";
import { pathFact, pipNames } from "../look-up.ts";
import type { ConfigChange, Finding, Problem, ProposedStep, Remedy } from "../problem.ts";
import { askForEdit, changeSetting, mayEdit, placeOf, removeSetting, settingEvidence } from "../settings-words.ts";

/** Which command keeps its cache where, and what says so. */
interface Place { readonly command: string; readonly real: string; readonly from: SettingFact | "default" }

const commands = ["install", "download", "wheel", "cache"];

function placesOf(use: PipUseFact): Place[] {
  const { cacheReal, cacheFrom, otherCaches = [] } = use;
  if (cacheReal === null || cacheFrom === null || use.cacheOff !== null || otherCaches.length === 0) return [];
  return commands.map((command) => otherCaches.find((other) => other.command === command) ?? { command, real: cacheReal, from: cacheFrom });
}

interface Split {
  readonly uses: readonly PipUseFact[];
  /** Settings that stand in the section of one command. */
  readonly own: readonly SettingFact[];
  readonly looksAfter: Place;
  /** What fills another cache than `pip cache` looks after. */
  readonly apart: readonly Place[];
}

function splits(facts: Facts): Split[] {
  const found = new Map<string, Split>();
  for (const use of facts.pip.uses) {
    const places = placesOf(use);
    const looksAfter = places.find(({ command }) => command === "cache");
    const apart = places.filter(({ real }) => real !== looksAfter?.real);
    const own = places.flatMap(({ command, from }) => (from !== "default" && from.section === command ? [from] : []));
    if (looksAfter === undefined || apart.length === 0 || own[0] === undefined) continue;
    const key = own.map(placeOf).join(" ");
    found.set(key, { uses: [...(found.get(key)?.uses ?? []), use], own, looksAfter, apart });
  }
  return [...found.values()];
}

function detect(facts: Facts): Finding[] {
  return splits(facts).flatMap(({ uses, own, looksAfter, apart }): Finding[] => {
    const [setting] = own;
    const [first] = apart;
    if (setting === undefined || first === undefined) return [];
    const tended = facts.paths[looksAfter.real];
    return [{
      problem: "cache-dir-split", severity: "warning", subject: placeOf(setting),
      evidence: [
        ...own.map(settingEvidence),
        ...apart.map(({ command, real }) => ({ says: `pip ${command} keeps its cache in ${real}`, from: { path: real }, ...(facts.paths[real] === undefined ? {} : { path: pathFact(facts, real) }) })),
        { says: `pip cache looks after ${looksAfter.real}`, from: { path: looksAfter.real }, ...(tended === undefined ? {} : { path: tended }) },
      ],
      params: {
        place: placeOf(setting), section: setting.section, path: setting.from.path ?? "", file: setting.from.path ?? "", line: String(setting.from.line ?? ""),
        pip: pipNames(uses), command: first.command, used: first.real, tended: looksAfter.real,
      },
    }];
  });
}

/** A line in `[global]` of that file counts for all unless something stronger names another place. */
function countsForAll(facts: Facts, setting: SettingFact, { uses, own }: Split): boolean {
  const { path } = setting.from;
  if (path === undefined || own.some((other) => other.value !== setting.value)) return false;
  const weaker = facts.pip.configs.flatMap(({ settings }) => settings).filter((other) => other.key === "cache-dir" && !own.some((one) => placeOf(one) === placeOf(other)));
  return uses.every(({ reads }) => weaker.every((other) => {
    const file = other.from.path ?? "";
    // A section of another command, or a file that is read later, would go on saying something else.
    return !reads.includes(file) || (other.section === "global" ? reads.indexOf(file) <= reads.indexOf(path) : !commands.includes(other.section));
  }));
}

function remedies(found: Finding, facts: Facts): Remedy[] {
  const split = splits(facts).find(({ own }) => own[0] !== undefined && placeOf(own[0]) === found.subject);
  const setting = split?.own[0];
  if (split === undefined || setting === undefined) return [];
  if (!split.own.every((one) => mayEdit(facts, one.from.path))) return [askForEdit("move-to-global", setting)];
  const drop = (why: string): ProposedStep[] => split.own.flatMap((one) => removeSetting(facts, one, why));
  const toGlobal = changeSetting(facts, { ...setting, section: "global" }, setting.value, "every command, pip cache too, uses this directory").filter((step): step is ConfigChange => step.kind === "change-config");
  return [
    ...(countsForAll(facts, setting, split) ? [{ id: "move-to-global", needs: "user" as const, params: { value: setting.value }, steps: [...toGlobal, ...drop("one place for all commands")] }] : []),
    { id: "drop-line", needs: "user", params: { value: setting.value }, steps: drop("the command goes where the others go") },
  ];
}

export const problem: Problem = { id: "cache-dir-split", severity: "warning", tools: ["pip"], when: "always", detect, remedies };
