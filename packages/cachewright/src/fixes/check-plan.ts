import { AppError } from "../machine/app-error.ts";
import type { Hands } from "../machine/hands.ts";
import { entryPath } from "./step-path.ts";
import type { BoundStep, Guard, Plan, Refusal } from "./step.ts";
import { viewAfter, type Seen, type View } from "./view.ts";

const mostListed = 10;
const fields = ["type", "dev", "ino", "mount", "uid", "gid", "mode", "nlink"] as const;

function shown(field: (typeof fields)[number], guard: Guard): string {
  return field === "mode" ? guard.mode.toString(8).padStart(4, "0") : String(guard[field]);
}

function changeOf(seen: Seen, then: Guard): string | undefined {
  if (seen === "made" || seen === "absent") return "is gone";
  const changes = fields.filter((field) => !(field === "nlink" && then.type === "dir") && seen.guard[field] !== then[field]);
  if (changes.length === 0) return undefined;
  return changes.map((field) => `${field} was ${shown(field, then)}, is ${shown(field, seen.guard)}`).join("; ");
}

/** What a step makes must not be there. */
function takenBy({ step }: BoundStep, view: View): Refusal[] {
  const made = step.kind === "make-dir" ? step.path : step.kind === "rename" ? step.to : step.kind === "run" ? step.makes : undefined;
  if (made === undefined || view.look(made) === "absent") return [];
  return [{ path: made, why: "exists by now" }];
}

function changesOf(bound: BoundStep, view: View): Refusal[] {
  const changed = bound.entries.flatMap((entry): Refusal[] => {
    const path = entryPath(bound.step, entry);
    const seen = view.look(path);
    // What is to be removed and is gone has become so without us.
    const why = bound.step.kind === "remove" && seen === "absent" ? undefined : changeOf(seen, entry.guard);
    return why === undefined ? [] : [{ path, why }];
  });
  return [...changed, ...takenBy(bound, view)];
}

/** Every guard of the whole plan, before its first step: when the world has changed, nothing is done at all. */
export function checkPlan(plan: Plan, hands: Hands): void {
  const changes = plan.steps.flatMap((bound, number) => changesOf(bound, viewAfter(hands, plan.steps.slice(0, number))));
  if (changes.length === 0) return;
  const listed = changes.slice(0, mostListed).map(({ path, why }) => `  ${path}: ${why}`);
  const more = changes.length > mostListed ? [`  and ${changes.length - mostListed} more`] : [];
  throw new AppError("E_CHANGED", ["the machine has changed since the plan was made; nothing was done", ...listed, ...more].join("\n"), {
    hint: "run it again: a new plan is made from how things are now",
  });
}
