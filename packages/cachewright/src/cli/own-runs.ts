import { listRuns, type RunSummary } from "../fixes/runs.ts";
import { AppError } from "../machine/app-error.ts";
import type { Machine } from "../machine/machine.ts";
import { existingStateDirs } from "../machine/state-dir.ts";

/** A run, and the state directory that keeps its journal: there may be several, when the usual one was ill. */
export interface OwnRun extends RunSummary {
  readonly stateDir: string;
}

export interface OwnRuns {
  /** Newest first. */
  readonly runs: readonly OwnRun[];
  readonly unreadable: readonly AppError[];
}

export function ownRuns(machine: Machine): OwnRuns {
  const lists = existingStateDirs(machine).map((stateDir) => ({ stateDir, list: listRuns(stateDir, { now: machine.now() }) }));
  const runs = lists.flatMap(({ stateDir, list }) => list.runs.map((run): OwnRun => ({ ...run, stateDir })));
  return { runs: runs.sort((a, b) => (a.run < b.run ? 1 : -1)), unreadable: lists.flatMap(({ list }) => list.unreadable) };
}

/** The run of that name, or of that beginning of a name when only one has it. */
export function findRun(wanted: string, { runs, unreadable }: OwnRuns): OwnRun {
  const exact = runs.find(({ run }) => run === wanted);
  const near = runs.filter(({ run }) => run.startsWith(wanted));
  const [found, second] = exact === undefined ? near : [exact];
  if (found === undefined) {
    const broken = unreadable.find((error) => error.message.includes(wanted));
    throw broken ?? new AppError("E_USAGE", `there is no run ${wanted}`, { hint: "cachewright runs lists them" });
  }
  if (second !== undefined) throw new AppError("E_USAGE", `${wanted} could be ${near.map(({ run }) => run).join(" or ")}`);
  return found;
}
