/**
 * Acts: what a step, or its inverse, comes down to, each one change of the machine that a look at the disk can tell
 * from its opposite. They are plain data, so that a child process that became the user can be handed them.
 */
import { AppError, type ErrorCode } from "../machine/app-error.ts";
import type { Hands, Owner, Target } from "../machine/hands.ts";
import { deleteTreeSync } from "../machine/delete-tree.ts";
import { ownUid } from "../machine/proc.ts";
import { runProgram } from "../machine/run-program.ts";
import { setDefaultAcl } from "./default-acl.ts";
import { replaceFile, type FileReplacement } from "./replace-file.ts";
import type { Aside } from "./step.ts";

export type Act =
  | ({ readonly do: "chown"; readonly to: Owner } & Target)
  | ({ readonly do: "chmod"; readonly mode: number } & Target)
  /** `entries`: the whole list as setfacl takes it. */
  | ({ readonly do: "acl"; readonly entries: string } & Target)
  /** `entries`: the default list of each of the directories, "" for none. */
  | { readonly do: "default-acl"; readonly entries: string; readonly targets: readonly Target[] }
  | ({ readonly do: "time"; readonly mtime: string } & Target)
  | { readonly do: "make-dir"; readonly path: string; readonly mode: number; readonly owner?: Owner }
  | ({ readonly do: "rename"; readonly to: string; readonly why?: "aside" } & Target)
  | ({ readonly do: "replace"; readonly over: Target } & Target)
  | ({ readonly do: "unlink" } & Target)
  | ({ readonly do: "remove-dir" } & Target)
  | ({ readonly do: "remove-tree" } & Target)
  /** Removes a directory if it is empty, whatever its guard. `mayStay`: if it cannot be, it stays. */
  | { readonly do: "prune-dir"; readonly path: string; readonly mayStay?: true }
  /** Deletes a private directory of one's own with all that is in it; gone already is done. */
  | { readonly do: "discard"; readonly path: string }
  | ({ readonly do: "edit-file" } & FileReplacement)
  | { readonly do: "create-file"; readonly path: string; readonly temp: string; readonly content: string; readonly mode: number }
  | { readonly do: "run"; readonly argv: readonly string[]; readonly env: Readonly<Record<string, string>> };

/** An act that could not be done, by its number in the list. */
export interface ActFailure {
  readonly act: number;
  readonly code: ErrorCode;
  readonly why: string;
}

/** How far a list of acts is: so many of all, or so many names deleted in the one that is at work. */
export type ActProgress = { readonly done: number; readonly all: number } | { readonly removed: number };

export interface PerformOptions {
  readonly hands: Hands;
  /** Goes on with the next act after one that failed; undo does, apply does not. */
  readonly keepGoing?: boolean;
  /** Called between any two changes; tests stop the process here. */
  readonly checkpoint?: (name: string) => void;
  readonly onProgress?: ((progress: ActProgress) => void) | undefined;
}

function setAcl(hands: Hands, target: Target, entries: string): void {
  const ran = hands.runOn(target, ["setfacl", "--set", entries, "--", hands.objectArg(target.path)]);
  if (ran.status !== 0) throw new AppError("E_STEP", `setfacl failed on ${target.path}: ${ran.stderr.trim()}`);
}

function setTime(hands: Hands, target: Target, mtime: bigint): void {
  const now = hands.look(target.path);
  if (now === undefined || now.times.mtime === mtime) return;
  hands.setTimes(target, { atime: now.times.atime, mtime });
}

function createFile(hands: Hands, act: Extract<Act, { do: "create-file" }>, checkpoint: (name: string) => void): void {
  hands.create(act.temp, Buffer.from(act.content, "base64"), { mode: act.mode });
  checkpoint("file written");
  const made = hands.look(act.temp);
  if (made === undefined) throw new AppError("E_CHANGED", `${act.temp} is gone`);
  hands.rename({ path: act.temp, guard: made.guard }, act.path);
}

function pruneDirectory(hands: Hands, { path, mayStay }: Extract<Act, { do: "prune-dir" }>): void {
  try {
    const guard = hands.look(path)?.guard;
    if (guard?.type === "dir" && hands.names(path).length === 0) hands.removeDirectory({ path, guard });
  } catch (error) {
    // Filled or taken away by the tool between the look and the removal, or in a directory that lets nothing go.
    if (!(error instanceof AppError && mayStay === true)) throw error;
  }
}

/** Only a directory that nobody else can enter: nothing can be swapped in it, and nothing of theirs is in it. */
function discard(hands: Hands, path: string, onProgress: PerformOptions["onProgress"]): void {
  const guard = hands.look(path)?.guard;
  if (guard === undefined) return;
  if (guard.type !== "dir" || (ownUid() > 0 && guard.uid !== ownUid()) || (guard.mode & 0o077) !== 0) throw new AppError("E_REFUSED", `${path} is no private directory of one's own`);
  const [left] = deleteTreeSync(path, onProgress === undefined ? {} : { progress: (removed) => { onProgress({ removed }); } }).left;
  if (left !== undefined) throw new AppError("E_STEP", `${left.path} could not be deleted (${left.errno})`);
}

function perform(act: Act, hands: Hands, { checkpoint, onProgress }: { readonly checkpoint: (name: string) => void; readonly onProgress: PerformOptions["onProgress"] }): void {
  switch (act.do) {
    case "chown": return hands.chown(act, act.to);
    case "chmod": return hands.chmod(act, act.mode);
    case "acl": return setAcl(hands, act, act.entries);
    case "default-acl": return setDefaultAcl(hands, act.targets, act.entries);
    case "time": return setTime(hands, act, BigInt(act.mtime));
    case "make-dir": return hands.makeDirectory(act.path, act.mode, act.owner);
    case "rename": return hands.rename(act, act.to);
    case "replace": return hands.replace(act, act.over);
    case "unlink": return hands.unlink(act);
    case "remove-dir": return hands.removeDirectory(act);
    case "remove-tree": return hands.removeTree(act);
    case "prune-dir": return pruneDirectory(hands, act);
    case "discard": return discard(hands, act.path, onProgress);
    case "edit-file": return replaceFile(hands, act, checkpoint);
    case "create-file": return createFile(hands, act, checkpoint);
    case "run": return runProgram(act.argv, act.env);
  }
}

/** Does the acts in order. A failure is told, not thrown: it may come out of another process. What is our bug is thrown. */
export function performActs(acts: readonly Act[], { hands, keepGoing = false, checkpoint = () => undefined, onProgress }: PerformOptions): ActFailure[] {
  const failures: ActFailure[] = [];
  for (const [number, act] of acts.entries()) {
    try {
      perform(act, hands, { checkpoint, onProgress });
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      failures.push({ act: number, code: error.code, why: error.message });
      if (!keepGoing) break;
    }
    checkpoint(`act ${act.do}`);
    onProgress?.({ done: number + 1, all: acts.length });
  }
  return failures;
}

/** What a list of acts puts aside. */
export function asidesOf(acts: readonly Act[]): Aside[] {
  return acts.flatMap((act) => (act.do === "rename" && act.why === "aside" ? [{ path: act.path, to: act.to }] : []));
}
