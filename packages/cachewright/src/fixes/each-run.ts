import { AppError } from "../machine/app-error.ts";
import { closeJournal, listRunNames, openRun, type Journal } from "./journal.ts";

export interface EachRun<T> {
  readonly found: T[];
  /** Journals that are broken or another's; nothing of theirs is followed, and they hide no other run. */
  readonly unreadable: AppError[];
}

/** Calls `visit` with every run's open journal, newest first; undefined for a run that was killed before it began. */
export function eachRun<T>(stateDir: string, visit: (journal: Journal | undefined, run: string) => T | undefined): EachRun<T> {
  const found: T[] = [];
  const unreadable: AppError[] = [];
  for (const run of listRunNames(stateDir).reverse()) {
    try {
      const journal = openRun(stateDir, run);
      try {
        const answer = visit(journal, run);
        if (answer !== undefined) found.push(answer);
      } finally {
        if (journal !== undefined) closeJournal(journal);
      }
    } catch (error) {
      if (!(error instanceof AppError) || (error.code !== "E_JOURNAL" && error.code !== "E_FOREIGN_RUN")) throw error;
      unreadable.push(error);
    }
  }
  return { found, unreadable };
}
