import type { AppError } from "../machine/app-error.ts";
import { takeRunLock } from "../machine/run-lock.ts";
import { dropEmptyRun, releaseReserve, type Journal } from "./journal.ts";
import { eachRun } from "./each-run.ts";
import { statusOf } from "./run-state.ts";
import { undoJournal, type UndoOptions, type UndoOutcome } from "./undo.ts";

export interface InterruptedRun {
  readonly run: string;
  readonly at: string;
  readonly command: string;
  readonly status: "interrupted" | "undo-interrupted";
}

export interface Recovery {
  readonly rolledBack: readonly UndoOutcome[];
  /** Runs whose journal cannot be followed; nothing of theirs was touched. */
  readonly unreadable: readonly AppError[];
}

function interruption(journal: Journal): InterruptedRun | undefined {
  const status = statusOf(journal.records);
  if (status !== "interrupted" && status !== "undo-interrupted") return undefined;
  return { run: journal.run, at: journal.begin.at, command: journal.begin.command, status };
}

/** Runs that were killed on their way forth or back. A run that is just going on looks the same. */
export function interruptedRuns(stateDir: string): InterruptedRun[] {
  return eachRun(stateDir, (journal) => (journal === undefined ? undefined : interruption(journal))).found;
}

/** Takes every interrupted run back, newest first, so that the next plan starts from a world nobody left half done. */
export function rollBackInterrupted(options: UndoOptions): Recovery {
  const lock = takeRunLock(options.stateDir);
  try {
    const { found, unreadable } = eachRun(options.stateDir, (journal, run) => {
      releaseReserve(options.stateDir, run);
      if (journal === undefined) {
        dropEmptyRun(options.stateDir, run);
        return undefined;
      }
      return interruption(journal) === undefined ? undefined : undoJournal(journal, options, "interrupted");
    });
    return { rolledBack: found, unreadable };
  } finally {
    lock.release();
  }
}
