import { ownUid } from "../machine/proc.ts";
import type { Act } from "./act.ts";
import { directoriesBetween, emptiedOf, movedEntries } from "./moved-away.ts";
import { anyLook, nothingToDo, type Inverse, type InverseContext } from "./inverse.ts";
import { isSameObject, knownOf } from "./same-object.ts";
import { joinRel } from "./step-path.ts";
import type { BoundStep, Refusal, StepOf } from "./step.ts";

/** Entry by entry: what is still there under its new name goes back, what the tool has made anew meanwhile stays. */
export function inverseOfSetAside(step: StepOf<"set-aside">, bound: BoundStep, { hands, sameBoot }: InverseContext): Inverse {
  const back: Act[] = [];
  const left: Refusal[] = [];
  const returning: string[] = [];
  const moved = movedEntries(bound);
  for (const entry of moved) {
    const from = joinRel(step.to, entry.rel);
    const path = joinRel(step.within, entry.rel);
    const aside = hands.look(from);
    const there = hands.look(path);
    const isBack = there !== undefined && isSameObject(there, knownOf(entry), sameBoot);
    if (aside === undefined || !isSameObject(aside, knownOf(entry), sameBoot)) {
      if (!isBack) left.push({ path, why: aside === undefined ? `is not in ${step.to} any more` : `what is in ${step.to} is another object` });
      continue;
    }
    // A file under both names was killed between link and unlink; renaming it back finishes.
    if (there !== undefined && !isBack) left.push({ path, why: `is there again; what it was is ${from}` });
    else {
      returning.push(entry.rel);
      back.push({ do: "rename", path: from, guard: aside.guard, ignore: anyLook, to: path });
    }
  }
  return { acts: [...missingDirectories(returning, bound, { step, hands }), ...back, ...emptied(moved.map(({ rel }) => rel), step, hands)], left };
}

/** Those that went with their last entry have the modes they had. Tools clear such away, too: there the cache's own mode serves. */
function missingDirectories(rels: readonly string[], bound: BoundStep, { step: { within }, hands }: { readonly step: StepOf<"set-aside">; readonly hands: InverseContext["hands"] }): Act[] {
  const modes = new Map(emptiedOf(bound).map(({ rel, mode }) => [rel, mode]));
  const top = hands.look(within);
  const needed = rels.length === 0 ? [] : ["", ...directoriesBetween(rels)];
  return needed.filter((rel) => hands.look(joinRel(within, rel)) === undefined).map((rel): Act => ({ do: "make-dir", path: joinRel(within, rel), mode: modes.get(rel) ?? top?.guard.mode ?? 0o700 }));
}

/** What mirrored the cache goes where nothing is left in it. */
function emptied(rels: readonly string[], step: StepOf<"set-aside">, hands: InverseContext["hands"]): Act[] {
  return ["", ...directoriesBetween(rels)].reverse().flatMap((rel): Act[] => {
    const path = joinRel(step.to, rel);
    return hands.look(path)?.guard.type === "dir" ? [{ do: "prune-dir", path }] : [];
  });
}

/** What was on its way to be deleted may be half deleted: the rest goes, too. Only a private directory of one's own. */
export function inverseOfRemoveTrees(step: StepOf<"remove-trees">, { hands }: InverseContext): Inverse {
  const guard = hands.look(step.to)?.guard;
  const isOurs = guard?.type === "dir" && (ownUid() <= 0 || guard.uid === ownUid()) && (guard.mode & 0o077) === 0;
  return isOurs ? { acts: [{ do: "discard", path: step.to }], left: [] } : nothingToDo;
}
