/**
 * What takes a step back, decided by the disk alone: whatever a journal could not say any more (kill -9) shows there.
 * Entry by entry: what is as the step left it is put back, what is as it was before is done already, anything else is
 * left alone and listed.
 */
import { AppError } from "../machine/app-error.ts";
import type { Hands, Look, Target } from "../machine/hands.ts";
import type { Act } from "./act.ts";
import { readAcl } from "./bind-acl.ts";
import { nothingToDo, type Inverse, type InverseContext } from "./inverse.ts";
import { inverseOfDefaultAcl } from "./inverse-default-acl.ts";
import { inverseOfConfig } from "./inverse-config.ts";
import { inverseOfMake, inverseOfRun } from "./inverse-made.ts";
import { inverseOfRemoveTrees, inverseOfSetAside } from "./inverse-moved-away.ts";
import { changedDirectories, entryPath } from "./step-path.ts";
import { isSameObject, knownOf } from "./same-object.ts";
import type { BoundEntry, BoundStep, Guard, Refusal, Step, StepOf } from "./step.ts";

type Verdict = "as-left" | "as-before" | { readonly why: string };

function verdictOf(now: Look | undefined, entry: BoundEntry, { sameBoot, isLeft, isBefore }: { sameBoot: boolean; isLeft: (guard: Guard) => boolean; isBefore: (guard: Guard) => boolean }): Verdict {
  if (now === undefined) return { why: "is gone" };
  if (!isSameObject(now, knownOf(entry), sameBoot)) return { why: "is another object by now" };
  if (isBefore(now.guard)) return "as-before";
  const then = entry.guard;
  if (then.type !== "dir" && now.guard.nlink !== then.nlink) return { why: `had ${then.nlink} names, has ${now.guard.nlink}` };
  return isLeft(now.guard) ? "as-left" : { why: "has another owner or mode by now" };
}

/** Somebody's directory on the way may be closed to us; that concerns this entry alone. */
function lookOrWhy(hands: Hands, path: string): { now: Look | undefined } | { why: string } {
  try {
    return { now: hands.look(path) };
  } catch (error) {
    if (error instanceof AppError) return { why: error.message };
    throw error;
  }
}

/** The owner such a step leaves; undefined for one that changes modes. */
function ownerAfter(step: Step, then: Guard): { uid: number; gid: number } | undefined {
  if (step.kind === "chgrp") return { uid: then.uid, gid: step.gid };
  return step.kind === "chown" ? step.to : undefined;
}

/** In reverse, and of a step that failed only what it had come to: a directory that closed last opens first. */
function inverseOfEntries(bound: BoundStep, { hands, sameBoot, saved }: InverseContext): Inverse {
  const { step } = bound;
  const acts: Act[] = [];
  const left: Refusal[] = [];
  const unseen: Refusal[] = [];
  const touched = saved?.["touched"] === undefined ? bound.entries.length : Number(saved["touched"]);
  for (const entry of bound.entries.slice(0, touched).reverse()) {
    const path = entryPath(step, entry);
    const then = entry.guard;
    const seen = lookOrWhy(hands, path);
    if ("why" in seen) {
      unseen.push({ path, why: seen.why });
      continue;
    }
    const { now } = seen;
    const to = ownerAfter(step, then);
    const isLeft = (guard: Guard) => (to === undefined ? guard.mode === entry.toMode : guard.uid === to.uid && guard.gid === to.gid);
    const isBefore = (guard: Guard) => (to === undefined ? guard.mode === then.mode : guard.uid === then.uid && guard.gid === then.gid);
    const verdict = verdictOf(now, entry, { sameBoot, isLeft, isBefore });
    if (typeof verdict === "object") left.push({ path, why: verdict.why });
    if (verdict !== "as-left" || now === undefined) continue;
    const target: Target = { path, guard: now.guard };
    acts.push(to !== undefined ? { do: "chown", ...target, to: { uid: then.uid, gid: then.gid } } : { do: "chmod", ...target, mode: then.mode });
  }
  return { acts, left, unseen };
}

function inverseOfAcl(bound: BoundStep, { hands, sameBoot }: InverseContext): Inverse {
  const [entry] = bound.entries;
  const { before, after } = bound.saved ?? {};
  if (entry === undefined || before === undefined) return nothingToDo;
  const path = entryPath(bound.step, entry);
  const look = hands.look(path);
  if (look === undefined) return { acts: [], left: [{ path, why: "is gone" }] };
  const now = look.guard;
  if (!isSameObject(look, knownOf(entry), sameBoot)) return { acts: [], left: [{ path, why: "is another object by now" }] };
  const list = readAcl(hands, { path, guard: now });
  if (list === before) return nothingToDo;
  if (list !== after) return { acts: [], left: [{ path, why: "has another access control list by now" }] };
  return { acts: [{ do: "acl", path, guard: now, entries: before }], left: [] };
}

function inverseOfRename(step: StepOf<"rename">, bound: BoundStep, { hands, sameBoot }: InverseContext): Inverse {
  const [object, ...parents] = bound.entries;
  if (object === undefined) return nothingToDo;
  const isIt = (path: string): Guard | undefined => {
    const now = hands.look(path);
    return now !== undefined && isSameObject(now, knownOf(object), sameBoot) ? now.guard : undefined;
  };
  const moved = isIt(step.to);
  if (moved === undefined) {
    return isIt(step.from) === undefined ? { acts: [], left: [{ path: step.to, why: hands.look(step.to) === undefined ? "is gone" : "is another object by now" }] } : nothingToDo;
  }
  // A file under both names was killed between link and unlink; renaming it back finishes.
  if (isIt(step.from) === undefined && hands.look(step.from) !== undefined) return { acts: [], left: [{ path: step.to, why: `its place ${step.from} is taken` }] };
  for (const parent of parents) {
    const now = hands.look(parent.rel);
    if (now === undefined || !isSameObject(now, knownOf(parent), sameBoot)) return { acts: [], left: [{ path: step.to, why: `the directory ${parent.rel} is not the one it was` }] };
  }
  return { acts: [{ do: "rename", path: step.to, guard: moved, to: step.from }], left: [] };
}

function inverseOf(bound: BoundStep, context: InverseContext): Inverse {
  const { step } = bound;
  switch (step.kind) {
    case "chown":
    case "chgrp":
    case "chmod": return inverseOfEntries(bound, context);
    case "default-acl": return inverseOfDefaultAcl(bound, context);
    case "acl": return inverseOfAcl(bound, context);
    case "rename": return inverseOfRename(step, bound, context);
    case "make-dir": return inverseOfMake(step, context);
    case "run": return inverseOfRun(step, context);
    case "edit-config": return inverseOfConfig(step, bound, context);
    case "set-aside": return inverseOfSetAside(step, bound, context);
    case "remove-trees": return inverseOfRemoveTrees(step, context);
    // Freed bytes cannot come back; the plan said so before.
    case "remove": return nothingToDo;
  }
}

/** What takes a step back. Throws nothing that concerns one step only: whatever cannot be looked at is left alone. */
export function inverseActs(bound: BoundStep, context: InverseContext): Inverse {
  try {
    return inverseOf(bound, context);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return { acts: [], left: [{ path: changedDirectories(bound)[0] ?? entryPath(bound.step, { rel: "" }), why: error.message }] };
  }
}
