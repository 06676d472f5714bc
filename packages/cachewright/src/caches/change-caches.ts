/** Entries leave caches as a plan: shown before, done with the tools kept out, looked at again, journalled. */
import { basename, dirname, isAbsolute, join } from "node:path";
import type { ActProgress } from "../fixes/act.ts";
import { applyPlan, type RunOutcome } from "../fixes/apply.ts";
import { undoOptionsFor } from "../fixes/cure.ts";
import { planAsAsked } from "../fixes/plan-as-asked.ts";
import { endRun } from "../fixes/runs.ts";
import { entryPath } from "../fixes/step-path.ts";
import type { BoundStep, Plan, Step } from "../fixes/step.ts";
import { AppError } from "../machine/app-error.ts";
import type { Machine } from "../machine/machine.ts";
import { chooseStateDir } from "../machine/state-dir.ts";
import { weighTrees } from "../machine/weigh-trees.ts";
import { asideStamp } from "./aside-stamp.ts";
import { keepToolsOut, type LockWish } from "./locks.ts";
import { foreignAmong } from "./foreign-entries.ts";
import type { HeldEntry, Inventory } from "./inventory.ts";
import { removalOf, type Removal } from "./removal.ts";
import { refuseUnsafeRoot } from "./safe-root.ts";
import { wholePlaces } from "./whole-places.ts";

export interface RemovalWish {
  /** Every cache that an entry is taken from, whole. */
  readonly inventories: readonly Inventory[];
  readonly chosen: readonly HeldEntry[];
  /** Deleted at once, not set aside. */
  readonly now: boolean;
  readonly why: string;
}

export interface PreparedRemoval extends Removal {
  readonly wish: RemovalWish;
  /** Null: nothing is to go. */
  readonly plan: Plan | null;
  /** Bytes that come free in the end: now, or when what is set aside is forgotten. */
  readonly frees: number;
}

/** Changes nothing. */
export async function prepareRemoval(machine: Machine, wish: RemovalWish): Promise<PreparedRemoval> {
  const { goes, stays } = whatGoes(machine, wish);
  const stamp = asideStamp(machine.now());
  const steps: Step[] = [];
  let frees = 0;
  for (const inventory of wish.inventories) {
    const own = ownOf(inventory, goes);
    if (own.length === 0) continue;
    const bytes = await freedBy(own);
    frees += bytes;
    steps.push(stepFor(machine, inventory, { own, bytes, wish, stamp }));
  }
  return { wish, goes, stays, frees, plan: steps.length === 0 ? null : planAsAsked(machine, steps) };
}

/** What is another account's stays, and what it needs; a cache that is as a whole not ours to change is refused. */
function whatGoes(machine: Machine, wish: RemovalWish): Removal {
  const all = wish.inventories.flatMap(({ entries }) => entries);
  const asked = removalOf(wish.chosen, all);
  const foreign = new Map(wish.inventories.flatMap((inventory) => {
    const own = ownOf(inventory, asked.goes);
    if (own.length > 0) refuseUnsafeRoot(machine, inventory.place);
    return [...foreignAmong(machine, inventory, own, pathsOf(machine, inventory, { own, wish }))];
  }));
  if (foreign.size === 0) return asked;
  const kept = (entry: HeldEntry): HeldEntry => {
    const keep = foreign.get(entry);
    return keep === undefined ? entry : { ...entry, keep };
  };
  return removalOf(wish.chosen.map(kept), all.map(kept));
}

function pathsOf(machine: Machine, inventory: Inventory, { own, wish }: Pick<StepWish, "own" | "wish">): string[] {
  const stays = staysIn(inventory, own).map((rel) => join(inventory.place.root, rel));
  return wholePlaces(inventory, own, { all: wish.inventories, isOpen: (directory) => stays.includes(directory) || isOpen(machine, directory) });
}

/**
 * Directories are made by the tool right before it writes into them. While it is kept out by a lock or does not run, any of
 * them may go; where it may be at work it says itself which it would miss.
 */
function staysIn({ cache, ask }: Inventory, own: readonly HeldEntry[]): string[] {
  return (cache.locks?.(ask, own) ?? [cache.lock(ask, own)]).flatMap((lock) => (lock.how === "not-needed" ? lock.stays ?? [] : []));
}

/** A tool's cache may be the root of another's. */
function ownOf({ place: { tool, root } }: Inventory, entries: readonly HeldEntry[]): HeldEntry[] {
  return entries.filter(({ place }) => place.tool === tool && place.root === root);
}

/** Beside the cache; where that would be inside of another's, beside the outermost. */
function asideOf({ place: { root } }: Inventory, all: readonly Inventory[], stamp: string): string {
  const [outer] = all.map(({ place }) => place.root).filter((other) => root.startsWith(`${other}/`)).sort((a, b) => a.length - b.length);
  return outer === undefined ? `${root}.cachewright-${stamp}` : `${outer}.cachewright-${stamp}-${basename(root)}`;
}

/** What the entries free together: two names of one file, in two entries, free it only when both go. */
async function freedBy(entries: readonly HeldEntry[]): Promise<number> {
  const [first] = entries;
  if (first === undefined) return 0;
  const [answer] = await weighTrees([{ root: first.place.root, units: [entries.flatMap(({ paths }) => paths)] }]);
  return answer?.units[0]?.reclaimable ?? 0;
}

interface StepWish {
  readonly own: readonly HeldEntry[];
  readonly bytes: number;
  readonly wish: RemovalWish;
  readonly stamp: string;
}

function stepFor(machine: Machine, inventory: Inventory, { own, bytes, wish, stamp }: StepWish): Step {
  const { root, tool } = inventory.place;
  const paths = pathsOf(machine, inventory, { own, wish });
  const step = { why: wish.why, actor: "user" as const, within: root, paths, tidy: { but: staysIn(inventory, own) } };
  const beside = asideOf(inventory, wish.inventories, stamp);
  const canBeBeside = machine.access(dirname(beside), "write") === "ok" && sameDevice(machine, root, dirname(beside));
  if (wish.now) return { kind: "remove-trees", ...step, to: canBeBeside ? beside : `${root}/.cachewright-${stamp}`, frees: bytes };
  if (!canBeBeside) {
    throw new AppError("E_REFUSED", `nothing can be set aside beside ${root}: ${dirname(beside)} is another file system or lets you make nothing`, { hint: `--now deletes without a way back; ${tool} fetches again what it needs` });
  }
  return { kind: "set-aside", ...step, to: beside };
}

function isOpen(machine: Machine, directory: string): boolean {
  const stat = machine.lstat(directory);
  return stat.ok && stat.value.type === "dir" && (stat.value.mode & 0o022) !== 0;
}

function sameDevice(machine: Machine, one: string, other: string): boolean {
  const [a, b] = [machine.lstat(one), machine.stat(other)];
  return a.ok && b.ok && a.value.dev === b.value.dev;
}

export interface RemovalOutcome {
  readonly outcome: RunOutcome;
  readonly status: "gone" | "not-verified" | "failed";
  /** Paths where the very thing that was to go still is. */
  readonly still: readonly string[];
  /** Paths where the tool has made something anew meanwhile. */
  readonly again: readonly string[];
}

export interface RunRemovalOptions {
  /** How it was called, for the journal. */
  readonly command: string;
  readonly onStep?: (step: BoundStep, number: number) => void;
  readonly onProgress?: (progress: ActProgress) => void;
}

/** Keeps the tools out, applies, lists again, and closes the journal with what came of it. */
export async function runRemoval(machine: Machine, prepared: PreparedRemoval, options: RunRemovalOptions): Promise<RemovalOutcome> {
  const { plan, wish, goes } = prepared;
  if (plan === null) throw new Error("there is no plan to run");
  const touched = wish.inventories.filter((inventory) => ownOf(inventory, goes).length > 0);
  const lock = await keepToolsOut(machine, touched.flatMap((inventory) => locksOf(inventory, goes)));
  try {
    const stateDir = chooseStateDir(machine);
    const outcome = applyPlan(plan, { ...undoOptionsFor(machine, stateDir), ...options, stateDir });
    if (outcome.status === "rolled-back") return { outcome, status: "failed", still: [], again: [] };
    const { still, again } = lookAgain(machine, plan);
    const status = still.length === 0 ? "gone" : "not-verified";
    endRun(outcome.run, { stateDir, results: [], status: status === "gone" ? "cured" : "not-verified" });
    return { outcome, status, still, again };
  } finally {
    lock.release();
  }
}

function locksOf(inventory: Inventory, goes: readonly HeldEntry[]): LockWish[] {
  const { place: { tool, root }, cache, ask } = inventory;
  const own = ownOf(inventory, goes);
  const locks = cache.locks?.(ask, own) ?? [cache.lock(ask, own)];
  return locks.map((lock) => ({ tool, root, lock }));
}

/** By the objects' own numbers: what is there under an old name may be new. */
function lookAgain(machine: Machine, plan: Plan): Pick<RemovalOutcome, "still" | "again"> {
  const there = plan.steps.flatMap(({ step, entries }) => entries.flatMap(({ rel, guard }) => {
    const path = entryPath(step, { rel });
    const stat = isAbsolute(rel) ? undefined : machine.lstat(path);
    return stat?.ok === true ? [{ path, isSame: stat.value.ino === guard.ino && stat.value.dev === guard.dev }] : [];
  }));
  const paths = (isSame: boolean): string[] => there.filter((one) => one.isSame === isSame).map(({ path }) => path);
  return { still: paths(true), again: paths(false) };
}
