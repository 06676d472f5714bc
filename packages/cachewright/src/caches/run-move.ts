import { dirname } from "node:path";
import type { ActProgress } from "../fixes/act.ts";
import { applyPlan, type RunOutcome } from "../fixes/apply.ts";
import { undoOptionsFor } from "../fixes/cure.ts";
import { planAsAsked } from "../fixes/plan-as-asked.ts";
import { endRun, forgetRun, type ForgetOutcome } from "../fixes/runs.ts";
import type { BoundStep, Plan } from "../fixes/step.ts";
import { undoRun } from "../fixes/undo.ts";
import { AppError } from "../machine/app-error.ts";
import { copyTree, type Copied } from "../machine/copy-tree.ts";
import type { Machine } from "../machine/machine.ts";
import { chooseStateDir } from "../machine/state-dir.ts";
import { asideStamp } from "./aside-stamp.ts";
import { keepToolsOut } from "./locks.ts";
import { moveSteps, relinked, type PreparedMove } from "./move.ts";
import { cachePlaces } from "./places.ts";

export interface RunMoveOptions {
  readonly command: string;
  /** The old place is deleted once the new one has proven itself. */
  readonly now: boolean;
  readonly onCopy?: (done: { readonly files: number; readonly bytes: number }) => void;
  readonly onStep?: (step: BoundStep, number: number, plan: Plan) => void;
  readonly onProgress?: (progress: ActProgress) => void;
}

export interface MoveOutcome {
  readonly outcome: RunOutcome;
  readonly copied: Copied;
  readonly status: "moved" | "failed" | "not-verified";
  readonly why?: string;
  readonly forgotten?: ForgetOutcome;
}

/** Brings the contents over, puts them in their place, proves it by the tool's own settings, and gives the old place back. */
export async function runMove(machine: Machine, move: PreparedMove, options: RunMoveOptions): Promise<MoveOutcome> {
  const { inventory: { place, cache, ask, entries } } = move;
  const locks = cache.locks?.(ask, entries) ?? [cache.lock(ask)];
  const lock = await keepToolsOut(machine, locks.map((one) => ({ tool: place.tool, root: place.root, lock: one })));
  try {
    const copied = copyTree(place.root, move.partial, { link: move.isSameDevice, relink: relinked(place), ...(options.onCopy && { onProgress: options.onCopy }) });
    mustBeWhole(machine, move);
    const stateDir = chooseStateDir(machine);
    const plan = planAsAsked(machine, moveSteps(move, asideStamp(machine.now())));
    const outcome = applyPlan(plan, { ...undoOptionsFor(machine, stateDir), stateDir, command: options.command, onStep: (step, number) => options.onStep?.(step, number, plan), ...(options.onProgress && { onProgress: options.onProgress }) });
    if (outcome.status === "rolled-back") return { outcome, copied, status: "failed" };
    const why = await whatIsWrong(machine, move);
    endRun(outcome.run, { stateDir, results: [], status: why === undefined ? "cured" : "not-verified" });
    if (why !== undefined) {
      undoRun(outcome.run, { ...undoOptionsFor(machine, stateDir), stateDir });
      return { outcome, copied, status: "not-verified", why };
    }
    return { outcome, copied, status: "moved", ...(options.now && { forgotten: forgetRun(outcome.run, { stateDir }) }) };
  } finally {
    lock.release();
  }
}

/** The copy has the entries that the cache has, by the tool's own adapter, before anything is changed. */
function mustBeWhole(machine: Machine, { inventory: { cache, ask, entries, place }, partial }: PreparedMove): void {
  const there = new Set(cache.list({ ...ask, root: partial }).entries.map(({ id }) => id));
  const missing = entries.filter(({ id, paths }) => !there.has(id) && paths.some((path) => machine.lstat(path).ok));
  if (missing.length > 0) {
    throw new AppError("E_STEP", `${missing.length} of ${entries.length} entries of ${place.root} did not arrive in ${partial}, the first is ${missing[0]?.id ?? ""}`, { hint: "nothing was changed; the same command tries again" });
  }
}

/** What the tool itself will find, in a new look. */
async function whatIsWrong(machine: Machine, { inventory: { place, entries, cache, ask }, dest }: PreparedMove): Promise<string | undefined> {
  const now = (await cachePlaces(machine, { tools: [place.tool] })).find(({ path, root }) => path === dest || root === dest);
  if (now === undefined) return `${place.tool}'s settings do not name ${dest}`;
  if (now.state !== "present" && entries.length > 0) return `${dest} is ${now.state}`;
  const count = cache.list({ ...ask, root: now.root }).entries.length;
  return count >= entries.length ? undefined : `${dest} holds ${count} of ${entries.length} entries`;
}

/** Whether an earlier move to there was stopped on its way. */
export function isBegun(machine: Machine, { partial }: PreparedMove): boolean {
  return machine.lstat(partial).ok && dirname(partial) !== partial;
}
