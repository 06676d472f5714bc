import { performance } from "node:perf_hooks";
import { setImmediate, setTimeout } from "node:timers/promises";
import type { Worker } from "node:worker_threads";
import { AppError } from "./app-error.ts";
import { linkRecords } from "./link-records.ts";
import { mayShareBlocks } from "./may-share-blocks.ts";
import { mountsBelow } from "./mounts-below.ts";
import { addTallies, row, weightsOf } from "./tree-tallies.ts";
import type { TreeAnswer, TreeQuestion } from "./tree-weights.ts";
import { startTreeWorker, treeWorkerFile, usefulThreads } from "./tree-worker-file.ts";
import { markOf, meetRoot, walkDirectory, type PendingDirectory, type Walk } from "./walk-directory.ts";
import { newSharedState, newWalk, sharedState, stopAll, takeJob, walkFor, type SharedState, type WeighedPart, type WeighTask } from "./weigh-part.ts";

export interface Progress {
  readonly entries: number;
  readonly bytes: number;
}

export interface WeighOptions {
  /** This one included. Default: as many as are of use here. */
  readonly threads?: number;
  /** Told every now and then, and at the end. */
  readonly progress?: (progress: Progress) => void;
  /** Looking stops, and the promise is rejected with the signal's reason. */
  readonly signal?: AbortSignal;
  /** Answers have `watched`. */
  readonly watch?: boolean;
  /** Answers have `links`. */
  readonly links?: boolean;
  /** Where threads start from; default: beside this file. */
  readonly workerFile?: string;
}

/** A thread costs some 50 ms to start: what is done in less goes without. */
const SMALL = 8000;
/** With fewer directories to share out, one of them may be nearly everything. */
const ENOUGH_JOBS = 32;
/** Every thread gets all names: more than these would cost the memory that a thread may take. */
const MOST_NAMES = 200_000;
const SLICE_MS = 30;

interface Plan {
  readonly walk: Walk;
  readonly options: WeighOptions;
  /** Of each owner, its tree. Owner 0 to n-1 are the rests of the trees. */
  readonly treeOf: Int32Array;
  readonly firstGroup: readonly number[];
}

function planOf(questions: readonly TreeQuestion[], options: WeighOptions): Plan {
  const marks = new Map<string, number>();
  const treeOf: number[] = questions.map((_, tree) => tree);
  const firstGroup = questions.map(({ units = [], sealed = [] }, tree) => {
    const first = treeOf.length;
    units.forEach((paths, group) => {
      treeOf.push(tree);
      for (const path of paths) marks.set(path, markOf(first + group, false));
    });
    for (const path of sealed) marks.set(path, (marks.get(path) ?? 0) | 1);
    return first;
  });
  const mounts = mountsBelow(questions.map(({ root }) => root));
  const walk = newWalk({ owners: treeOf.length, marks, mounts, sparse: questions.flatMap(({ sparse = [] }) => sparse), devices: questions.map(() => -1), stamps: options.watch === true });
  return { walk, options, treeOf: Int32Array.from(treeOf), firstGroup };
}

function tell({ walk, options }: Plan, state?: SharedState): void {
  options.signal?.throwIfAborted();
  let { entries, bytes } = walk;
  const counts = state?.counts ?? [];
  for (let at = 2; at < counts.length; at += 2) {
    entries += counts[at] as number;
    bytes += counts[at + 1] as number;
  }
  options.progress?.({ entries, bytes });
}

/** Breadth first, so that what is pending after a while is many parts of the whole. Answers with what is left to do. */
async function walkStart(plan: Plan, queue: PendingDirectory[]): Promise<PendingDirectory[]> {
  let next = 0;
  let pause = performance.now() + SLICE_MS;
  while (next < queue.length && (plan.walk.entries < SMALL || queue.length - next < ENOUGH_JOBS)) {
    walkDirectory(plan.walk, queue[next++] as PendingDirectory, queue);
    if (performance.now() < pause) continue;
    await setImmediate();
    tell(plan);
    pause = performance.now() + SLICE_MS;
  }
  return queue.slice(next);
}

interface Crew {
  readonly parts: Promise<WeighedPart | undefined>[];
  readonly workers: readonly Worker[];
}

/** A thread that ends without an answer was never there; who took its jobs is not known, so all is done again by one. */
function startThreads({ walk, options }: Plan, jobs: readonly PendingDirectory[], shared: SharedArrayBuffer): Crew {
  const file = options.workerFile ?? treeWorkerFile();
  const count = file === undefined || walk.marks.size > MOST_NAMES ? 1 : options.threads ?? usefulThreads();
  const workers: Worker[] = [];
  const parts = Array.from({ length: Math.max(0, count - 1) }, (_, index) => {
    const task: WeighTask = {
      kind: "weigh", jobs, owners: walk.tallies.rows.length / row.length, marks: walk.marks, mounts: walk.mounts, sparse: walk.sparse,
      devices: walk.devices, stamps: walk.stamps !== null, shared, thread: index + 1,
    };
    return new Promise<WeighedPart | undefined>((resolve) => {
      const worker = startTreeWorker(file as string, { workerData: task, resourceLimits: { maxYoungGenerationSizeMb: 4 }, execArgv: [] });
      worker.once("message", resolve).once("error", () => resolve(undefined)).once("exit", () => resolve(undefined));
      workers.push(worker);
    });
  });
  return { parts, workers };
}

function addPart(walk: Walk, part: WeighedPart): void {
  addTallies(walk.tallies, part);
  for (const each of part.unread) walk.unread.push(each);
  for (const each of part.otherMounts) walk.otherMounts.push(each);
  walk.entries += part.entries;
  walk.bytes += part.bytes;
  if (walk.stamps === null || part.stamps === null) {
    walk.stamps = null;
    return;
  }
  for (const name of ["trees", "paths", "values"] as const) for (const each of part.stamps[name]) (walk.stamps[name] as unknown[]).push(each);
}

/** False when a thread died: what it had taken is missing. */
async function walkJobs(plan: Plan, jobs: readonly PendingDirectory[]): Promise<boolean> {
  const shared = newSharedState(Math.max(plan.options.threads ?? 0, usefulThreads()));
  const state = sharedState(shared);
  const { parts, workers } = startThreads(plan, jobs, shared);
  const stack = { pending: [] };
  try {
    while (walkFor(plan.walk, stack, { ms: SLICE_MS, take: () => jobs[takeJob(state)] })) {
      await setImmediate();
      tell(plan, state);
    }
    const all = Promise.all(parts);
    while (!(await Promise.race([all.then(() => true), setTimeout(SLICE_MS, false)]))) tell(plan, state);
    const done = await all;
    for (const part of done) if (part !== undefined) addPart(plan.walk, part);
    return done.every((part) => part !== undefined);
  } finally {
    stopAll(state);
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
}

function answersOf(questions: readonly TreeQuestion[], { walk, treeOf, firstGroup, options }: Plan): TreeAnswer[] {
  const { trees, owners } = weightsOf(walk.tallies, treeOf);
  const { stamps } = walk;
  return questions.map(({ root, units = [] }, tree) => {
    const groups = owners.slice(firstGroup[tree], (firstGroup[tree] as number) + units.length);
    const mine = stamps === null ? [] : stamps.trees.flatMap((each, index) => (each === tree ? [index] : []));
    return {
      root,
      total: trees[tree] as TreeAnswer["total"],
      units: groups,
      unread: walk.unread.filter((each) => each.tree === tree).map(({ path, errno }) => ({ path, errno })),
      otherMounts: walk.otherMounts.filter((each) => each.tree === tree).map(({ path }) => path),
      ...(options.links === true ? { links: linkRecords(walk.tallies, groups, firstGroup[tree] as number) } : {}),
      ...(mayShareBlocks(root) ? { atMost: true as const } : {}),
      ...(stamps === null ? {} : { watched: {
        paths: mine.map((index) => stamps.paths[index] as string),
        stamps: Float64Array.from(mine.flatMap((index) => stamps.values.slice(index * 3, index * 3 + 3))),
      } }),
    };
  });
}

/**
 * How much disk trees take: exact, each inode once, whatever the number of its names; nothing is followed, no other mount
 * entered, nothing that cannot be read taken for nothing. With threads where the tree is large and the machine has cores;
 * in slices, so that signals and timers get their turn.
 */
export async function weighTrees(questions: readonly TreeQuestion[], options: WeighOptions = {}): Promise<TreeAnswer[]> {
  const plan = planOf(questions, options);
  const first: PendingDirectory[] = [];
  questions.forEach(({ root }, tree) => meetRoot(plan.walk, { path: root, tree, owner: tree }, first));
  const jobs = await walkStart(plan, first);
  if (jobs.length > 0 && !(await walkJobs(plan, jobs))) {
    if (options.threads === 1) throw new AppError("E_STEP", "the trees could not be weighed");
    return weighTrees(questions, { ...options, threads: 1 });
  }
  tell(plan);
  return answersOf(questions, plan);
}
