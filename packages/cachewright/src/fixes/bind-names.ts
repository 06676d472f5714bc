import * as path from "node:path";
import { AppError } from "../machine/app-error.ts";
import type { Binding } from "./binding.ts";
import { isInside, joinRel } from "./step-path.ts";
import type { BoundEntry, BoundStep, Refusal, StepOf } from "./step.ts";
import type { View } from "./view.ts";

/** The directory a name stands in, as an entry; nothing for one that the plan makes itself: it has no guard yet. */
export function parentEntry(view: View, file: string): BoundEntry[] {
  const dir = path.dirname(file);
  const seen = view.look(dir);
  if (seen === "made") return [];
  if (seen === "absent") throw new AppError("E_CHANGED", `${dir} is not there`);
  if (seen.guard.type !== "dir") throw new AppError("E_REFUSED", `${dir} is not a directory`);
  return [{ rel: dir, guard: seen.guard, born: seen.born }];
}

function refuseTaken(view: View, file: string): void {
  if (view.look(file) !== "absent") throw new AppError("E_REFUSED", `${file} already exists`);
}

export function bindMakeDirectory(asked: StepOf<"make-dir">, { view, resolve }: Binding): BoundStep {
  const step = { ...asked, path: resolve(asked.path) };
  refuseTaken(view, step.path);
  return { step, entries: parentEntry(view, step.path), refused: [], undoable: true, frees: 0 };
}

/** The object first, then the parents it leaves and enters. */
export function bindRename(asked: StepOf<"rename">, { view, resolve }: Binding): BoundStep {
  const step = { ...asked, from: resolve(asked.from), to: resolve(asked.to) };
  if (step.aside && path.dirname(step.from) !== path.dirname(step.to)) {
    throw new AppError("E_REFUSED", `${step.from} can only be set aside beside itself, not as ${step.to}`);
  }
  if (isInside(step.to, step.from)) throw new AppError("E_REFUSED", `${step.from} cannot be moved into itself`);
  const object = view.look(step.from);
  if (typeof object === "string") throw new AppError("E_CHANGED", `${step.from} is ${object === "made" ? "only made by this plan" : "gone"}`);
  refuseTaken(view, step.to);
  const parents = [...parentEntry(view, step.from), ...parentEntry(view, step.to)];
  const apart = parents.find(({ guard }) => guard.mount !== object.guard.mount);
  if (apart !== undefined) throw new AppError("E_REFUSED", `${step.from} cannot be renamed: ${apart.rel} is on another mount`);
  const entries = [{ rel: step.from, guard: object.guard, born: object.born }, ...parents.filter(({ rel }, at) => parents.findIndex((other) => other.rel === rel) === at)];
  return { step, entries, refused: [], undoable: true, frees: 0 };
}

/** Bytes come free with the last name of a file; each file is counted once. */
function freedBy(entries: readonly (BoundEntry & { allocated: number })[]): BoundEntry[] {
  const names = new Map<string, number>();
  const key = ({ guard }: BoundEntry): string => `${guard.dev}:${guard.ino}`;
  for (const entry of entries) names.set(key(entry), (names.get(key(entry)) ?? 0) + 1);
  const counted = new Set<string>();
  return entries.map(({ rel, guard, born, allocated }) => {
    const last = names.get(key({ rel, guard })) === guard.nlink && !counted.has(key({ rel, guard }));
    if (last) counted.add(key({ rel, guard }));
    return { rel, guard, born, frees: last ? allocated : 0 };
  });
}

/** What is already gone is no matter: that is what the step wants. */
export function bindRemove(asked: StepOf<"remove">, { view, resolve }: Binding): BoundStep {
  const within = resolve(asked.within);
  const top = view.look(within);
  if (typeof top === "string") throw new AppError("E_CHANGED", `${asked.within} is gone`);
  const refused: Refusal[] = [];
  const found: (BoundEntry & { allocated: number })[] = [];
  for (const asPath of new Set(asked.paths)) {
    const file = resolve(asPath);
    const seen = isInside(file, within) ? view.look(file) : undefined;
    if (seen === undefined) refused.push({ path: file, why: `is not inside ${within}` });
    else if (seen === "made") refused.push({ path: file, why: "is made by this plan" });
    else if (seen === "absent") continue;
    else if (seen.guard.type === "dir") refused.push({ path: file, why: "is a directory" });
    else if (seen.guard.mount !== top.guard.mount) refused.push({ path: file, why: "is on another mount" });
    else found.push({ rel: path.relative(within, file), guard: seen.guard, born: seen.born, allocated: seen.allocated });
  }
  const entries = freedBy(found);
  const step = { ...asked, within, paths: entries.map(({ rel }) => joinRel(within, rel)) };
  return { step, entries, refused, undoable: false, frees: entries.reduce((sum, { frees = 0 }) => sum + frees, 0) };
}

/** Root runs no program that somebody else could have put there: neither it nor a directory on the way may be theirs. */
function refuseOthersProgram({ argv: [program = ""] }: StepOf<"run">, { view, resolve }: Binding): void {
  for (let at = resolve(program, { last: true }); ; at = path.dirname(at)) {
    const seen = view.look(at);
    if (typeof seen === "string" || seen.guard.uid !== 0 || (seen.guard.mode & 0o022) !== 0) {
      throw new AppError("E_REFUSED", `root does not run ${program}: others than root may change ${at}`, { hint: "run it as yourself, without sudo" });
    }
    if (at === path.dirname(at)) return;
  }
}

export function bindRun(asked: StepOf<"run">, binding: Binding): BoundStep {
  const { view, resolve } = binding;
  if (asked.actor === "root") refuseOthersProgram(asked, binding);
  const step = { ...asked, makes: resolve(asked.makes) };
  refuseTaken(view, step.makes);
  return { step, entries: parentEntry(view, step.makes), refused: [], undoable: true, frees: 0 };
}
