import { AppError } from "../machine/app-error.ts";
import type { ProposedStep } from "../problems/problem.ts";
import type { Chosen, RefusedCure } from "./choose-cures.ts";
import { tryPlan, type PlanRequest } from "./plan.ts";
import type { Plan, Step } from "./step.ts";

export interface PlanCuresOptions extends Omit<PlanRequest, "cures"> {
  /** Makes steps of what remedies propose, all together: one may do what another asks for. */
  resolve(proposals: readonly (readonly ProposedStep[])[]): readonly (readonly Step[])[];
}

export interface PlannedCures {
  /** Null when nothing is to be done. */
  readonly plan: Plan | null;
  /** What the plan is for. */
  readonly kept: readonly Chosen[];
  readonly refused: readonly RefusedCure[];
}

function isRefusal(error: unknown): error is AppError {
  return error instanceof AppError && (error.code === "E_REFUSED" || error.code === "E_CHANGED");
}

/** The cures whose own proposals cannot be made into steps, each with the reason. */
function unresolvable(chosen: readonly Chosen[], { resolve }: PlanCuresOptions): Map<Chosen, AppError> {
  const failed = new Map<Chosen, AppError>();
  for (const one of chosen) {
    try {
      resolve([one.remedy.steps]);
    } catch (error) {
      if (!isRefusal(error)) throw error;
      failed.set(one, error);
    }
  }
  return failed;
}

function attempt(chosen: readonly Chosen[], options: PlanCuresOptions): { plan: Plan | null } | { failed: ReadonlyMap<Chosen, AppError> } {
  let resolved: readonly (readonly Step[])[];
  try {
    resolved = options.resolve(chosen.map(({ remedy }) => remedy.steps));
  } catch (error) {
    const failed = isRefusal(error) ? unresolvable(chosen, options) : new Map<Chosen, AppError>();
    if (failed.size === 0) throw error;
    return { failed };
  }
  if (resolved.every((steps) => steps.length === 0)) return { plan: null };
  const cures = chosen.map(({ finding, remedy }, at) => ({
    problem: finding.problem, subject: finding.subject,
    remedy: { id: remedy.id, steps: resolved[at] ?? [], ...(remedy.probes === undefined ? {} : { probes: remedy.probes }), ...(remedy.share === undefined ? {} : { sharedProbes: remedy.share.directories }) },
  }));
  const planned = tryPlan({ cures, user: options.user, account: options.account });
  if (planned.ok) return { plan: planned.plan };
  const { error } = planned;
  return { failed: new Map(planned.cures.flatMap((at) => (chosen[at] === undefined ? [] : [[chosen[at], error] as const]))) };
}

/**
 * Plans what may be done. A refusal drops the cure it belongs to and no other; since another cure may have been left out
 * or bound for what that one would have done, the rest is planned anew.
 */
export function planCures(chosen: readonly Chosen[], options: PlanCuresOptions): PlannedCures {
  const refused: RefusedCure[] = [];
  let kept = chosen;
  while (kept.length > 0) {
    const tried = attempt(kept, options);
    if ("plan" in tried) return { plan: tried.plan, kept, refused };
    for (const [{ finding, remedy }, error] of tried.failed) refused.push({ finding, remedy, why: error.message, hint: error.hint });
    kept = kept.filter((one) => !tried.failed.has(one));
  }
  return { plan: null, kept, refused };
}
