/** A cache mount that is not where the tool keeps its cache in this step. */
import { cachePlace } from "../../cache-place.ts";
import { cacheSwitch } from "../../cache-off.ts";
import { looksLike, mountOver } from "../../mounted.ts";
import type { LintFinding, Rule } from "../../rule.ts";
import type { Mount, Step } from "../../source.ts";
import { fillingRun } from "../../tool-run.ts";

export const rule: Rule = {
  code: "cache-mount-elsewhere",
  kinds: ["dockerfile"],
  check: ({ steps }) => steps.flatMap(checkStep),
};

function checkStep(step: Step): LintFinding[] {
  const found = new Map<Mount, LintFinding>();
  for (const run of step.commands.flatMap((command) => fillingRun(command) ?? [])) {
    const { tool, command } = run;
    const place = cachePlace(tool, command);
    if (place.path === undefined || cacheSwitch(tool, command).state === "off" || mountOver(step, tool, place.path) !== undefined) continue;
    const mount = step.mounts.find(({ type, target }) => type === "cache" && target !== undefined && looksLike(target, tool));
    if (mount === undefined || found.has(mount)) continue;
    const who = place.by === "HOME" ? `it runs as ${command.account.user ?? "its user"}, whose home is ${command.account.home ?? ""}` : `${place.by} says so`;
    const target = mount.options.get("target");
    const why = target?.value?.startsWith("~") === true ? "no shell reads ~ in a target: it is the name of a directory"
      : `this mount is on ${mount.target ?? ""}${/\$\{?HOME\b/.test(target?.text ?? "") && !step.variables.has("HOME") ? ": no ENV or ARG sets HOME, which is empty in a target then" : ""}`;
    found.set(mount, {
      range: target?.range ?? mount.range,
      message: `${tool} keeps its cache in ${place.path} here (${who}), and ${why}`,
      instead: `target=${place.path}`,
    });
  }
  return [...found.values()];
}
