/** A RUN that empties a cache which an earlier layer already carries. */
import { cachePlace } from "../../cache-place.ts";
import { cacheSwitch } from "../../cache-off.ts";
import { commandsAfter, stepsAfter } from "../../carried.ts";
import { empties, surelyEmpties } from "../../cleaning.ts";
import { mountOver } from "../../mounted.ts";
import { placesIn } from "../../places-in.ts";
import type { LintFinding, Rule } from "../../rule.ts";
import type { Command, Source, Step } from "../../source.ts";
import { fillingRun, type ToolRun } from "../../tool-run.ts";

export const rule: Rule = {
  code: "cache-cleaned-too-late",
  kinds: ["dockerfile"],
  check: (source) => {
    const findings = new Map<Command, LintFinding>();
    const placeOf = placesIn(source.text);
    for (const step of source.steps) {
      if (step.stage?.shipped !== true) continue;
      for (const run of step.commands.flatMap((command) => fillingRun(command) ?? [])) {
        const late = lateClean(source, step, run);
        if (late !== undefined && !findings.has(late)) findings.set(late, findingOf(step, { run, late, line: placeOf(run.command.range.start).line }));
      }
    }
    return [...findings.values()];
  },
};

function lateClean(source: Source, step: Step, { tool, command }: ToolRun): Command | undefined {
  const { path } = cachePlace(tool, command);
  if (cacheSwitch(tool, command).state !== "on" || mountOver(step, tool, path) !== undefined) return undefined;
  if (commandsAfter(step, command).some((one) => empties(one, tool, path))) return undefined;
  // A step that fills the cache again has something of its own to clean.
  const later = stepsAfter(source, step).filter(({ commands }) => !commands.some((one) => fillingRun(one)?.tool === tool));
  return later.flatMap(({ commands }) => commands).find((one) => surelyEmpties(one, tool, path));
}

function findingOf(step: Step, { run, late, line }: { run: ToolRun; late: Command; line: number }): LintFinding {
  return {
    range: late.range,
    message: `the layer of line ${line} already carries ${run.tool}'s cache; emptying it in a later ${step.called} frees nothing`,
    instead: `the same command in the ${step.called} of line ${line}`,
  };
}
