import { isAbsolute } from "node:path";
import { AppError } from "../machine/app-error.ts";
import { openHands } from "../machine/open-hands.ts";
import { bindStepIn } from "./bind.ts";
import type { Beneficiary } from "./binding.ts";
import type { BoundStep, Plan, Step, StepOf } from "./step.ts";
import { viewAfter } from "./view.ts";

export interface Cure {
  readonly problem: string;
  readonly subject: string;
  /** The chosen remedy, its proposals made into steps (`resolve.ts`). */
  readonly remedy: { readonly id: string; readonly steps: readonly Step[]; readonly probes?: readonly string[]; readonly sharedProbes?: readonly string[] };
}

export interface PlanRequest {
  readonly cures: readonly Cure[];
  readonly user: { readonly uid: number; readonly name: string };
  /** Root acts for this account: then root's steps are held to what is that user's by its nature. */
  readonly account?: Beneficiary | undefined;
}

type Edit = StepOf<"edit-config">;

function isSameFile(step: Step, other: Edit): step is Edit {
  return step.kind === "edit-config" && step.path === other.path && step.of === other.of && step.actor === other.actor;
}

/** Two cures may ask for the same edit; it is made once. */
function joinEdits(one: Edit, other: Edit): Edit {
  const known = new Set(one.edits.map((edit) => JSON.stringify(edit)));
  const added = other.edits.filter((edit) => !known.has(JSON.stringify(edit)));
  if (added.length === 0) return one;
  return { ...one, why: `${one.why}; ${other.why}`, edits: [...one.edits, ...added], diff: `${one.diff}\n${other.diff}` };
}

/** A step, and the numbers of the cures that ask for it. */
interface Wanted {
  readonly step: Step;
  readonly of: readonly number[];
}

/** Steps in the given order; edits computed from the same bytes of one file become one step. */
function concatenate(cures: readonly Cure[]): Wanted[] {
  const wanted: Wanted[] = [];
  for (const [cure, { remedy }] of cures.entries()) {
    for (const step of remedy.steps) {
      const at = step.kind === "edit-config" ? wanted.findIndex((each) => isSameFile(each.step, step)) : -1;
      const same = wanted[at];
      if (same === undefined) wanted.push({ step, of: [cure] });
      else wanted[at] = { step: joinEdits(same.step as Edit, step as Edit), of: [...same.of, cure] };
    }
  }
  return wanted;
}

function undoableAs(steps: readonly BoundStep[]): Plan["undoable"] {
  if (steps.every(({ undoable }) => undoable)) return "fully";
  return steps.some(({ undoable }) => undoable) ? "partly" : "no";
}

/** A plan, or the cures that a refusal belongs to: nothing is planned then, and without them there may be a plan. */
export type Planned =
  | { readonly ok: true; readonly plan: Plan }
  | { readonly ok: false; readonly cures: readonly number[]; readonly error: AppError };

interface Bound extends Wanted {
  readonly bound: BoundStep;
}

/** Kinds of steps that leave out entry by entry what they refuse. */
const selective: readonly Step["kind"][] = ["chown", "chgrp", "chmod", "default-acl", "remove", "set-aside", "remove-trees"];

/** A cure of which nothing is left but refusals is a refused one. */
function cameToNothing(steps: readonly Bound[], cure: number): AppError | undefined {
  const own = steps.filter(({ of }) => of.includes(cure)).map(({ bound }) => bound);
  const refused = own.flatMap((bound) => bound.refused);
  const [first] = refused;
  if (first === undefined || own.some(({ step, entries }) => entries.some(({ rel }) => !isAbsolute(rel)) || !selective.includes(step.kind))) return undefined;
  return new AppError("E_REFUSED", `${first.path} ${first.why}${refused.length > 1 ? `; ${refused.length - 1} more are refused too` : ""}`);
}

function planOf({ cures, user, account }: PlanRequest, steps: readonly BoundStep[]): Plan {
  // Only root can be both users.
  const sharedProbes = account === undefined ? [] : cures.flatMap(({ remedy }) => remedy.sharedProbes ?? []);
  return {
    cures: cures.map(({ problem, subject, remedy }) => ({ problem, subject, remedy: remedy.id })),
    steps: [...steps],
    needs: steps.some(({ step }) => step.actor === "root") ? "root" : "user",
    undoable: undoableAs(steps),
    frees: steps.reduce((sum, { frees }) => sum + frees, 0),
    user: { ...user },
    probes: [...new Set(cures.flatMap(({ remedy }) => remedy.probes ?? []))],
    ...(sharedProbes.length > 0 && { sharedProbes }),
  };
}

/** Binds every step to the world as the steps before it will leave it. Changes nothing. */
export function tryPlan(request: PlanRequest): Planned {
  const hands = openHands();
  try {
    const steps: Bound[] = [];
    for (const wanted of concatenate(request.cures)) {
      try {
        const view = viewAfter(hands, steps.map(({ bound }) => bound));
        steps.push({ ...wanted, bound: bindStepIn(wanted.step, { hands, view, uid: request.user.uid, account: request.account }) });
      } catch (error) {
        // A world that has changed (E_CHANGED) is no reason to do the rest: the cures were chosen for another one.
        if (!(error instanceof AppError) || (error.code !== "E_REFUSED" && error.code !== "E_STEP")) throw error;
        return { ok: false, cures: wanted.of, error };
      }
    }
    for (const cure of request.cures.keys()) {
      const error = cameToNothing(steps, cure);
      if (error !== undefined) return { ok: false, cures: [cure], error };
    }
    return { ok: true, plan: planOf(request, steps.map(({ bound }) => bound)) };
  } finally {
    hands.close();
  }
}

/** The plan of all cures; throws where one is refused. */
export function makePlan(request: PlanRequest): Plan {
  const planned = tryPlan(request);
  if (!planned.ok) throw planned.error;
  return planned.plan;
}
