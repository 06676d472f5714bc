import type { Hands } from "../machine/hands.ts";
import { ownMark, ownUid } from "../machine/proc.ts";
import { asidesOf, type Act, type ActFailure } from "./act.ts";
import { timeActs, timesToBringBack } from "./directory-times.ts";
import type { InverseContext } from "./inverse.ts";
import { inverseActs } from "./inverse-acts.ts";
import type { Journal, RecordOf } from "./journal.ts";
import type { Performer } from "./perform.ts";
import { begunSteps, doneRecord, recordsOf, undoneRecord } from "./run-state.ts";
import { isInside } from "./step-path.ts";
import type { Aside, DirectoryTime, JournalRecord, Refusal } from "./step.ts";

export interface UndoWork {
  readonly journal: Journal;
  readonly hands: Hands;
  readonly performer: Performer;
  /** Adds to the journal. A roll-back goes on when the disk is full: what it does can be told from the disk. */
  readonly write: (record: JournalRecord) => void;
  readonly onStep?: (step: number) => void;
  readonly now: () => Date;
}

export interface UndoResult {
  readonly left: Refusal[];
  readonly asides: Aside[];
}

function isSameBoot({ begin }: Journal): boolean {
  const { boot } = ownMark();
  return begin.boot === undefined || begin.boot === null || boot === null || begin.boot === boot;
}

/** Decided once, before the first step is undone: afterwards the times say nothing any more. */
function decideTimes({ journal, hands }: UndoWork): DirectoryTime[] {
  const { records, begin } = journal;
  const [first] = recordsOf(records, "undo-begin");
  if (first === undefined) return timesToBringBack(hands, { records, steps: begin.plan.steps, sameBoot: isSameBoot(journal) });
  if (recordsOf(records, "undo-end").length === 0) return first.directories ?? [];
  return (first.directories ?? []).filter(({ path, mtime }) => hands.look(path)?.times.mtime === BigInt(mtime));
}

function pathOfAct(act: Act | undefined): string {
  if (act === undefined || act.do === "run") return "";
  return act.do === "default-acl" ? (act.targets[0]?.path ?? "") : act.path;
}

function madeAbove({ begin, records }: Journal, before: number): InverseContext["madeAbove"] {
  const made = begunSteps(records).filter((step) => step < before).flatMap((number) => {
    const step = begin.plan.steps[number]?.step;
    return step?.kind === "make-dir" ? [step.path] : [];
  });
  return (path) => made.some((dir) => path !== dir && isInside(path, dir));
}

function refusalsOf(acts: readonly Act[], failures: readonly ActFailure[]): Refusal[] {
  return failures.map(({ act, why }) => ({ path: pathOfAct(acts[act]), why }));
}

function undoStep(number: number, { journal, hands, performer }: UndoWork): UndoResult {
  const bound = journal.begin.plan.steps[number];
  if (bound === undefined) return { left: [], asides: [] };
  const done = doneRecord(journal.records, number);
  const context: InverseContext = {
    hands, run: journal.run, saved: done?.saved, wasDone: done?.t === "done",
    sameBoot: isSameBoot(journal), madeAbove: madeAbove(journal, number),
  };
  for (;;) {
    const { acts, left, asides = [], unseen = [] } = inverseActs(bound, context);
    const failures = performer.perform(bound.step.actor, acts, true);
    // A directory that was opened again shows what is below it: look once more.
    if (unseen.length > 0 && acts.length > failures.length) continue;
    const failed = new Set(failures.map(({ act }) => act));
    return {
      left: [...left, ...unseen, ...refusalsOf(acts, failures)],
      asides: [...asidesOf(acts.filter((_, act) => !failed.has(act))), ...asides],
    };
  }
}

function bringTimesBack({ hands, performer }: UndoWork, directories: readonly DirectoryTime[]): void {
  const mine = timeActs(hands, directories).filter((act) => ownUid() <= 0 || ("guard" in act && act.guard.uid === ownUid()));
  // A time that cannot be set is not worth a complaint: every entry is where it was.
  performer.perform("root", mine, true);
}

/** Undoes every step that was begun, last first, entry by entry. May be killed and done again at any point. */
export function undoSteps(work: UndoWork, why: NonNullable<RecordOf<"undo-begin">["why"]>): UndoResult {
  const { journal, write, now } = work;
  const directories = decideTimes(work);
  write({ t: "undo-begin", at: now().toISOString(), why, directories });
  const asides: Aside[] = [];
  const left: Refusal[] = [];
  for (const step of begunSteps(journal.records).reverse()) {
    const before = undoneRecord(journal.records, step);
    if (before !== undefined && before.left.length === 0) {
      asides.push(...(before.asides ?? []));
      continue;
    }
    write({ t: "undo-intent", step });
    work.onStep?.(step);
    const result = undoStep(step, work);
    left.push(...result.left);
    asides.push(...result.asides);
    write({ t: "undo-done", step, left: result.left, asides: result.asides });
  }
  bringTimesBack(work, directories);
  write({ t: "undo-end", at: now().toISOString(), left: left.length });
  return { left, asides };
}
