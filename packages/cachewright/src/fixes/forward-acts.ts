import { AppError } from "../machine/app-error.ts";
import type { Hands } from "../machine/hands.ts";
import { applyEdits } from "../configs/text-edit.ts";
import type { Act } from "./act.ts";
import { largestConfig, sha256 } from "./bind-config.ts";
import { defaultAclActs } from "./default-acl.ts";
import { directoriesBetween, emptiedOf, movedEntries, type MovesAway } from "./moved-away.ts";
import { entryPath, joinRel, madeParents } from "./step-path.ts";
import type { BoundStep, StepOf } from "./step.ts";

/** Names beside an edited file carry the run's, so that whoever finds them knows whose they are. */
export function asideName(path: string, run: string): string {
  return `${path}.cachewright-${run}`;
}

export function tempName(path: string, run: string): string {
  return `${path}.cachewright-${run}.new`;
}

const ownDirectory = 0o700;
/** Below /etc everybody reads. */
const sharedDirectory = 0o755;

function newFile(step: StepOf<"edit-config">, bound: BoundStep, run: string): Act[] {
  const shared = step.actor === "root";
  const directories = madeParents(bound.saved).map((path): Act => ({ do: "make-dir", path, mode: shared ? sharedDirectory : ownDirectory }));
  const content = applyEdits(Buffer.alloc(0), step.edits).toString("base64");
  return [...directories, { do: "create-file", path: step.path, temp: tempName(step.path, run), content, mode: step.mode ?? (shared ? 0o644 : 0o600) }];
}

function editedFile(step: StepOf<"edit-config">, bound: BoundStep, { hands, run }: { hands: Hands; run: string }): Act[] {
  const guard = bound.entries[0]?.guard;
  if (guard === undefined) throw new Error("a bound edit has an entry");
  const bytes = hands.read(step.path, largestConfig);
  if (sha256(bytes) !== step.of) throw new AppError("E_CHANGED", `${step.path} has changed since the plan was made`);
  const content = applyEdits(bytes, step.edits).toString("base64");
  const { mode, uid, gid } = guard;
  return [{ do: "edit-file", path: step.path, guard, temp: tempName(step.path, run), aside: asideName(step.path, run), content, mode, owner: { uid, gid } }];
}

/** The cache's directories are made again below `to`, private, and the entries renamed into them. */
function moveAwayActs(step: MovesAway, bound: BoundStep, hands: Hands): Act[] {
  const entries = movedEntries(bound).filter(({ rel }) => hands.look(joinRel(step.within, rel)) !== undefined);
  if (entries.length === 0) return [];
  const between = directoriesBetween(entries.map(({ rel }) => rel));
  const directories = ["", ...between];
  const passed = new Set(between);
  return [
    ...directories.map((rel): Act => ({ do: "make-dir", path: joinRel(step.to, rel), mode: ownDirectory })),
    // Environments link and unlink files of a cache at any time.
    ...entries.map(({ rel, guard }): Act => ({ do: "rename", path: joinRel(step.within, rel), guard, ignore: ["nlink"], to: joinRel(step.to, rel) })),
    // The lowest first. What the tool has put into one meanwhile keeps it.
    ...emptiedOf(bound).filter(({ rel }) => passed.has(rel)).reverse().map(({ rel }): Act => ({ do: "prune-dir", path: joinRel(step.within, rel), mayStay: true })),
    ...(step.kind === "remove-trees" ? [{ do: "discard", path: step.to } as const] : []),
  ];
}

/** A bound step as acts. `remove` leaves out what is gone by itself. */
export function forwardActs(bound: BoundStep, { hands, run }: { hands: Hands; run: string }): Act[] {
  const { step, entries } = bound;
  const targets = entries.map((entry) => ({ path: entryPath(step, entry), guard: entry.guard, toMode: entry.toMode }));
  const [first] = targets;
  switch (step.kind) {
    case "chown": return targets.map(({ path, guard }) => ({ do: "chown", path, guard, to: step.to }));
    case "chmod": return targets.flatMap(({ path, guard, toMode }) => (toMode === undefined ? [] : [{ do: "chmod", path, guard, mode: toMode }]));
    case "chgrp": return targets.map(({ path, guard }) => ({ do: "chown", path, guard, to: { uid: guard.uid, gid: step.gid } }));
    case "default-acl": return defaultAclActs(entries.map((entry) => ({ target: { path: entryPath(step, entry), guard: entry.guard }, entries: entry.acl?.after ?? "" })));
    case "acl": return first === undefined ? [] : [{ do: "acl", path: first.path, guard: first.guard, entries: bound.saved?.["after"] ?? "" }];
    case "make-dir": return [{ do: "make-dir", path: step.path, mode: step.mode, ...(step.owner && { owner: step.owner }) }];
    case "rename": return first === undefined ? [] : [{ do: "rename", path: first.path, guard: first.guard, to: step.to }];
    case "remove": return targets.flatMap(({ path, guard }) => (hands.look(path) === undefined ? [] : [{ do: "unlink", path, guard, ignore: ["nlink"] }]));
    case "set-aside":
    case "remove-trees": return moveAwayActs(step, bound, hands);
    case "edit-config": return step.of === null ? newFile(step, bound, run) : editedFile(step, bound, { hands, run });
    case "run": return [{ do: "run", argv: step.argv, env: step.env ?? {} }];
  }
}
