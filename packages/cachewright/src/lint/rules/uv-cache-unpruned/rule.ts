import { toolOf } from "../../ci/cache-paths.ts";
import type { CiJob } from "../../ci/ci-file.ts";
import { commandsOf, fillsCache } from "../../ci/tool-commands.ts";
import type { LintFinding, Rule } from "../../rule.ts";

export const rule: Rule = {
  code: "uv-cache-unpruned",
  kinds: ["gitlab-ci", "workflow", "action"],
  check: ({ ci }) => (ci?.jobs ?? []).flatMap(checkJob),
};

function checkJob(job: CiJob): LintFinding[] {
  if (job.partial || /\buv cache (?:prune|clean)\b/.test(job.text) || !commandsOf(job).some((command) => fillsCache(command, "uv"))) return [];
  return job.caches.filter(({ saves }) => saves).flatMap(({ by, paths }) => paths.filter((path) => toolOf(path) === "uv").map(({ range, text }) => ({
    range, message: `${by} saves the whole of ${text}: wheels that are downloaded again as fast as they are restored`, instead: "uv cache prune --ci as the job's last command",
  })));
}
