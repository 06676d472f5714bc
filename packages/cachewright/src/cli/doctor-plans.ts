import type { Facts } from "../facts/facts.ts";
import { sideFor } from "../fixes/cure.ts";
import { loadEditors } from "../fixes/format-edits.ts";
import { planCures } from "../fixes/plan-cures.ts";
import { formatsOf } from "../fixes/resolve.ts";
import { AppError } from "../machine/app-error.ts";
import type { Machine } from "../machine/machine.ts";
import type { Diagnosed } from "../problems/diagnose.ts";
import type { PlannedCure } from "../report/html/doctor-plan.ts";

/**
 * What `fix` would do about each finding by itself, as its plan: objects counted, files' changes shown, refusals told.
 * Undefined where this call cannot know: root's part, and trees that were looked at in part.
 */
export async function doctorPlans(machine: Machine, facts: Facts, found: readonly Diagnosed[]): Promise<(PlannedCure | undefined)[]> {
  const whole = facts.scans.every((scan) => scan.complete);
  const plans: (PlannedCure | undefined)[] = [];
  for (const one of found) plans.push(whole ? await planOf(machine, facts, one) : undefined);
  return plans;
}

async function planOf(machine: Machine, facts: Facts, { finding, remedies }: Diagnosed): Promise<PlannedCure | undefined> {
  const remedy = remedies.find((one) => one.steps.length > 0);
  if (remedy === undefined || (remedy.needs === "root" && machine.identity.euid !== 0)) return undefined;
  try {
    await loadEditors(formatsOf([remedy.steps]));
    const side = sideFor(machine, undefined);
    const user = { uid: facts.user.uid, name: facts.user.name.ok ? facts.user.name.value : String(facts.user.uid) };
    const { plan, refused } = planCures([{ finding, remedy }], { resolve: (proposals) => side.resolve(proposals), user, account: undefined });
    return { plan, refused: refused.map(({ why }) => why) };
  } catch (error) {
    // The report is about what was found; that a plan cannot be made now is for `fix` to say.
    if (error instanceof AppError) return undefined;
    throw error;
  }
}
