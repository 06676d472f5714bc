import { AppError } from "../machine/app-error.ts";
import type { Hands, Look } from "../machine/hands.ts";
import type { Act } from "./act.ts";
import { largestConfig, sha256 } from "./bind-config.ts";
import { asideName, tempName } from "./forward-acts.ts";
import { anyLook, type Inverse, type InverseContext } from "./inverse.ts";
import { isSameObject, knownOf, type Known } from "./same-object.ts";
import { madeParents } from "./step-path.ts";
import type { BoundStep, StepOf } from "./step.ts";

type Edit = StepOf<"edit-config">;

/** Whether a file still has the bytes the step gave it. Anything but a small regular file has not. */
function hasBytes(hands: Hands, path: string, hash: string | undefined): boolean {
  try {
    return sha256(hands.read(path, largestConfig)) === hash;
  } catch (error) {
    if (error instanceof AppError) return false;
    throw error;
  }
}

function unlinkIfAny(path: string, look: Look | undefined): Act[] {
  return look === undefined ? [] : [{ do: "unlink", path, guard: look.guard, ignore: ["nlink"] }];
}

/** A file that the step made goes while it has the step's bytes; then the directories made for it, while they are empty. */
function inverseOfNew(step: Edit, bound: BoundStep, { hands, run, wasDone }: InverseContext): Inverse {
  const temp = tempName(step.path, run);
  const tempLook = hands.look(temp);
  const now = hands.look(step.path);
  const ours = now !== undefined && hasBytes(hands, step.path, bound.saved?.["after"]);
  const acts: Act[] = [...unlinkIfAny(temp, tempLook), ...(ours ? unlinkIfAny(step.path, now) : [])];
  const gone = new Set([...(tempLook === undefined ? [] : [temp]), ...(ours ? [step.path] : [])]);
  for (const path of madeParents(bound.saved).reverse()) {
    const guard = hands.look(path)?.guard;
    if (guard?.type !== "dir") continue;
    if (!hands.names(path).every((name) => gone.has(`${path}/${name}`))) break;
    acts.push({ do: "remove-dir", path, guard, ignore: anyLook });
    gone.add(path);
  }
  // A file that stood in the way of a step was never the step's.
  return { acts, left: now === undefined || ours || !wasDone ? [] : [{ path: step.path, why: "has been edited since" }] };
}

interface Places {
  readonly old: Known;
  readonly now: Look | undefined;
  readonly aside: Look | undefined;
  readonly asidePath: string;
}

/** The old inode goes back over the new file: bytes, time, ACL and attributes are what they were. */
function oldFileBack(step: Edit, bound: BoundStep, { places, context }: { places: Places; context: InverseContext }): Inverse {
  const { now, aside, asidePath, old } = places;
  const { path } = step;
  const isOld = (look: Look | undefined): boolean => look !== undefined && isSameObject(look, old, context.sameBoot);
  if (aside === undefined || !isOld(aside)) return isOld(now) ? { acts: [], left: [] } : { acts: [], left: [{ path, why: "the file it was is not there any more" }] };
  if (isOld(now)) return { acts: unlinkIfAny(asidePath, aside), left: [] };
  if (now === undefined) {
    // Where links are refused a killed step leaves no file; a step that was done left one, and somebody removed it.
    if (context.wasDone) return { acts: [], left: [{ path, why: `has been removed since; what it was is ${asidePath}` }] };
    return { acts: [{ do: "rename", path: asidePath, guard: aside.guard, to: path }], left: [] };
  }
  if (!hasBytes(context.hands, path, bound.saved?.["after"])) return { acts: [], left: [{ path, why: `has been edited since; what it was is ${asidePath}` }] };
  return { acts: [{ do: "replace", path: asidePath, guard: aside.guard, ignore: anyLook, over: { path, guard: now.guard, ignore: anyLook } }], left: [] };
}

export function inverseOfConfig(step: Edit, bound: BoundStep, context: InverseContext): Inverse {
  if (step.of === null) return inverseOfNew(step, bound, context);
  const { hands, run } = context;
  const [entry] = bound.entries;
  if (entry === undefined) return { acts: [], left: [] };
  const temp = tempName(step.path, run);
  const asidePath = asideName(step.path, run);
  const places: Places = { old: knownOf(entry), now: hands.look(step.path), aside: hands.look(asidePath), asidePath };
  const back = oldFileBack(step, bound, { places, context });
  // A file once more under its own name has lost the second one by then.
  return { acts: [...unlinkIfAny(temp, hands.look(temp)), ...back.acts], left: back.left };
}
