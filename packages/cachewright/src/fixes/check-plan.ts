import { isAbsolute } from "node:path";
import { AppError } from "../machine/app-error.ts";
import type { Hands } from "../machine/hands.ts";
import { largestConfig, sha256 } from "./bind-config.ts";
import { entryPath } from "./step-path.ts";
import { isReborn } from "./same-object.ts";
import type { BoundEntry, BoundStep, Guard, Plan, Refusal, Step } from "./step.ts";
import { viewAfter, type Seen, type View } from "./view.ts";

const mostListed = 10;
const fields = ["type", "dev", "ino", "mount", "uid", "gid", "mode", "nlink"] as const;

function shown(field: (typeof fields)[number], guard: Guard): string {
  return field === "mode" ? guard.mode.toString(8).padStart(4, "0") : String(guard[field]);
}

function changeOf(seen: Seen, { guard: then, born }: BoundEntry, anyLinks: boolean): string | undefined {
  if (seen === "made" || seen === "absent") return "is gone";
  const changes = fields.filter((field) => !(field === "nlink" && anyLinks) && seen.guard[field] !== then[field]);
  if (changes.length === 0) return isReborn(seen.bornNow, born) ? "is another one" : undefined;
  return changes.map((field) => `${field} was ${shown(field, then)}, is ${shown(field, seen.guard)}`).join("; ");
}

function nameMadeBy(step: Step): string | undefined {
  switch (step.kind) {
    case "make-dir": return step.path;
    case "set-aside":
    case "remove-trees":
    case "rename": return step.to;
    case "run": return step.makes;
    case "edit-config": return step.of === null ? step.path : undefined;
    default: return undefined;
  }
}

/** What a step makes must not be there. */
function takenBy({ step }: BoundStep, view: View): Refusal[] {
  const made = nameMadeBy(step);
  if (made === undefined || view.look(made) === "absent") return [];
  return [{ path: made, why: "exists by now" }];
}

/** A file can be rewritten in place: same object, other bytes. */
function rewritten({ step }: BoundStep, view: View, hands: Hands): Refusal[] {
  if (step.kind !== "edit-config" || step.of === null) return [];
  const origin = view.origin(step.path);
  if (typeof origin === "string" || hands.look(origin.today)?.guard.type !== "file") return [];
  return sha256(hands.read(origin.today, largestConfig)) === step.of ? [] : [{ path: step.path, why: "has been edited" }];
}

function changesOf(bound: BoundStep, view: View, hands: Hands): Refusal[] {
  const { kind } = bound.step;
  const removes = kind === "remove" || kind === "set-aside" || kind === "remove-trees";
  const changed = bound.entries.flatMap((entry): Refusal[] => {
    const path = entryPath(bound.step, entry);
    const seen = view.look(path);
    // What is to be removed and is gone has become so without us; so has a second name of it.
    const why = removes && seen === "absent" && !isAbsolute(entry.rel) ? undefined : changeOf(seen, entry, removes || entry.guard.type === "dir");
    return why === undefined ? [] : [{ path, why }];
  });
  return [...changed, ...takenBy(bound, view), ...rewritten(bound, view, hands)];
}

/** Every guard of the whole plan, before its first step: when the world has changed, nothing is done at all. */
export function checkPlan(plan: Plan, hands: Hands): void {
  const changes = plan.steps.flatMap((bound, number) => changesOf(bound, viewAfter(hands, plan.steps.slice(0, number)), hands));
  if (changes.length === 0) return;
  const listed = changes.slice(0, mostListed).map(({ path, why }) => `  ${path}: ${why}`);
  const more = changes.length > mostListed ? [`  and ${changes.length - mostListed} more`] : [];
  throw new AppError("E_CHANGED", ["the machine has changed since the plan was made; nothing was done", ...listed, ...more].join("\n"), {
    hint: "run it again: a new plan is made from how things are now",
  });
}
