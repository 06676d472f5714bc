/** What a run's records say about it. Pure. */
import type { RecordOf } from "./journal.ts";
import type { Aside, JournalRecord, Refusal } from "./step.ts";

export type RunStatus =
  /** Killed on the way: the disk decides what of it happened. */
  | "interrupted"
  /** All steps done, nothing said about whether they cured. */
  | "applied"
  | "cured" | "not-verified"
  /** A step failed and what was done has been undone. */
  | "rolled-back"
  /** Undo was killed on the way. */
  | "undo-interrupted"
  | "undone"
  /** Undone but for what had changed since. */
  | "partly-undone"
  | "forgotten";

const isOf = <T extends JournalRecord["t"]>(t: T) => (record: JournalRecord): record is RecordOf<T> => record.t === t;

export function recordsOf<T extends JournalRecord["t"]>(records: readonly JournalRecord[], t: T): RecordOf<T>[] {
  return records.filter(isOf(t));
}

function lastOf<T extends JournalRecord["t"]>(records: readonly JournalRecord[], t: T): RecordOf<T> | undefined {
  return records.findLast(isOf(t));
}

/** Steps that were begun, in their order; a step without an intent was never touched. */
export function begunSteps(records: readonly JournalRecord[]): number[] {
  return [...new Set(recordsOf(records, "intent").map(({ step }) => step))].sort((a, b) => a - b);
}

export function doneRecord(records: readonly JournalRecord[], step: number): RecordOf<"done"> | RecordOf<"failed"> | undefined {
  return records.findLast((record): record is RecordOf<"done"> | RecordOf<"failed"> => (record.t === "done" || record.t === "failed") && record.step === step);
}

/** The latest word of undo about a step. */
export function undoneRecord(records: readonly JournalRecord[], step: number): RecordOf<"undo-done"> | undefined {
  return recordsOf(records, "undo-done").findLast((record) => record.step === step);
}

export function leftOf(records: readonly JournalRecord[]): Refusal[] {
  return begunSteps(records).flatMap((step) => undoneRecord(records, step)?.left ?? []);
}

export function undoAsides(records: readonly JournalRecord[]): Aside[] {
  return recordsOf(records, "undo-done").flatMap(({ asides = [] }) => asides);
}

export function isWholeRun(records: readonly JournalRecord[]): boolean {
  const begin = recordsOf(records, "begin")[0];
  return begin !== undefined && recordsOf(records, "failed").length === 0
    && begin.plan.steps.every((_, step) => doneRecord(records, step)?.t === "done");
}

export function statusOf(records: readonly JournalRecord[]): RunStatus {
  if (lastOf(records, "forgotten") !== undefined) return "forgotten";
  const undoBegun = records.findLastIndex(isOf("undo-begin"));
  const undoEnded = records.findLastIndex(isOf("undo-end"));
  if (undoBegun > undoEnded) return "undo-interrupted";
  if (undoEnded >= 0) {
    const why = recordsOf(records, "undo-begin")[0]?.why;
    if (leftOf(records).length > 0) return "partly-undone";
    return why === undefined || why === "asked" ? "undone" : "rolled-back";
  }
  const end = lastOf(records, "end");
  if (end !== undefined) return end.status === "cured" ? "cured" : "not-verified";
  return isWholeRun(records) ? "applied" : "interrupted";
}
