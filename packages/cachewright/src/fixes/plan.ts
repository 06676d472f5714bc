import { openHands } from "../machine/open-hands.ts";
import { bindStepIn } from "./bind.ts";
import type { Beneficiary } from "./recognise.ts";
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

/** Steps in the given order; edits computed from the same bytes of one file become one step. */
function concatenate(cures: readonly Cure[]): Step[] {
  const steps: Step[] = [];
  for (const step of cures.flatMap(({ remedy }) => remedy.steps)) {
    const at = step.kind === "edit-config" ? steps.findIndex((each) => isSameFile(each, step)) : -1;
    if (at < 0) steps.push(step);
    else steps[at] = joinEdits(steps[at] as Edit, step as Edit);
  }
  return steps;
}

function undoableAs(steps: readonly BoundStep[]): Plan["undoable"] {
  if (steps.every(({ undoable }) => undoable)) return "fully";
  return steps.some(({ undoable }) => undoable) ? "partly" : "no";
}

/** Binds every step to the world as the steps before it will leave it. Changes nothing. */
export function makePlan({ cures, user, account }: PlanRequest): Plan {
  const hands = openHands();
  // Only root can be both users.
  const sharedProbes = account === undefined ? [] : cures.flatMap(({ remedy }) => remedy.sharedProbes ?? []);
  try {
    const steps: BoundStep[] = [];
    for (const step of concatenate(cures)) steps.push(bindStepIn(step, { hands, view: viewAfter(hands, steps), uid: user.uid, account }));
    return {
      cures: cures.map(({ problem, subject, remedy }) => ({ problem, subject, remedy: remedy.id })),
      steps,
      needs: steps.some(({ step }) => step.actor === "root") ? "root" : "user",
      undoable: undoableAs(steps),
      frees: steps.reduce((sum, { frees }) => sum + frees, 0),
      user: { ...user },
      probes: [...new Set(cures.flatMap(({ remedy }) => remedy.probes ?? []))],
      ...(sharedProbes.length > 0 && { sharedProbes }),
    };
  } finally {
    hands.close();
  }
}
