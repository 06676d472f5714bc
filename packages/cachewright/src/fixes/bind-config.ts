import { createHash } from "node:crypto";
import * as path from "node:path";
import { applyEdits } from "../configs/text-edit.ts";
import { AppError } from "../machine/app-error.ts";
import type { Binding } from "./binding.ts";
import { parentEntry } from "./bind-names.ts";
import type { BoundStep, Guard, StepOf } from "./step.ts";

/** No configuration file is near this; a 10 GB sparse file is. */
export const largestConfig = 1 << 20;

export function sha256(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

/** Directories missing on the way to a file, topmost first. */
function missingParents(file: string, { view }: Binding): string[] {
  const missing: string[] = [];
  for (let dir = path.dirname(file); view.look(dir) === "absent" && path.dirname(dir) !== dir; dir = path.dirname(dir)) missing.unshift(dir);
  return missing;
}

function bindNew(step: StepOf<"edit-config">, binding: Binding): BoundStep {
  const parents = missingParents(step.path, binding);
  const entries = parentEntry(binding.view, parents[0] ?? step.path);
  const after = sha256(applyEdits(Buffer.alloc(0), step.edits));
  return { step, entries, refused: [], undoable: true, frees: 0, saved: { after, parents: JSON.stringify(parents) } };
}

function refuseUnfit(file: string, guard: Guard, { uid }: { uid: number }): void {
  if (guard.type !== "file") throw new AppError("E_REFUSED", `${file} is not a regular file`);
  if (guard.nlink > 1) throw new AppError("E_REFUSED", `${file} has ${guard.nlink} names; an edit would part them`);
  if (guard.uid !== uid) throw new AppError("E_REFUSED", `${file} belongs to uid ${guard.uid}; an edit would make it uid ${uid}'s`);
}

/**
 * The edits fit the bytes they were computed from, and no others. A linked file is edited where it is, the link stays.
 */
export function bindConfig(asked: StepOf<"edit-config">, binding: Binding): BoundStep {
  const { view, hands, resolve } = binding;
  const step = { ...asked, path: resolve(asked.path, { last: true }) };
  const seen = view.look(step.path);
  if (seen === "made") throw new AppError("E_REFUSED", `${step.path} is changed by an earlier step already`);
  if (seen === "absent") {
    if (step.of === null) return bindNew(step, binding);
    throw new AppError("E_CHANGED", `${step.path} is gone`);
  }
  refuseUnfit(step.path, seen.guard, { uid: step.actor === "root" ? seen.guard.uid : binding.uid });
  if (step.of === null) throw new AppError("E_CHANGED", `${step.path} exists by now`);
  const origin = view.origin(step.path);
  const bytes = hands.read(typeof origin === "string" ? step.path : origin.today, largestConfig);
  if (sha256(bytes) !== step.of) throw new AppError("E_CHANGED", `${step.path} has changed since it was read`);
  const edited = applyEdits(bytes, step.edits);
  const entries = [{ rel: "", guard: seen.guard, born: seen.born }, ...parentEntry(view, step.path)];
  return { step, entries, refused: [], undoable: true, frees: 0, saved: { after: sha256(edited) } };
}
