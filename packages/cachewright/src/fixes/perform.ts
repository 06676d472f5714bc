import { AppError } from "../machine/app-error.ts";
import type { Hands } from "../machine/hands.ts";
import { ownUid } from "../machine/proc.ts";
import { performActs, type Act, type ActFailure, type ActProgress } from "./act.ts";
import type { Plan, Step } from "./step.ts";

/** Who does acts: this process, or a child that became the user. */
export interface Performer {
  perform(actor: Step["actor"], acts: readonly Act[], keepGoing: boolean): ActFailure[];
}

export interface PerformerOptions {
  /** Root's child for the steps of the user it acts for. */
  readonly performAsUser?: (acts: readonly Act[], keepGoing: boolean, user: Plan["user"]) => ActFailure[];
  /** Called between any two changes of the machine or the journal; tests stop the process here. */
  readonly checkpoint?: (name: string) => void;
  /** How far a step is; told only of what this process does itself. */
  readonly onProgress?: (progress: ActProgress) => void;
}

/** Refuses, before anything happens, what this process may not do or must not do itself. */
export function makePerformer(plan: Plan, hands: Hands, { performAsUser, checkpoint, onProgress }: PerformerOptions): Performer {
  const own = ownUid();
  const actors = new Set(plan.steps.map(({ step }) => step.actor));
  if (actors.has("root") && own !== 0) {
    throw new AppError("E_PRIVILEGE", "this needs root's rights", { hint: `run it as root: cachewright fix --for-user ${plan.user.name}` });
  }
  const forSomebody = own === 0 && plan.user.uid !== 0;
  if (own > 0 && plan.user.uid !== own) throw new AppError("E_PRIVILEGE", `this plan is for ${plan.user.name} (uid ${plan.user.uid}), not for uid ${own}`);
  if (forSomebody && actors.has("user") && performAsUser === undefined) {
    throw new AppError("E_PRIVILEGE", `root does nothing in ${plan.user.name}'s place that ${plan.user.name} can do`);
  }
  return {
    perform: (actor, acts, keepGoing) => {
      if (acts.length === 0) return [];
      if (forSomebody && actor === "user" && performAsUser !== undefined) {
        const failures = performAsUser(acts, keepGoing, plan.user);
        checkpoint?.("acts as the user");
        return failures;
      }
      return performActs(acts, { hands, keepGoing, onProgress, ...(checkpoint && { checkpoint }) });
    },
  };
}
