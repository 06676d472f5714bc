import { closeSync, fstatSync, lstatSync, unlinkSync } from "node:fs";
import * as path from "node:path";
import { performance } from "node:perf_hooks";
import { setImmediate, setTimeout } from "node:timers/promises";
import { MessageChannel, receiveMessageOnPort, type MessagePort, type Worker } from "node:worker_threads";
import { AppError } from "./app-error.ts";
import { closeDoomed, deleteNext, DONE, doomedIn, exactPath, letGo, openDoomed, STARTED, type Deletion, type DeleteTask, type DoomedName, type LeftBehind, type OpenDirectory, type OwnMount } from "./delete-part.ts";
import { mountIdOf } from "./mount-id.ts";
import { mountsBelow } from "./mounts-below.ts";
import { openPinned, pinningAvailable } from "./pinned.ts";
import { startTreeWorker, treeWorkerFile, usefulThreads } from "./tree-worker-file.ts";
import { workingDirectory } from "./working-directory.ts";
import { newSharedState, sharedState, stopAll, takeJob, type SharedState } from "./weigh-part.ts";

export interface DeleteOptions {
  /** This one included. Default: as many as are of use here. */
  readonly threads?: number;
  /** Names removed so far. */
  readonly progress?: (removed: number) => void;
  /** Deleting stops at the next directory; what is gone is gone. */
  readonly signal?: AbortSignal;
  readonly workerFile?: string;
}

export interface DeletedTree {
  readonly removed: number;
  /** What stayed, and why: not ours to remove, another mount. At most a thousand are named. Empty: all is gone. */
  readonly left: readonly LeftBehind[];
}

/** What is deleted before a thread has started. */
const SMALL = 3000;
const ENOUGH_JOBS = 32;
/** Directories that are held while what is in them is shared out. */
const MOST_HELD = 64;
const SLICE_MS = 30;

interface Crew {
  readonly state: SharedState;
  readonly ports: MessagePort[];
  readonly workers: Worker[];
}

function statOf(fd: number): { dev: number; isDirectory: boolean } {
  const stat = fstatSync(fd);
  return { dev: stat.dev, isDirectory: stat.isDirectory() };
}

/** The parent is held for as long as it takes. As root nothing is done by path. */
function holdParent(root: string): { fd: number; own: OwnMount } {
  const parent = path.dirname(root);
  const root0 = process.geteuid?.() === 0;
  if (!pinningAvailable()) {
    if (root0) throw new AppError("E_PRIVILEGE", "this system offers no way to hold a directory while deleting from it (Linux with /proc does)");
    return { fd: -1, own: { held: false, device: lstatSync(exactPath(parent)).dev, mount: null, others: new Set() } };
  }
  const { fd } = openPinned(parent);
  const { dev, isDirectory } = statOf(fd);
  if (!isDirectory) {
    closeSync(fd);
    throw new AppError("E_CHANGED", `${parent} is not a directory`);
  }
  // Only root meets trees of others, who may mount a file system of their own (FUSE) that never answers.
  const mount = root0 ? mountIdOf(fd) : null;
  return { fd, own: { held: true, device: dev, mount, others: mount === null ? mountsBelow([parent]) : new Set() } };
}

/** Opens directories breadth first and keeps them open until there is enough to share out. */
function shareOut(deletion: Deletion, first: DoomedName): { held: OpenDirectory[]; jobs: DoomedName[] } {
  const held: OpenDirectory[] = [];
  const jobs = [first];
  while (jobs.length > 0 && jobs.length < ENOUGH_JOBS && held.length < MOST_HELD) {
    const opened = openDoomed(deletion, jobs.shift() as DoomedName);
    if (opened === undefined) continue;
    held.push(opened);
    for (const name of opened.directories.splice(0)) jobs.push(doomedIn(opened, name));
  }
  return { held, jobs };
}

function startThreads({ own }: Deletion, jobs: readonly DoomedName[], { threads = usefulThreads(), workerFile = treeWorkerFile() }: DeleteOptions, shared: SharedArrayBuffer): Pick<Crew, "ports" | "workers"> {
  const ports: MessagePort[] = [];
  const workers: Worker[] = [];
  if (workerFile === undefined) return { ports, workers };
  for (let thread = 1; thread < threads; thread++) {
    const { port1, port2 } = new MessageChannel();
    const task: DeleteTask = { kind: "delete", jobs, own, shared, thread, port: port2 };
    const worker = startTreeWorker(workerFile, { workerData: task, transferList: [port2], resourceLimits: { maxYoungGenerationSizeMb: 4 }, execArgv: [] });
    // One that cannot start has taken nothing.
    worker.on("error", () => undefined);
    worker.unref();
    port1.unref();
    ports.push(port1);
    workers.push(worker);
  }
  return { ports, workers };
}

function running({ words }: SharedState): number {
  return Atomics.load(words, STARTED) - Atomics.load(words, DONE);
}

function gather(deletion: Deletion, { ports, workers }: Crew): void {
  for (const port of ports) {
    const part = (receiveMessageOnPort(port) as { message: Pick<Deletion, "removed" | "left"> } | undefined)?.message;
    deletion.removed += part?.removed ?? 0;
    for (const each of part?.left ?? []) deletion.left.push(each);
    port.close();
  }
  for (const worker of workers) void worker.terminate();
}

interface Work {
  readonly deletion: Deletion;
  readonly options: DeleteOptions;
  readonly crew: Crew;
}

function removedBy({ deletion, crew: { state } }: Work): number {
  let removed = deletion.removed;
  for (let at = 2; at < state.counts.length; at += 2) removed += state.counts[at] as number;
  return removed;
}

/** Takes jobs with the threads. Yields after each slice of work, and while others still work: `waiting` says which. */
function* deleteJobs(work: Work, jobs: readonly DoomedName[], shared: SharedArrayBuffer): Generator<{ waiting: boolean }, void> {
  const { deletion, options, crew } = work;
  const stack: OpenDirectory[] = [];
  let next = performance.now() + SLICE_MS;
  try {
    while (deleteNext(deletion, stack, () => jobs[takeJob(crew.state)])) {
      const left = jobs.length - Atomics.load(crew.state.words, 0);
      if (crew.workers.length === 0 && deletion.removed > SMALL && left >= ENOUGH_JOBS / 2 && options.threads !== 1) {
        const { ports, workers } = startThreads(deletion, jobs, options, shared);
        crew.ports.push(...ports);
        crew.workers.push(...workers);
      }
      if (performance.now() < next) continue;
      deletion.step?.back();
      yield { waiting: false };
      next = performance.now() + SLICE_MS;
    }
    deletion.step?.back();
    while (running(crew.state) > 0) yield { waiting: true };
  } finally {
    deletion.step?.back();
    stopAll(crew.state);
    letGo(stack);
    // A descriptor that is closed too early may be another directory's when a thread comes to it.
    while (running(crew.state) > 0) Atomics.wait(crew.state.words, DONE, Atomics.load(crew.state.words, DONE), 20);
    gather(deletion, crew);
  }
}

function* deleteAll(root: string, options: DeleteOptions, told: { work?: Work }): Generator<{ waiting: boolean }, DeletedTree> {
  const parent = path.dirname(root);
  const { fd, own } = holdParent(root);
  const deletion: Deletion = { own, step: own.held ? workingDirectory() : undefined, removed: 0, left: [] };
  const base = fd < 0 ? `${parent}/` : `/proc/self/fd/${fd}/`;
  const held: OpenDirectory[] = [];
  try {
    const top = lstatSync(exactPath(base + path.basename(root)), { throwIfNoEntry: false });
    if (top !== undefined && !top.isDirectory()) {
      unlinkSync(exactPath(base + path.basename(root)));
      return { removed: 1, left: [] };
    }
    const shares = shareOut(deletion, { base, name: path.basename(root), parent, depth: 0 });
    deletion.step?.back();
    held.push(...shares.held);
    const shared = newSharedState(options.threads ?? usefulThreads());
    told.work = { deletion, options, crew: { state: sharedState(shared), ports: [], workers: [] } };
    yield* deleteJobs(told.work, shares.jobs, shared);
    for (const directory of held.splice(0).reverse()) closeDoomed(deletion, directory);
    return { removed: deletion.removed, left: deletion.left };
  } finally {
    deletion.step?.back();
    deletion.step?.close();
    letGo(held);
    if (fd >= 0) closeSync(fd);
  }
}

function checked(root: string): string {
  const plain = path.resolve(root);
  if (!path.isAbsolute(root) || path.dirname(plain) === plain) throw new AppError("E_REFUSED", `${root} is not the path of a directory that can be deleted`);
  return plain;
}

/**
 * Deletes a tree, links as links, without leaving its mount, at about the pace of `rm -rf`, with threads where it is large
 * and the machine has cores. What cannot be removed stays and is told. Held by descriptors from its parent on: nobody who
 * still works inside can lead it elsewhere, root included. `root` is resolved: a link on the way to it is E_CHANGED.
 */
export async function deleteTree(root: string, options: DeleteOptions = {}): Promise<DeletedTree> {
  const told: { work?: Work } = {};
  const steps = deleteAll(checked(root), options, told);
  try {
    for (;;) {
      const step = steps.next();
      if (step.done === true) {
        options.progress?.(step.value.removed);
        return step.value;
      }
      await (step.value.waiting ? setTimeout(SLICE_MS) : setImmediate());
      if (told.work !== undefined) options.progress?.(removedBy(told.work));
      options.signal?.throwIfAborted();
    }
  } finally {
    steps.return({ removed: 0, left: [] });
  }
}

/** As `deleteTree`, without giving way to anything else: signals and timers wait, so `signal` is of no use. */
export function deleteTreeSync(root: string, options: Omit<DeleteOptions, "signal"> = {}): DeletedTree {
  const told: { work?: Work } = {};
  const steps = deleteAll(checked(root), options, told);
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
    const state = told.work?.crew.state;
    if (step.value.waiting && state !== undefined) Atomics.wait(state.words, DONE, Atomics.load(state.words, DONE), SLICE_MS);
    if (told.work !== undefined) options.progress?.(removedBy(told.work));
  }
}
