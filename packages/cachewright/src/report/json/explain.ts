import type { Explanation, LogFinding } from "../../explain/explanation.ts";
import type { Diagnosed } from "../../problems/diagnose.ts";
import type { Remedy } from "../../problems/problem.ts";
import { costsOf, titleOf } from "../../problems/texts.ts";
import { severityOf } from "../severity-of.ts";
import { findingJson, remedyJson } from "./doctor.ts";
import type { ExplainReport } from "./schemas.ts";

export type Grounded = "proved" | "refuted" | "elsewhere" | "not-asked";

/** A finding of the log, and what this machine says about it. */
export interface GroundedFinding {
  readonly found: LogFinding;
  readonly grounded: Grounded;
  /** The finding of this machine that proves it. */
  readonly proof?: Diagnosed | undefined;
  /** Of a problem that only a log can show: the cures of its page. */
  readonly shownCures?: readonly Remedy[] | undefined;
}

export function explainJson(explanation: Explanation, findings: readonly GroundedFinding[], by: string): ExplainReport {
  const { lines, bytes, binary, cut, skipped, notOurs } = explanation;
  return {
    schema: 1,
    cachewright: by,
    input: { lines, bytes, binary, cut: { ...cut }, skipped },
    findings: findings.map(groundedJson),
    notOurs: notOurs === null ? null : { kind: notOurs.kind, line: notOurs.line, text: notOurs.text, alsoPossible: [...notOurs.alsoPossible] },
    unexplained: explanation.unexplained.map(({ line, text, errno, path }) => ({ line, text, errno, path })),
  };
}

function groundedJson({ found, grounded, proof, shownCures }: GroundedFinding): ExplainReport["findings"][number] {
  const { severity, subject, says, evidence, remedies } = proof === undefined ? fromLog(found, shownCures ?? []) : findingJson(proof.finding, proof.remedies);
  return {
    problem: found.problem,
    severity, subject,
    title: titleOf(found.problem),
    says,
    costs: costsOf(found.problem),
    evidence, remedies,
    path: found.path,
    lines: [found.lines[0], found.lines[1]],
    count: found.count,
    text: found.text,
    tool: found.tool,
    ...(found.version === undefined ? {} : { version: found.version }),
    weight: found.weight,
    grounded,
    ...(proof === undefined || proof.finding.problem === found.problem ? {} : { because: proof.finding.problem }),
    alsoPossible: [...found.alsoPossible],
    consequences: found.consequences.map(({ line, text }) => ({ line, text })),
  };
}

function fromLog(found: LogFinding, shownCures: readonly Remedy[]): Pick<ExplainReport["findings"][number], "severity" | "subject" | "says" | "evidence" | "remedies"> {
  return {
    severity: severityOf(found.problem),
    subject: found.path ?? found.problem,
    says: titleOf(found.problem),
    evidence: [{ says: found.text, from: { line: found.lines[0] } }],
    remedies: shownCures.map((remedy) => remedyJson(found, remedy)),
  };
}
