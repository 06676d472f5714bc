/** What the clinic reads of the command's JSON contract: just enough, checked as it is read. */
import type { Output } from "./room.ts";

export interface Finding {
  readonly problem: string;
  readonly subject: string;
  readonly severity: string;
  readonly evidence: readonly { readonly from: { readonly path?: string; readonly env?: string }; readonly path?: { readonly path: string } }[];
  /** doctor only: what this one is the cause of. */
  readonly causes?: readonly { readonly problem: string; readonly subject: string }[];
  /** explain only. */
  readonly path?: string | null;
  readonly grounded?: string;
}

function parse(output: Output): Record<string, unknown> {
  try {
    return JSON.parse(output.stdout) as Record<string, unknown>;
  } catch {
    throw new Error(`no JSON (exit ${output.code}):\n${output.text.slice(0, 4000)}`);
  }
}

function findingsOf(output: Output): { readonly findings: readonly Finding[] } {
  const { findings } = parse(output);
  if (!Array.isArray(findings)) throw new Error(`no findings in ${output.stdout.slice(0, 4000)}`);
  return { findings: findings as Finding[] };
}

export function readDoctor(output: Output): { readonly findings: readonly Finding[] } {
  const report = findingsOf(output);
  const serious = report.findings.some((finding) => finding.severity !== "note");
  if (output.code !== (serious ? 1 : 0)) throw new Error(`doctor's exit code is ${output.code}: ${output.text.slice(0, 4000)}`);
  return report;
}

export const readExplain = findingsOf;

export function readFix(output: Output): Record<string, unknown> {
  const report = parse(output);
  if (output.code !== 0 || report["status"] !== "cured") throw new Error(`exit ${output.code}, ${report["status"]}: ${output.text.slice(0, 4000)}`);
  return report;
}

export interface UndoReport {
  readonly left: readonly { readonly path: string; readonly why: string }[];
  readonly text: string;
}

export function readUndo(output: Output): UndoReport {
  const left = (parse(output)["left"] ?? []) as UndoReport["left"];
  if (output.code !== (left.length > 0 ? 3 : 0)) throw new Error(`undo failed (exit ${output.code}): ${output.text.slice(0, 4000)}`);
  return { left, text: output.text };
}
