import { createHash } from "node:crypto";
import type { Hands, Look } from "../machine/hands.ts";
import { ownUid } from "../machine/proc.ts";
import { asideName } from "./forward-acts.ts";
import { anyLook, nothingToDo, type Inverse, type InverseContext } from "./inverse.ts";
import { isSameObject, madeKnown } from "./same-object.ts";
import { joinRel } from "./step-path.ts";
import type { Guard, StepOf } from "./step.ts";

/** Everything at and below a path, as one number: equal as long as nothing was made, removed, rewritten or handed on. */
export function fingerprint(hands: Hands, root: string): string {
  const hash = createHash("sha256");
  const { entries } = hands.walk(root);
  for (const { rel, guard } of [...entries].sort((a, b) => (a.rel < b.rel ? -1 : 1))) {
    const times = guard.type === "file" ? hands.look(joinRel(root, rel))?.times.mtime : undefined;
    hash.update(`${rel}\0${guard.type} ${guard.ino} ${guard.uid} ${guard.gid} ${guard.mode} ${times}\n`);
  }
  return hash.digest("hex");
}

/** What a step that made something says about it when it is done. */
export function madeBy(hands: Hands, path: string): Record<string, string> | undefined {
  const look = hands.look(path);
  return look === undefined ? undefined : { dev: look.guard.dev, ino: look.guard.ino, ...(look.born !== undefined && { born: look.born }) };
}

/** A free name beside `path` for what undo puts aside. */
function freeAside(path: string, { hands, run }: InverseContext): string {
  for (let number = 1; ; number += 1) {
    const name = number === 1 ? asideName(path, run) : `${asideName(path, run)}-${number}`;
    if (hands.look(name) === undefined) return name;
  }
}

function setAside(path: string, guard: Guard, context: InverseContext): Inverse {
  // It goes away with a directory that is undone later; put aside inside of it, it would only be harder to find.
  if (context.madeAbove(path)) return nothingToDo;
  return { acts: [{ do: "rename", path, guard, ignore: anyLook, to: freeAside(path, context), why: "aside" }], left: [] };
}

/** Whether the directory there is the one the step made; a killed step could not say which, only that none was there. */
function isMade(look: Look, step: StepOf<"make-dir">, { saved, sameBoot }: InverseContext): boolean {
  const known = madeKnown("dir", saved);
  if (known !== undefined) return isSameObject(look, known, sameBoot);
  const { guard } = look;
  return guard.type === "dir" && (ownUid() <= 0 || guard.uid === ownUid() || guard.uid === step.owner?.uid);
}

/** An undo that was killed after it had put the thing aside finds it here. */
function asideAlready(path: string, { hands, run, saved, sameBoot }: InverseContext): Inverse {
  const to = asideName(path, run);
  const there = hands.look(to);
  if (there === undefined) return nothingToDo;
  const known = madeKnown(there.guard.type, saved);
  return known === undefined || isSameObject(there, known, sameBoot) ? { acts: [], left: [], asides: [{ path, to }] } : nothingToDo;
}

/** An empty directory goes; one that has been filled since is somebody's work and is put aside. */
export function inverseOfMake(step: StepOf<"make-dir">, context: InverseContext): Inverse {
  const { path } = step;
  const look = context.hands.look(path);
  if (look === undefined) return asideAlready(path, context);
  if (!isMade(look, step, context)) return { acts: [], left: [{ path, why: "is not the directory that was made" }] };
  const now = look.guard;
  if (context.hands.names(path).length > 0) return setAside(path, now, context);
  return { acts: [{ do: "remove-dir", path, guard: now, ignore: anyLook }], left: [] };
}

/** What a program made is removed while it is exactly as the program left it, else put aside. */
export function inverseOfRun(step: StepOf<"run">, context: InverseContext): Inverse {
  const { hands, saved, sameBoot } = context;
  const look = hands.look(step.makes);
  if (look === undefined) return asideAlready(step.makes, context);
  const now = look.guard;
  const known = madeKnown(now.type, saved);
  if (known === undefined) return setAside(step.makes, now, context);
  if (!isSameObject(look, known, sameBoot)) return { acts: [], left: [{ path: step.makes, why: "is not what the program made" }] };
  if (saved?.["print"] !== fingerprint(hands, step.makes)) return setAside(step.makes, now, context);
  // A link or a file is one name; only a directory is a tree.
  return { acts: [{ do: now.type === "dir" ? "remove-tree" : "unlink", path: step.makes, guard: now }], left: [] };
}
