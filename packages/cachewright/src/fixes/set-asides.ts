import { ownUid } from "../machine/proc.ts";
import type { Hands } from "../machine/hands.ts";
import { asideName } from "./forward-acts.ts";
import type { Journal } from "./journal.ts";
import { begunSteps, doneRecord, undoAsides, undoneRecord } from "./run-state.ts";
import { isSameObject, knownOf, madeKnown } from "./same-object.ts";
import { joinRel } from "./step-path.ts";
import type { Guard, StepOf } from "./step.ts";

/** Something a run put aside that is still there. */
export interface SetAside {
  readonly path: string;
  /** What it was called. */
  readonly was: string;
  readonly guard: Guard;
}

/** What stands aside because of steps that still stand. An undone step has brought its own back. */
function ofSteps({ begin, records, run }: Journal, hands: Hands): SetAside[] {
  return begunSteps(records).flatMap((number): SetAside[] => {
    const bound = begin.plan.steps[number];
    const undone = undoneRecord(records, number);
    if (bound?.step.kind === "remove-trees") return undeleted(bound.step, hands);
    if (bound === undefined || doneRecord(records, number)?.t !== "done" || undone?.left.length === 0) return [];
    const { step, entries } = bound;
    if (step.kind === "set-aside") return ofCache(step, doneRecord(records, number)?.saved, hands);
    const [then] = entries;
    const path = step.kind === "rename" && step.aside ? step.to : step.kind === "edit-config" && step.of !== null ? asideName(step.path, run) : undefined;
    if (path === undefined || then === undefined) return [];
    const look = hands.look(path);
    if (look === undefined || !isSameObject(look, knownOf(then), false)) return [];
    return [{ path, was: step.kind === "rename" ? step.from : path.slice(0, -asideName("", run).length), guard: look.guard }];
  });
}

/** The directory that holds what left a cache, if it is the one that the step made. */
function ofCache({ within, to }: StepOf<"set-aside">, saved: Readonly<Record<string, string>> | undefined, hands: Hands): SetAside[] {
  const look = hands.look(to);
  const made = madeKnown("dir", saved);
  return look === undefined || made === undefined || !isSameObject(look, made, false) ? [] : [{ path: to, was: within, guard: look.guard }];
}

/** What was to be deleted and could not be: another account's directories in it, a kill. */
function undeleted({ within, to }: StepOf<"remove-trees">, hands: Hands): SetAside[] {
  const look = hands.look(to);
  const isOurs = look?.guard.type === "dir" && (ownUid() <= 0 || look.guard.uid === ownUid()) && (look.guard.mode & 0o077) === 0;
  return look === undefined || !isOurs ? [] : [{ path: to, was: within, guard: look.guard }];
}

function ofUndo({ records }: Journal, hands: Hands): SetAside[] {
  return undoAsides(records).flatMap(({ path, to }) => {
    const guard = hands.look(to)?.guard;
    return guard === undefined ? [] : [{ path: to, was: path, guard }];
  });
}

export function setAsidesOf(journal: Journal, hands: Hands): SetAside[] {
  return [...ofSteps(journal, hands), ...ofUndo(journal, hands)];
}

export interface Weight {
  readonly bytes: number;
  readonly entries: number;
  /** Filled directories of other accounts: only root can empty them. */
  readonly foreign: readonly string[];
}

/** What deleting it would give back. A file that also has a name elsewhere gives nothing. */
export function weigh(hands: Hands, { path }: SetAside, uid: number): Weight {
  const { entries } = hands.walk(path);
  const filled = new Set(entries.flatMap(({ rel }) => (rel === "" ? [] : [rel.slice(0, Math.max(0, rel.lastIndexOf("/")))])));
  const counted = new Set<string>();
  const foreign: string[] = [];
  let bytes = 0;
  for (const { rel, guard, allocated, linksInside } of entries) {
    const key = `${guard.dev}:${guard.ino}`;
    if (guard.type === "dir" && uid > 0 && guard.uid !== uid && filled.has(rel)) foreign.push(joinRel(path, rel));
    if (counted.has(key) || (guard.type !== "dir" && guard.nlink > linksInside())) continue;
    counted.add(key);
    bytes += allocated;
  }
  return { bytes, entries: entries.length, foreign };
}
