import { AppError } from "../machine/app-error.ts";
import type { Facts } from "../facts/facts.ts";
import { isAtOrBelow } from "./look-up.ts";
import type { Finding, Problem, Remedy, Severity } from "./problem.ts";
import { loadProblems } from "./registry.generated.ts";

export interface Diagnosed {
  readonly finding: Finding;
  readonly remedies: readonly Remedy[];
  /** Findings of which this one is the cause: one cause, one finding. */
  readonly folded: readonly Finding[];
}

export interface Diagnosis {
  /** Worst first. */
  readonly findings: readonly Diagnosed[];
  /** Problems that no machine can show or refute. */
  readonly logOnly?: readonly string[];
  /** Problems that were looked for. */
  readonly lookedFor?: readonly string[];
}

export interface DiagnoseOptions {
  /** Only these problems, whether asked-only or not. */
  readonly problems?: readonly string[] | undefined;
  /** Include the states every healthy machine may have (`--python`). */
  readonly asked?: boolean | undefined;
  readonly tool?: string | undefined;
}

const ranks: Record<Severity, number> = { error: 0, warning: 1, note: 2 };

/**
 * A cause of a cause has it too. Two that explain each other are one illness told twice: the first keeps the word.
 */
function causesOf(findings: readonly Finding[]): Map<Finding, Finding> {
  const causes = new Map<Finding, Finding>();
  const rootOf = (finding: Finding): Finding => {
    const cause = causes.get(finding);
    return cause === undefined ? finding : rootOf(cause);
  };
  for (const other of findings) {
    const cause = findings.find((candidate) => explainsIt(candidate, other)) ?? findings.find((candidate) => blocksToo(candidate, other, findings));
    if (cause !== undefined && rootOf(cause) !== other) causes.set(other, cause);
  }
  return new Map([...causes.keys()].map((finding) => [finding, rootOf(finding)]));
}

function explainsIt(cause: Finding, other: Finding): boolean {
  return cause !== other && (cause.explains ?? []).some((explained) => {
    if ("blockedBelow" in explained) return other.blocker !== undefined && isAtOrBelow(other.blocker, explained.blockedBelow);
    if ("blockedAt" in explained) return other.blocker === explained.blockedAt;
    return explained.problem === other.problem && (explained.subject === undefined || explained.subject === other.subject);
  });
}

/** Of findings that one path blocks, the worst and first comes before the others. */
function blocksToo(cause: Finding, other: Finding, findings: readonly Finding[]): boolean {
  if (cause === other || cause.blocker === undefined || cause.blocker !== other.blocker) return false;
  const worse = ranks[cause.severity] - ranks[other.severity];
  return worse < 0 || (worse === 0 && findings.indexOf(cause) < findings.indexOf(other));
}

/** Takes what is explained by another finding out of the list and hangs it below its cause. */
export function foldFindings(findings: readonly Finding[]): { finding: Finding; folded: Finding[] }[] {
  const causes = causesOf(findings);
  return findings.filter((finding) => !causes.has(finding)).map((finding) => ({ finding, folded: findings.filter((other) => causes.get(other) === finding) }));
}

function inQuestion(problem: Problem, options: DiagnoseOptions): boolean {
  if (options.tool !== undefined && !problem.tools.includes(options.tool)) return false;
  if (options.problems !== undefined && options.problems.length > 0) return true;
  return problem.when === "always" || options.asked === true;
}

/** Facts in, findings out; pure but for loading the problems. Causes are folded before anything is left out by name. */
export async function diagnose(facts: Facts, options: DiagnoseOptions = {}): Promise<Diagnosis> {
  const problems = await loadProblems();
  const byId = new Map(problems.map((problem) => [problem.id, problem]));
  for (const id of options.problems ?? []) {
    if (!byId.has(id)) throw new AppError("E_UNKNOWN_ID", `there is no problem called ${id}`);
  }
  const inIt = problems.filter((problem) => inQuestion(problem, options));
  const found = inIt.flatMap((problem) => problem.detect(facts));
  const wanted = new Set(options.problems);
  const folded = foldFindings(found).filter(({ finding, folded: below }) => wanted.size === 0 || wanted.has(finding.problem) || below.some((other) => wanted.has(other.problem)));
  const findings = folded.map(({ finding, folded: below }) => ({ finding, folded: below, remedies: byId.get(finding.problem)?.remedies(finding, facts) ?? [] }));
  findings.sort((a, b) => ranks[a.finding.severity] - ranks[b.finding.severity] || a.finding.problem.localeCompare(b.finding.problem) || a.finding.subject.localeCompare(b.finding.subject));
  const logOnly = problems.filter((problem) => problem.logOnly === true).map((problem) => problem.id);
  const lookedFor = inIt.map((problem) => problem.id).filter((id) => !logOnly.includes(id) && (wanted.size === 0 || wanted.has(id)));
  return { findings, logOnly, lookedFor };
}
