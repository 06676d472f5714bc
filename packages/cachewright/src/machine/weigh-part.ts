import { performance } from "node:perf_hooks";
import type { InodeColumns } from "./inode-table.ts";
import { newTallies } from "./tree-tallies.ts";
import type { SparseLevel } from "./tree-weights.ts";
import { walkDirectory, type PendingDirectory, type Walk } from "./walk-directory.ts";

/** What a thread is told. */
export interface WeighTask {
  readonly kind: "weigh";
  readonly jobs: readonly PendingDirectory[];
  readonly owners: number;
  readonly marks: ReadonlyMap<string, number>;
  readonly mounts: ReadonlySet<string>;
  readonly sparse: readonly SparseLevel[];
  readonly devices: readonly number[];
  readonly stamps: boolean;
  readonly shared: SharedArrayBuffer;
  /** Which of the threads it is; the asking one is 0. */
  readonly thread: number;
}

/** What a thread hands over. */
export interface WeighedPart extends Pick<Walk, "unread" | "otherMounts" | "stamps" | "entries" | "bytes"> {
  readonly rows: Float64Array;
  readonly linked: { readonly size: number; readonly columns: InodeColumns };
}

/**
 * What all threads see: the next job that nobody has taken, whether to stop, and how far each one is. Whoever is free takes
 * the next job; the asking thread takes them all when no other ever starts.
 */
export interface SharedState {
  readonly words: Int32Array;
  /** Entries and bytes of each thread. */
  readonly counts: Float64Array;
}

const NEXT = 0;
const STOP = 1;

export function newSharedState(threads: number): SharedArrayBuffer {
  return new SharedArrayBuffer(16 + threads * 16);
}

export function sharedState(buffer: SharedArrayBuffer): SharedState {
  return { words: new Int32Array(buffer, 0, 4), counts: new Float64Array(buffer, 16) };
}

export function stopAll({ words }: SharedState): void {
  Atomics.store(words, STOP, 1);
}

export function takeJob({ words }: SharedState): number {
  return Atomics.add(words, NEXT, 1);
}

export function newWalk({ owners, marks, mounts, sparse, devices, stamps }: Pick<WeighTask, "owners" | "marks" | "mounts" | "sparse" | "devices" | "stamps">): Walk {
  return {
    tallies: newTallies(owners), marks, mounts, sparse, spared: 0, devices, unread: [], otherMounts: [],
    stamps: stamps ? { trees: [], paths: [], values: [] } : null, entries: 0, bytes: 0,
  };
}

/** Directories found in a job, the deepest first: little is pending at any time. */
export interface JobStack {
  readonly pending: PendingDirectory[];
}

/**
 * Goes on for about `ms` milliseconds. False when there is nothing more to do. `take` gives the next job when the stack is
 * empty.
 */
export function walkFor(walk: Walk, stack: JobStack, { ms, take }: { ms: number; take: () => PendingDirectory | undefined }): boolean {
  const until = performance.now() + ms;
  do {
    const directory = stack.pending.pop() ?? take();
    if (directory === undefined) return false;
    walkDirectory(walk, directory, stack.pending);
  } while (performance.now() < until);
  return true;
}

/** The whole life of a thread. */
export function weighPart(task: WeighTask): WeighedPart {
  const walk = newWalk(task);
  const state = sharedState(task.shared);
  const stack: JobStack = { pending: [] };
  const take = (): PendingDirectory | undefined => task.jobs[takeJob(state)];
  while (Atomics.load(state.words, STOP) === 0 && walkFor(walk, stack, { ms: 20, take })) {
    state.counts[task.thread * 2] = walk.entries;
    state.counts[task.thread * 2 + 1] = walk.bytes;
  }
  const { tallies: { rows, linked: { size, columns } }, unread, otherMounts, stamps, entries, bytes } = walk;
  return { rows, linked: { size, columns }, unread, otherMounts, stamps, entries, bytes };
}
