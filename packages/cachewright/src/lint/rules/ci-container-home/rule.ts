import { toolOf } from "../../ci/cache-paths.ts";
import type { CiJob } from "../../ci/ci-file.ts";
import type { LintFinding, Rule } from "../../rule.ts";

/** Anything that gives pip another place, or the place to root: a directory that root makes there is root's. */
const mended = /PIP_CACHE_DIR|XDG_CACHE_HOME|\bchown\b|\bmkdir\b[^\n]*\.cache|(?:^|[^\w$])HOME\s*[:=]/;

export const rule: Rule = {
  code: "ci-container-home",
  kinds: ["workflow"],
  check: ({ ci }) => (ci?.jobs ?? []).flatMap(checkJob),
};

function checkJob(job: CiJob): LintFinding[] {
  const { container } = job;
  if (container === undefined || (container.user !== undefined && !/^(?:root|0)(?::|$)/.test(container.user))) return [];
  if (mended.test(job.text) || ["PIP_CACHE_DIR", "XDG_CACHE_HOME", "HOME"].some((name) => job.variables.has(name))) return [];
  return job.caches.flatMap(({ by, range, tool, paths }) => {
    const path = paths.find((one) => one.text.startsWith("~") && toolOf(one) === "pip");
    if (tool !== "pip" && path === undefined) return [];
    const result = tool === "pip" ? `${by} fails, for it asks pip for the place` : "nothing is there to be saved";
    return [{ range: path?.range ?? range, message: `in a container job HOME is /github/home, which is not root's: pip switches its cache off, and ${result}`, instead: "env: PIP_CACHE_DIR: /root/.cache/pip for the job, and that path in actions/cache" }];
  });
}
