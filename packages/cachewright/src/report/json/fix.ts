import type { FixOutcome, PreparedFix } from "../../fixes/cure.ts";
import type { Recovery } from "../../fixes/recover.ts";
import { findingJson } from "./doctor.ts";
import { undoJson } from "./runs.ts";
import type { FixReport } from "./schemas.ts";

export function fixJson(fix: {
  readonly prepared: PreparedFix;
  readonly recovery: Recovery | undefined;
  readonly status: FixReport["status"];
  readonly done?: FixOutcome | undefined;
}): FixReport {
  const { prepared, recovery, status, done } = fix;
  const { diagnosis, choice, plan, facts } = prepared;
  return {
    schema: 1,
    cachewright: facts.by.cachewright,
    status,
    findings: diagnosis.findings.map(({ finding, remedies }) => ({
      ...findingJson(finding, remedies),
      remedy: choice.chosen.find((one) => one.finding === finding)?.remedy.id ?? null,
    })),
    plan,
    refused: choice.refused.map(({ finding, remedy, why, hint }) => ({ problem: finding.problem, subject: finding.subject, remedy: remedy.id, why, hint: hint ?? null })),
    recovered: (recovery?.rolledBack ?? []).map(undoJson),
    run: done === undefined ? null : runJson(done),
    verified: (done?.verified ?? []).map((one) => ({ ...one })),
  };
}

function runJson({ outcome }: FixOutcome): NonNullable<FixReport["run"]> {
  const { run, status, failure, freed, left, asides } = outcome;
  return { run, status, failure: failure === undefined ? null : { ...failure }, freed, left: [...left], asides: asides.map(({ path, to }) => ({ path, to })) };
}
