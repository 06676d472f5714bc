import type { Facts, Source } from "../../facts/facts.ts";
import type { Diagnosed } from "../../problems/diagnose.ts";
import type { Finding, Remedy } from "../../problems/problem.ts";
import { costsOf, remedyText, say, titleOf } from "../../problems/texts.ts";
import type { DoctorReport, FindingReport, RemedyReport, SourceReport } from "./schemas.ts";

export function doctorJson(report: {
  readonly facts: Facts;
  readonly found: readonly Diagnosed[];
  readonly ignored: readonly { readonly problem: string; readonly subject: string; readonly why: string; readonly from: string }[];
}): DoctorReport {
  const { facts } = report;
  return {
    schema: 1,
    cachewright: facts.by.cachewright,
    tools: toolsOf(facts),
    findings: report.found.map(({ finding, remedies, folded }) => ({
      ...findingJson(finding, remedies),
      causes: folded.map((one) => ({ problem: one.problem, subject: one.subject })),
    })),
    ignored: report.ignored.map((one) => ({ ...one })),
    unknown: facts.unknown.map((one) => ({ what: one.what, why: one.why, from: sourceJson(one.from) })),
  };
}

function toolsOf(facts: Facts): DoctorReport["tools"] {
  return facts.installs.flatMap((install) => (install.pip.ok
    ? [{ tool: "pip", version: install.pip.value.version, python: install.python, pythonVersion: install.version, chosen: install.chosen }]
    : []));
}

export function findingJson(finding: Finding, remedies: readonly Remedy[]): FindingReport {
  return {
    problem: finding.problem,
    severity: finding.severity,
    subject: finding.subject,
    title: titleOf(finding.problem),
    says: say(finding),
    costs: costsOf(finding.problem),
    evidence: finding.evidence.map((one) => ({
      says: one.says,
      from: sourceJson(one.from),
      ...(one.path === undefined ? {} : { path: pathJson(one.path) }),
    })),
    remedies: remedies.map((remedy) => remedyJson(finding, remedy)),
  };
}

export function remedyJson(finding: Pick<Finding, "problem" | "params">, remedy: Remedy): RemedyReport {
  const text = remedyText(finding.problem, remedy.id, { ...finding.params, ...remedy.params });
  return {
    id: remedy.id, title: text.title, why: text.why, tradeoff: text.tradeoff, needs: remedy.needs,
    applies: remedy.steps.length > 0, steps: remedy.steps.map((step) => ({ kind: step.kind, why: step.why })), shown: [...(remedy.shown ?? [])],
  };
}

function sourceJson(from: Source): SourceReport {
  return {
    ...(from.path === undefined ? {} : { path: from.path }),
    ...(from.line === undefined ? {} : { line: from.line }),
    ...(from.env === undefined ? {} : { env: from.env }),
    ...(from.call === undefined ? {} : { call: from.call }),
  };
}

function pathJson(path: NonNullable<Finding["evidence"][number]["path"]>): NonNullable<FindingReport["evidence"][number]["path"]> {
  return {
    path: path.path,
    state: path.state,
    ...(path.type === undefined ? {} : { type: path.type }),
    ...(path.uid === undefined ? {} : { uid: path.uid }),
    ...(path.gid === undefined ? {} : { gid: path.gid }),
    ...(path.mode === undefined ? {} : { mode: path.mode.toString(8).padStart(4, "0") }),
    ...(path.errno === undefined ? {} : { errno: path.errno }),
  };
}
