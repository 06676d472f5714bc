/** A cache mount, and a tool that was told to use no cache. */
import { cachePlace } from "../../cache-place.ts";
import { cacheSwitch } from "../../cache-off.ts";
import { looksLike, mountOver } from "../../mounted.ts";
import { takeOut } from "../../plain-edits.ts";
import type { LintFinding, Rule } from "../../rule.ts";
import type { Mount, Source, Step } from "../../source.ts";
import { fillingRun, type ToolRun } from "../../tool-run.ts";

export const rule: Rule = {
  code: "cache-mount-unused",
  kinds: ["dockerfile"],
  check: (source) => source.steps.flatMap((step) => (step.mounts.length === 0 ? [] : checkStep(source, step))),
};

function checkStep(source: Source, step: Step): LintFinding[] {
  const runs = step.commands.flatMap((command) => fillingRun(command) ?? []);
  const used = new Set(runs.filter(({ tool, command }) => cacheSwitch(tool, command).state !== "off").map((run) => mountFor(step, run)));
  const reported = new Set<Mount>();
  return runs.flatMap((run) => {
    const mount = mountFor(step, run);
    if (mount === undefined || used.has(mount)) return [];
    const finding = findingOf(source, run, { mount, first: !reported.has(mount) });
    reported.add(mount);
    return finding;
  });
}

function mountFor(step: Step, { tool, command }: ToolRun): Mount | undefined {
  const mount = mountOver(step, tool, cachePlace(tool, command).path);
  // A mount over more than caches is there for something else.
  return mount?.type === "cache" && mount.target !== undefined && looksLike(mount.target, tool) ? mount : undefined;
}

function findingOf(source: Source, { tool, command }: ToolRun, { mount, first }: { mount: Mount; first: boolean }): LintFinding[] {
  const off = cacheSwitch(tool, command);
  if (off.state !== "off") return [];
  const rest = `keeps ${tool} from using the cache mount on ${mount.target ?? ""}`;
  if (off.word !== undefined) {
    const edits = tool === "pip" || tool === "uv" ? takeOut(source, off.word) : undefined;
    return [{ range: off.word.range, message: `${off.word.value ?? off.word.text} ${rest}`, instead: `${tool} without it: what is on the mount is in no layer`, ...(edits === undefined ? {} : { fix: { says: `Remove ${off.word.text}`, edits } }) }];
  }
  if (off.variable === undefined || !first) return [];
  const { name, held } = off.variable;
  return [{ range: mount.range, message: `${name}=${held.value ?? ""} ${rest}`, instead: `no ${name}, where the mount keeps the cache out of the layers` }];
}
