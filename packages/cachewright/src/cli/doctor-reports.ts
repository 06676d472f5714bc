import { AppError } from "../machine/app-error.ts";
import { version } from "../machine/version.ts";
import type { Look } from "../report/text/look.ts";
import type { DoctorText } from "../report/text/calm.ts";
import type { ReportFormat } from "./asked-reports.ts";

export const doctorFormats: readonly ReportFormat[] = ["text", "json", "html", "sarif", "junit", "github"];

export interface DoctorReport extends DoctorText {
  /** The problems that were looked for. */
  readonly lookedFor: readonly string[];
}

/** One report as text, its code loaded when it is asked for. */
export async function doctorReport(format: ReportFormat, report: DoctorReport, look: Look): Promise<string> {
  if (format === "html") return (await import("../report/html/doctor-page.ts")).doctorPage(report, look);
  const { doctorResults, doctorRules, passedProblems, skippedOf } = await import("../report/ci/doctor-results.ts");
  const results = doctorResults(report);
  const rules = doctorRules(report);
  if (format === "github") return (await import("../report/ci/github-annotations.ts")).githubAnnotations(results, rules);
  if (format === "junit") return (await import("../report/ci/junit.ts")).junitXml({ suite: "cachewright doctor", results, rules, passed: passedProblems(report), skipped: skippedOf(report) });
  if (format === "sarif") {
    const notLookedAt = report.facts.unknown.map((one) => `not looked at: ${one.what} (${one.why})`);
    return `${JSON.stringify((await import("../report/ci/sarif.ts")).sarifLog({ rules, results, version, notLookedAt }), null, 2)}\n`;
  }
  throw new AppError("E_USAGE", `${format} is not written to a file`);
}
