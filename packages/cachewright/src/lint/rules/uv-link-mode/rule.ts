/** uv with its cache on a mount: hard links cannot leave it, and uv says so each time unless told to copy. */
import { cachePlace } from "../../cache-place.ts";
import { cacheSwitch } from "../../cache-off.ts";
import { mountOver } from "../../mounted.ts";
import type { LintFinding, Rule } from "../../rule.ts";
import type { Source, Stage, Step } from "../../source.ts";
import { fillingRun, has, type ToolRun } from "../../tool-run.ts";

export const rule: Rule = {
  code: "uv-link-mode",
  kinds: ["dockerfile"],
  check: (source) => {
    // One ENV serves the stage.
    const told = new Set<Stage | undefined>();
    return source.steps.flatMap((step) => {
      const run = step.commands.flatMap((command) => fillingRun(command) ?? []).find((one) => needsCopy(step, one));
      if (run === undefined || told.has(step.stage)) return [];
      told.add(step.stage);
      return [findingOf(source, step, run)];
    });
  },
};

function needsCopy(step: Step, { tool, command, verbs }: ToolRun): boolean {
  if (tool !== "uv" || verbs === "run" || command.open || cacheSwitch(tool, command).state !== "on") return false;
  if (command.variables.has("UV_LINK_MODE") || has(command, ["--link-mode"])) return false;
  return mountOver(step, tool, cachePlace(tool, command).path)?.type === "cache";
}

function findingOf({ text }: Source, step: Step, { command, verb }: ToolRun): LintFinding {
  const ownLine = text.lastIndexOf("\n", step.range.start - 1) + 1 === step.range.start;
  return {
    range: { start: command.program.range.start, end: verb.range.end },
    message: "uv's cache is on a mount, so it cannot hard-link from it: it copies, and warns each time",
    instead: "ENV UV_LINK_MODE=copy before this RUN",
    ...(ownLine && !step.onbuild ? { fix: { says: "Add ENV UV_LINK_MODE=copy", edits: [{ start: step.range.start, end: step.range.start, content: "ENV UV_LINK_MODE=copy\n" }] } } : {}),
  };
}
