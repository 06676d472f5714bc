import { AppError } from "../machine/app-error.ts";
import { openHands } from "../machine/open-hands.ts";
import { takeRunLock } from "../machine/run-lock.ts";
import { addRecord, closeJournal, openRun, releaseReserve, type Journal } from "./journal.ts";
import { makePerformer, type PerformerOptions } from "./perform.ts";
import { statusOf, type RunStatus } from "./run-state.ts";
import type { Aside, JournalRecord, Refusal } from "./step.ts";
import { undoSteps } from "./undo-steps.ts";

export interface UndoOptions extends PerformerOptions {
  readonly stateDir: string;
  readonly onStep?: (step: number) => void;
  readonly now?: () => Date;
}

export interface UndoOutcome {
  readonly run: string;
  /** "left": not all could be put back; each is listed. */
  readonly status: "undone" | "left";
  readonly left: readonly Refusal[];
  /** Directories that had been filled since, and where they are now. */
  readonly asides: readonly Aside[];
  /** Bytes of removed entries, which do not come back. */
  readonly gone: number;
}

const refusals: Partial<Record<RunStatus, string>> = {
  undone: "is already undone",
  "rolled-back": "was cut short and is already undone",
  forgotten: "is forgotten: what it had set aside is deleted",
};

function refuseSpent({ run, begin, records }: Journal): void {
  const spent = refusals[statusOf(records)];
  if (spent !== undefined) throw new AppError("E_NOT_UNDOABLE", `${run} ${spent}`);
  if (begin.plan.undoable === "no") {
    throw new AppError("E_NOT_UNDOABLE", `${run} only removed things to free space, which cannot come back; its plan said so`);
  }
}

/** Undoes an opened run and says so in its journal. */
export function undoJournal(journal: Journal, options: Omit<UndoOptions, "stateDir">, why: "asked" | "interrupted"): UndoOutcome {
  const hands = openHands();
  try {
    const { plan } = journal.begin;
    const performer = makePerformer(plan, hands, options);
    const write = (record: JournalRecord): void => {
      addRecord(journal, record);
      options.checkpoint?.(record.t);
    };
    const { left, asides } = undoSteps({ journal, hands, performer, write, now: options.now ?? (() => new Date()), ...(options.onStep && { onStep: options.onStep }) }, why);
    const gone = plan.steps.reduce((sum, { step, frees }) => sum + (step.kind === "remove" || step.kind === "remove-trees" ? frees : 0), 0);
    return { run: journal.run, status: left.length === 0 ? "undone" : "left", left, asides, gone };
  } finally {
    hands.close();
  }
}

/** Takes a run back: whole, cut short by a kill, or half undone before. */
export function undoRun(run: string, options: UndoOptions): UndoOutcome {
  const lock = takeRunLock(options.stateDir);
  try {
    const journal = openRun(options.stateDir, run);
    if (journal === undefined) return { run, status: "undone", left: [], asides: [], gone: 0 };
    try {
      releaseReserve(options.stateDir, journal.run);
      refuseSpent(journal);
      return undoJournal(journal, options, statusOf(journal.records) === "interrupted" ? "interrupted" : "asked");
    } finally {
      closeJournal(journal);
    }
  } finally {
    lock.release();
  }
}
