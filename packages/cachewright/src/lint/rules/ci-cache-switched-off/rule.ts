import { toolOf } from "../../ci/cache-paths.ts";
import type { CiCache, CiJob } from "../../ci/ci-file.ts";
import { callsOthers, commandsOf, fillsCache, offSetting, offWord } from "../../ci/tool-commands.ts";
import type { LintFinding, Rule } from "../../rule.ts";

export const rule: Rule = {
  code: "ci-cache-switched-off",
  kinds: ["gitlab-ci", "workflow", "action"],
  check: ({ ci }) => (ci?.jobs ?? []).flatMap((job) => (["pip", "uv"] as const).flatMap((tool) => checkJob(job, tool))),
};

function checkJob(job: CiJob, tool: "pip" | "uv"): LintFinding[] {
  const cache = job.caches.find((one) => !one.conditional && isOf(one, tool));
  const commands = commandsOf(job).filter((command) => fillsCache(command, tool));
  if (cache === undefined || commands.length === 0) return [];
  const settings = commands.map((command) => offSetting(command, tool));
  const words = commands.map((command) => offWord(command, tool));
  // One that still fills it gives the cache its use.
  if (commands.some((_, i) => settings[i] === undefined && words[i] === undefined)) return [];
  const [setting] = settings;
  if (setting !== undefined) return [{ range: setting.range, message: `${setting.name} switches off the cache that ${cache.by} keeps for ${tool}`, instead: "take one of the two out" }];
  if (callsOthers(job)) return [];
  return words.flatMap((word) => (word === undefined ? [] : [{ range: word.range, message: `${word.value ?? word.text} switches off the cache that ${cache.by} keeps for ${tool}`, instead: "take one of the two out" }]));
}

function isOf({ tool, paths }: CiCache, wanted: "pip" | "uv"): boolean {
  return tool === wanted || paths.some((path) => toolOf(path) === wanted);
}
