import { lintCodes } from "../../codes.generated.ts";
import { ignoreComments, type IgnoreComment } from "../../ignores.ts";
import type { LintFinding, Rule } from "../../rule.ts";

export const rule: Rule = {
  code: "ignore-without-reason",
  kinds: ["dockerfile", "shell", "gitlab-ci", "workflow", "action"],
  check: (source) => ignoreComments(source).flatMap(checkComment),
};

function checkComment({ range, codes, why }: IgnoreComment): LintFinding[] {
  const instead = "# cachewright: ignore=CODE -- why it may stay";
  if (codes.length === 0) return [{ range, message: "this ignore names no rule, so it ignores nothing", instead }];
  const stray = codes.find((code) => !lintCodes.includes(code));
  if (stray !== undefined) return [{ range, message: `there is no rule ${stray}`, instead: "a code that cachewright lint --list-rules shows" }];
  return why === "" ? [{ range, message: "this ignore gives no reason, so it ignores nothing", instead }] : [];
}
