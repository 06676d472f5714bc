/** A cache mount that several builds may use at once, of a tool that cannot bear it. */
import { cachePlace } from "../../cache-place.ts";
import { mountOver } from "../../mounted.ts";
import { covers } from "../../paths.ts";
import type { LintFinding, LintFix, Rule } from "../../rule.ts";
import type { Mount, Step } from "../../source.ts";
import { fillingRun } from "../../tool-run.ts";

export const rule: Rule = {
  code: "cache-mount-sharing",
  kinds: ["dockerfile"],
  check: ({ steps }) => steps.flatMap((step) => needy(step).flatMap(({ mount, tool }) => checkMount(mount, tool))),
};

const apts = new Set(["apt", "apt-get", "aptitude"]);
const aptPlaces = ["/var/cache/apt/archives", "/var/lib/apt/lists"];

/** apt locks its directories and stops when another holds them; conda extracts packages without any lock. pip and uv are fit for it. */
function needy(step: Step): { mount: Mount; tool: string }[] {
  const found = new Map<Mount, string>();
  for (const command of step.commands) {
    if (apts.has(command.name)) {
      for (const mount of step.mounts) {
        const { target } = mount;
        if (mount.type === "cache" && target !== undefined && aptPlaces.some((place) => covers(target, place))) found.set(mount, "apt");
      }
    }
    const run = fillingRun(command);
    const mount = run?.tool === "conda" ? mountOver(step, "conda", cachePlace("conda", command).path) : undefined;
    if (mount?.type === "cache") found.set(mount, command.name);
  }
  return [...found].map(([mount, tool]) => ({ mount, tool }));
}

function checkMount(mount: Mount, tool: string): LintFinding[] {
  const sharing = mount.options.get("sharing");
  if (mount.options.has("ro") || mount.options.has("readonly") || (sharing !== undefined && sharing.value !== "shared")) return [];
  const why = tool === "apt" ? "apt stops when another build holds its lock" : `${tool} unpacks packages without a lock`;
  return [{
    range: sharing?.range ?? mount.range,
    message: `builds that run at once share this cache mount, and ${why}`,
    instead: "sharing=locked",
    fix: fixOf(mount),
  }];
}

function fixOf(mount: Mount): LintFix {
  const sharing = mount.options.get("sharing");
  const edit = sharing === undefined ? { start: mount.range.end, end: mount.range.end, content: ",sharing=locked" } : { ...sharing.range, content: "sharing=locked" };
  return { says: "Add sharing=locked", edits: [edit] };
}
