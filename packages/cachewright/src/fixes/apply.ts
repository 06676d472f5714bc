import * as path from "node:path";
import { AppError, type ErrorCode } from "../machine/app-error.ts";
import type { Hands } from "../machine/hands.ts";
import { openHands } from "../machine/open-hands.ts";
import { takeRunLock } from "../machine/run-lock.ts";
import type { ActFailure } from "./act.ts";
import { checkPlan } from "./check-plan.ts";
import { directoryTimes } from "./directory-times.ts";
import { forwardActs } from "./forward-acts.ts";
import { fingerprint, madeBy } from "./inverse-made.ts";
import { addRecord, beginRun, closeJournal, releaseReserve, type Journal } from "./journal.ts";
import { makePerformer, type Performer, type PerformerOptions } from "./perform.ts";
import { isSameObject, knownOf, madeKnown, type Known } from "./same-object.ts";
import type { Aside, BoundStep, JournalRecord, Plan, Refusal } from "./step.ts";
import { undoSteps } from "./undo-steps.ts";

export interface ApplyOptions extends PerformerOptions {
  readonly stateDir: string;
  /** How it was called, for the journal. */
  readonly command: string;
  readonly onStep?: (step: BoundStep, number: number) => void;
  readonly now?: () => Date;
}

export interface RunFailure {
  /** Number of the step that failed. */
  readonly step: number;
  readonly code: ErrorCode;
  readonly why: string;
}

export interface RunOutcome {
  readonly run: string;
  /** "rolled-back": a step failed, and what had been done was undone but for `left`. */
  readonly status: "applied" | "rolled-back";
  readonly failure?: RunFailure;
  readonly freed: number;
  readonly left: readonly Refusal[];
  readonly asides: readonly Aside[];
}

interface Work {
  readonly journal: Journal;
  readonly hands: Hands;
  readonly performer: Performer;
  readonly options: ApplyOptions;
  readonly write: (record: JournalRecord) => void;
  /** Directories the run has made so far, by path. */
  readonly made: Map<string, Known>;
}

/** How many acts of a step may have been done when it failed; undefined: it did not fail at one of its acts. */
function touchedWhen(error: AppError): number | undefined {
  const failure = error.cause as Partial<ActFailure> | undefined;
  if (failure?.act === undefined) return undefined;
  // A changed guard is met before anything is done; any other failure may have come half way.
  return error.code === "E_CHANGED" ? failure.act : failure.act + 1;
}

/** The directories a step's names stand in must be the ones it was bound to, or the ones this run has made. */
function checkParents({ step, entries }: BoundStep, { hands, made }: Work): void {
  const names = step.kind === "rename" ? [step.from, step.to] : step.kind === "run" ? [step.makes] : step.kind === "make-dir" ? [step.path] : [];
  for (const dir of new Set(names.map((name) => path.dirname(name)))) {
    const entry = entries.find(({ rel }) => rel === dir);
    const then = entry === undefined ? made.get(dir) : knownOf(entry);
    const now = hands.look(dir);
    if (now === undefined) throw new AppError("E_CHANGED", `${dir} is gone`);
    if (then !== undefined && !isSameObject(now, then, true)) throw new AppError("E_CHANGED", `${dir} is another directory by now`);
  }
}

/** What the step says about itself when it is done: what was made, so that undo takes away nothing else. */
function savedAfter({ step }: BoundStep, hands: Hands): Record<string, string> {
  if (step.kind === "make-dir") return { ...madeBy(hands, step.path) };
  if (step.kind === "set-aside") return { ...madeBy(hands, step.to) };
  if (step.kind !== "run") return {};
  const made = madeBy(hands, step.makes);
  return made === undefined ? {} : { ...made, print: fingerprint(hands, step.makes) };
}

function doStep(bound: BoundStep, number: number, work: Work): void {
  const { hands, journal, performer, options, write, made } = work;
  const { step } = bound;
  checkParents(bound, work);
  const acts = forwardActs(bound, { hands, run: journal.run });
  write({ t: "intent", step: number, directories: directoryTimes(hands, bound) });
  options.onStep?.(bound, number);
  const [failure] = performer.perform(step.actor, acts, false);
  if (failure !== undefined) throw new AppError(failure.code, failure.why, { cause: failure });
  if (step.kind === "run" && hands.look(step.makes) === undefined) throw new AppError("E_STEP", `${step.argv[0]} did not make ${step.makes}`);
  const saved = savedAfter(bound, hands);
  const known = step.kind === "make-dir" ? madeKnown("dir", saved) : undefined;
  if (step.kind === "make-dir" && known !== undefined) made.set(step.path, known);
  write({ t: "done", step: number, saved, directories: directoryTimes(hands, bound) });
}

/** Like `write`, but goes on when the journal cannot be written: a roll-back can always be told from the disk. */
function orNothing({ write, journal }: Work): Work["write"] {
  return (record) => {
    try {
      write(record);
    } catch (error) {
      if (!(error instanceof AppError && error.code === "E_STATE")) throw error;
      // This process still knows.
      journal.records.push(record);
    }
  };
}

function rollBack(work: Work, { touched, ...failure }: RunFailure & { touched: number | undefined }): RunOutcome {
  const { journal, hands, performer, options } = work;
  releaseReserve(options.stateDir, journal.run);
  const write = orNothing(work);
  const bound = journal.begin.plan.steps[failure.step];
  write({
    t: "failed", step: failure.step, code: failure.code, why: failure.why,
    saved: { ...(touched !== undefined && { touched: String(touched) }), ...(bound?.step.kind === "run" && savedAfter(bound, hands)) },
    ...(bound !== undefined && { directories: directoryTimes(hands, bound) }),
  });
  const { left, asides } = undoSteps({ journal, hands, performer, write, now: options.now ?? (() => new Date()) }, "failed");
  return { run: journal.run, status: "rolled-back", failure, freed: 0, left, asides };
}

function doSteps(plan: Plan, work: Work): RunOutcome {
  for (const [number, bound] of plan.steps.entries()) {
    try {
      doStep(bound, number, work);
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      return rollBack(work, { step: number, code: error.code, why: error.message, touched: touchedWhen(error) });
    }
  }
  return { run: work.journal.run, status: "applied", freed: plan.frees, left: [], asides: [] };
}

/**
 * Journals, then acts, step by step. A guard that does not hold any more stops the run and what was done is undone.
 * What can be known before anything is done (E_PRIVILEGE, E_LOCKED, E_STATE, E_CHANGED) is thrown.
 */
export function applyPlan(plan: Plan, options: ApplyOptions): RunOutcome {
  const hands = openHands();
  try {
    const performer = makePerformer(plan, hands, options);
    const lock = takeRunLock(options.stateDir);
    try {
      checkPlan(plan, hands);
      const journal = beginRun(options.stateDir, { plan, command: options.command, at: (options.now ?? (() => new Date()))() });
      try {
        options.checkpoint?.("begin");
        const write = (record: JournalRecord): void => {
          addRecord(journal, record);
          options.checkpoint?.(record.t);
        };
        return doSteps(plan, { journal, hands, performer, options, write, made: new Map() });
      } finally {
        closeJournal(journal);
        releaseReserve(options.stateDir, journal.run);
      }
    } finally {
      lock.release();
    }
  } finally {
    hands.close();
  }
}
