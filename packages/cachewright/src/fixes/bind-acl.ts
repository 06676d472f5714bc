import { AppError } from "../machine/app-error.ts";
import type { Hands, Target } from "../machine/hands.ts";
import { formatAcl, parseAcl, removeAclEntry } from "./acl-text.ts";
import type { Binding } from "./binding.ts";
import type { BoundStep, StepOf } from "./step.ts";

function getfacl(hands: Hands, target: Target, options: string): string {
  const ran = hands.runOn(target, ["getfacl", options, "--", hands.objectArg(target.path)]);
  if (ran.status !== 0) throw new AppError("E_STEP", `getfacl failed on ${target.path}: ${ran.stderr.trim()}`);
  return ran.stdout;
}

/** The whole list of an object, ids as numbers, as setfacl takes it. */
export function readAcl(hands: Hands, target: Target): string {
  return formatAcl(parseAcl(getfacl(hands, target, "-cnEp")));
}

/** Both lists, before and after, are known before anything is done: undo sets the first again, exactly. */
export function bindAcl(asked: StepOf<"acl">, { hands, view, resolve }: Binding): BoundStep {
  const step = { ...asked, path: resolve(asked.path) };
  const origin = view.origin(step.path);
  const seen = view.look(step.path);
  if (typeof origin === "string" || typeof seen === "string") throw new AppError("E_CHANGED", `${step.path} is gone`);
  const target: Target = { path: origin.today, guard: seen.guard, ignore: ["uid", "gid", "mode"] };
  const numbers = parseAcl(getfacl(hands, target, "-cnEp"));
  const after = removeAclEntry(numbers, step.remove, parseAcl(getfacl(hands, target, "-cEp")));
  if (after === undefined) throw new AppError("E_CHANGED", `${step.path} has no access control entry ${step.remove}`);
  const saved = { before: formatAcl(numbers), after: formatAcl(after) };
  return { step, entries: [{ rel: "", guard: seen.guard, born: seen.born }], refused: [], undoable: true, frees: 0, saved };
}
