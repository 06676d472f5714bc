import { existsSync } from "node:fs";
import { availableParallelism } from "node:os";
import * as path from "node:path";

/** One more costs 10 to 20 MB, and beyond four the kernel is what is waited for. */
const MOST_THREADS = 4;

/** From TypeScript the thread only starts where Node takes the types out itself (22.18). */
const readsTypes = Boolean((process.features as { typescript?: unknown }).typescript);

/**
 * The file that threads start from: among the command's chunks, for the library too, or beside this source. undefined:
 * none that this Node can start, so one thread has to do.
 */
export function treeWorkerFile(): string | undefined {
  const names = ["tree-worker.cjs", "../cli/tree-worker.cjs", ...(readsTypes ? ["tree-worker.ts"] : [])];
  return names.map((name) => path.join(import.meta.dirname, name)).find((file) => existsSync(file));
}

/** Threads that are of use on this machine, this one included. */
export function usefulThreads(): number {
  return Math.max(1, Math.min(MOST_THREADS, availableParallelism()));
}
