import { AppError } from "../machine/app-error.ts";
import type { Hands } from "../machine/hands.ts";
import { openHands } from "../machine/open-hands.ts";
import { ownMark, ownUid } from "../machine/proc.ts";
import { isRunLocked, takeRunLock } from "../machine/run-lock.ts";
import { performActs } from "./act.ts";
import { directoriesLeft } from "./directory-times.ts";
import { eachRun } from "./each-run.ts";
import { addRecord, closeJournal, openRun, type Journal, type RecordOf } from "./journal.ts";
import { leftOf, recordsOf, statusOf, type RunStatus } from "./run-state.ts";
import { setAsidesOf, weigh, type SetAside } from "./set-asides.ts";
import type { Plan, Refusal } from "./step.ts";

export interface RunSummary {
  readonly run: string;
  readonly at: string;
  readonly command: string;
  /** "running": another process is at it. */
  readonly status: RunStatus | "running";
  readonly cures: Plan["cures"];
  readonly user: Plan["user"];
  readonly undoable: Plan["undoable"];
  /** Paths of what it put aside that are still there. */
  readonly asides: readonly string[];
  /** Old enough to be offered for forgetting, and there is something to give back. */
  readonly offered: boolean;
}

export interface RunDetails extends RunSummary {
  readonly plan: Plan;
  readonly verified: RecordOf<"verified">["results"];
  readonly failure: { readonly step: number; readonly code: string; readonly why: string } | undefined;
  /** What undo had to leave alone. */
  readonly left: readonly Refusal[];
  readonly asideBytes: number;
}

export interface RunList {
  /** Newest first. */
  readonly runs: RunSummary[];
  readonly unreadable: AppError[];
}

const offeredAfterDays = 30;
const day = 24 * 60 * 60 * 1000;

function summary(journal: Journal, { hands, now, running }: { hands: Hands; now: Date; running: boolean }): RunSummary {
  const { begin, records, run } = journal;
  const status = statusOf(records);
  const asides = status === "forgotten" ? [] : setAsidesOf(journal, hands).map(({ path }) => path);
  const going = running && (status === "interrupted" || status === "undo-interrupted");
  const { cures, user, undoable } = begin.plan;
  const offered = asides.length > 0 && now.getTime() - Date.parse(begin.at) > offeredAfterDays * day;
  return { run, at: begin.at, command: begin.command, status: going ? "running" : status, cures, user, undoable, asides, offered };
}

function withHands<T>(use: (hands: Hands) => T): T {
  const hands = openHands();
  try {
    return use(hands);
  } finally {
    hands.close();
  }
}

function withRun<T>(stateDir: string, run: string, use: (journal: Journal) => T): T {
  const journal = openRun(stateDir, run);
  if (journal === undefined) throw new AppError("E_JOURNAL", `${run} was stopped before it began; nothing of it is there`);
  try {
    return use(journal);
  } finally {
    closeJournal(journal);
  }
}

/** All runs of a state directory. A journal that cannot be read hides no other. */
export function listRuns(stateDir: string, { now = new Date() }: { now?: Date } = {}): RunList {
  const running = isRunLocked(stateDir);
  const { found, unreadable } = withHands((hands) =>
    eachRun(stateDir, (journal) => (journal === undefined ? undefined : summary(journal, { hands, now, running }))));
  return { runs: found, unreadable };
}

export function showRun(stateDir: string, run: string, { now = new Date() }: { now?: Date } = {}): RunDetails {
  return withRun(stateDir, run, (journal) => withHands((hands) => {
    const { records, begin } = journal;
    const failed = recordsOf(records, "failed").at(-1);
    const asides = statusOf(records) === "forgotten" ? [] : setAsidesOf(journal, hands);
    return {
      ...summary(journal, { hands, now, running: isRunLocked(stateDir) }),
      plan: begin.plan,
      verified: recordsOf(records, "verified").at(-1)?.results ?? [],
      failure: failed === undefined ? undefined : { step: failed.step, code: failed.code, why: failed.why },
      left: leftOf(records),
      asideBytes: asides.reduce((sum, aside) => sum + weigh(hands, aside, ownUid()).bytes, 0),
    };
  }));
}

export interface EndOptions {
  readonly stateDir: string;
  readonly results: RecordOf<"verified">["results"];
  readonly status: RecordOf<"end">["status"];
  readonly now?: Date;
}

/** Closes a run after its cure was verified. What its probes did to directory times counts as the run's own doing. */
export function endRun(run: string, { stateDir, results, status, now = new Date() }: EndOptions): void {
  withRun(stateDir, run, (journal) => withHands((hands) => {
    const { boot } = ownMark();
    const sameBoot = journal.begin.boot === undefined || journal.begin.boot === null || journal.begin.boot === boot;
    const directories = directoriesLeft(hands, { records: journal.records, steps: journal.begin.plan.steps, sameBoot });
    addRecord(journal, { t: "verified", at: now.toISOString(), results });
    addRecord(journal, { t: "end", at: now.toISOString(), status, directories });
  }));
}

export interface ForgetOutcome {
  readonly run: string;
  readonly freed: number;
  /** What could not be deleted, and the command that does it. */
  readonly left: readonly (Refusal & { readonly command?: string })[];
}

/** What gives the space back of a foreign aside. Root does not follow a user's journal, so the path is all it needs. */
export function rootCommand(path: string): string {
  const word = /^[\w@%+=:,./-]+$/.test(path) ? path : `'${path.replaceAll("'", `'\\''`)}'`;
  return `sudo rm -rf -- ${word}`;
}

function forgetOne(hands: Hands, aside: SetAside): { freed: number; left: ForgetOutcome["left"] } {
  const { bytes, foreign } = weigh(hands, aside, ownUid());
  if (foreign.length > 0) return { freed: 0, left: [{ path: aside.path, why: `only root can delete what is in ${foreign[0]}`, command: rootCommand(aside.path) }] };
  const { path, guard } = aside;
  const isPrivate = guard.type === "dir" && (guard.mode & 0o077) === 0;
  const act = isPrivate ? { do: "discard" as const, path } : guard.type === "dir" ? { do: "remove-tree" as const, path, guard } : { do: "unlink" as const, path, guard };
  const [failure] = performActs([act], { hands });
  return failure === undefined ? { freed: bytes, left: [] } : { freed: 0, left: [{ path, why: failure.why }] };
}

/** Deletes what a run put aside and gives its space back. It cannot be undone afterwards. */
export function forgetRun(run: string, { stateDir, now = new Date() }: { stateDir: string; now?: Date }): ForgetOutcome {
  const lock = takeRunLock(stateDir);
  try {
    return withRun(stateDir, run, (journal) => withHands((hands) => {
      const status = statusOf(journal.records);
      if (status === "forgotten") throw new AppError("E_REFUSED", `${run} is forgotten already`);
      if (status === "interrupted" || status === "undo-interrupted") {
        throw new AppError("E_REFUSED", `${run} was cut short; what is aside is still needed`, { hint: `first: cachewright undo ${run}` });
      }
      const outcomes = setAsidesOf(journal, hands).map((aside) => forgetOne(hands, aside));
      const freed = outcomes.reduce((sum, outcome) => sum + outcome.freed, 0);
      const left = outcomes.flatMap((outcome) => outcome.left);
      if (left.length === 0) addRecord(journal, { t: "forgotten", at: now.toISOString(), freed });
      return { run, freed, left };
    }));
  } finally {
    lock.release();
  }
}
