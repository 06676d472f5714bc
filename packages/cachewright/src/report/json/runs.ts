import type { ForgetOutcome, RunDetails, RunSummary } from "../../fixes/runs.ts";
import type { UndoOutcome } from "../../fixes/undo.ts";
import type { ForgetReport, RunListReport, RunReport, RunSummaryReport, UndoReport } from "./schemas.ts";

export function runListJson(runs: readonly RunSummary[], unreadable: readonly { readonly code: string; readonly message: string }[]): RunListReport {
  return { schema: 1, runs: runs.map(summaryJson), unreadable: unreadable.map(({ code, message }) => ({ code, message })) };
}

function summaryJson({ run, at, command, status, cures, user, undoable, asides, offered }: RunSummary): RunSummaryReport {
  return { run, at, command, status, cures: [...cures], user: { ...user }, undoable, asides: [...asides], offered };
}

export function runJson(run: RunDetails): RunReport {
  const { plan, verified, failure, left, asideBytes } = run;
  return {
    schema: 1, ...summaryJson(run), plan, verified: [...verified], failure: failure === undefined ? null : { ...failure }, left: [...left], asideBytes,
  };
}

export function undoJson({ run, status, left, asides, gone }: UndoOutcome): UndoReport {
  return { schema: 1, run, status, left: [...left], asides: asides.map(({ path, to }) => ({ path, to })), gone };
}

export function forgetJson({ run, freed, left }: ForgetOutcome): ForgetReport {
  return { schema: 1, run, freed, left: left.map(({ path, why, command }) => ({ path, why, ...(command === undefined ? {} : { command }) })) };
}
