import { existsSync } from "node:fs";
import { availableParallelism } from "node:os";
import * as path from "node:path";
import { Worker, type WorkerOptions } from "node:worker_threads";
import { isSingleExecutable, ownAsset } from "./own-files.ts";

/** One more costs 10 to 20 MB, and beyond four the kernel is what is waited for. */
const MOST_THREADS = 4;

/** From TypeScript the thread only starts where Node takes the types out itself (22.18). */
const readsTypes = Boolean((process.features as { typescript?: unknown }).typescript);

/** The name of the asset that threads of the single executable start from. */
const inside = "cli/tree-worker.cjs";

/**
 * The file that threads start from: among the command's chunks, for the library too, or beside this source. undefined:
 * none that this Node can start, so one thread has to do.
 */
export function treeWorkerFile(): string | undefined {
  if (isSingleExecutable()) return inside;
  const names = ["tree-worker.cjs", "../cli/tree-worker.cjs", ...(readsTypes ? ["tree-worker.ts"] : [])];
  return names.map((name) => path.join(import.meta.dirname, name)).find((file) => existsSync(file));
}

/** A thread from `treeWorkerFile`, or from another file. */
export function startTreeWorker(file: string, options: WorkerOptions): Worker {
  const text = file === inside ? ownAsset(inside) : undefined;
  return text === undefined ? new Worker(file, options) : new Worker(text, { ...options, eval: true });
}

/** Threads that are of use on this machine, this one included. */
export function usefulThreads(): number {
  return Math.max(1, Math.min(MOST_THREADS, availableParallelism()));
}
