import { AppError } from "../machine/app-error.ts";
import { version } from "../machine/version.ts";
import { faultPlace, type LintedFile } from "../lint/lint-files.ts";
import type { Rule } from "../lint/rule.ts";
import type { MutedResult } from "../report/json/lint.ts";
import type { ReportFormat } from "./asked-reports.ts";

export const lintFormats: readonly ReportFormat[] = ["text", "json", "sarif", "junit", "markdown", "github"];

interface Given {
  readonly files: readonly LintedFile[];
  readonly muted: readonly MutedResult[];
  readonly rules: readonly Rule[];
}

/** One report as text, its code loaded when it is asked for. */
export async function lintReport(format: ReportFormat, { files, muted, rules: asked }: Given): Promise<string> {
  const { lintResults, lintRules } = await import("../report/ci/lint-results.ts");
  const results = lintResults(files);
  const rules = lintRules(asked.map(({ code }) => code));
  const faults = files.flatMap(({ path, fault, unread }) => [...(fault === undefined ? [] : [`${faultPlace(path, fault)}: ${fault.message}`]), ...unread.map(({ line, why }) => `${path}:${line}: ${why}`)]);
  if (format === "github") return (await import("../report/ci/github-annotations.ts")).githubAnnotations(results, rules);
  if (format === "sarif") return `${JSON.stringify((await import("../report/ci/sarif.ts")).sarifLog({ rules, results, version, notLookedAt: faults.map((fault) => `not looked at: ${fault}`) }), null, 2)}\n`;
  if (format === "markdown") return (await import("../report/ci/markdown.ts")).markdownSummary({ title: "cachewright lint", results, rules, notLookedAt: faults.map((fault) => `not looked at: ${fault}`) });
  if (format !== "junit") throw new AppError("E_USAGE", `${format} is not written to a file`);
  const passed = rules.map(({ id }) => id).filter((id) => !results.some(({ rule }) => rule === id));
  const skipped = [
    ...muted.map(({ path, result, why }) => ({ rule: result.rule, subject: `${path}:${result.line}`, why })),
    ...files.flatMap((file) => file.ignored.map(({ result, why }) => ({ rule: result.rule, subject: `${file.path}:${result.line}`, why }))),
  ];
  return (await import("../report/ci/junit.ts")).junitXml({ suite: "cachewright lint", results, rules, passed, skipped });
}
