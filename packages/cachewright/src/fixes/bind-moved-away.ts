/** Entries that leave a cache together: to where undo finds them again, or to be deleted. */
import * as path from "node:path";
import { AppError } from "../machine/app-error.ts";
import type { Binding } from "./binding.ts";
import { parentEntry } from "./bind-names.ts";
import { directoriesBetween, savedEmptied, type Emptied, type MovesAway } from "./moved-away.ts";
import { isInside } from "./step-path.ts";
import type { BoundEntry, BoundStep, Guard, Refusal } from "./step.ts";

/** The entries first, relative to the cache; then, absolute, the directory in which `to` is made. What is gone already is no matter. */
export function bindMovedAway(asked: MovesAway, { view, resolve, uid }: Binding): BoundStep {
  const within = resolve(asked.within);
  const to = resolve(asked.to);
  const top = view.look(within);
  if (typeof top === "string") throw new AppError("E_CHANGED", `${asked.within} is gone`);
  if (view.look(to) !== "absent") throw new AppError("E_REFUSED", `${to} already exists`);
  if (asked.kind === "set-aside" && isInside(to, within)) throw new AppError("E_REFUSED", `${to} is inside of the cache: what is set aside there, the tool would trip over or delete`);
  const beside = parentEntry(view, to);
  const apart = beside.find(({ guard }) => guard.mount !== top.guard.mount);
  if (apart !== undefined) throw new AppError("E_REFUSED", `${apart.rel} is on another mount than ${within}`);
  const entries: BoundEntry[] = [];
  const refused: Refusal[] = [];
  for (const asPath of new Set(asked.paths)) {
    const file = resolve(asPath);
    if (file === within || !isInside(file, within) || isInside(to, file)) {
      refused.push({ path: file, why: `is not inside of ${within}` });
      continue;
    }
    const seen = view.look(file);
    if (seen === "absent") continue;
    const why = seen === "made" ? "is made by this plan" : whyNot(seen.guard, top.guard, uid);
    if (why !== undefined || seen === "made") refused.push({ path: file, why: why ?? "" });
    else entries.push({ rel: path.relative(within, file), guard: seen.guard, ...(seen.born !== undefined && { born: seen.born }) });
  }
  const emptied = asked.tidy === undefined ? [] : mayGoEmpty(asked.tidy.but, { entries, top: top.guard, look: (rel) => view.look(path.join(within, rel)), uid });
  const isSetAside = asked.kind === "set-aside";
  return {
    step: { ...asked, within, to, paths: [] }, entries: [...entries, ...beside], refused, undoable: isSetAside,
    frees: asked.kind === "remove-trees" && entries.length > 0 ? asked.frees : 0,
    ...(emptied.length > 0 && { saved: savedEmptied(emptied) }),
  };
}

interface Between {
  readonly entries: readonly BoundEntry[];
  readonly top: Guard;
  readonly look: (rel: string) => ReturnType<Binding["view"]["look"]>;
  readonly uid: number;
}

/**
 * Only what the tool makes again as it was: one's own, of the cache's group, without special bits. A directory that others
 * may write was made so on purpose, and the tool would make it anew by whoever's umask.
 */
function mayGoEmpty(but: readonly string[], { entries, top, look, uid }: Between): Emptied[] {
  return directoriesBetween(entries.map(({ rel }) => rel)).flatMap((rel): Emptied[] => {
    const seen = look(rel);
    if (but.includes(rel) || typeof seen === "string") return [];
    const { type, mode, gid } = seen.guard;
    return type === "dir" && gid === top.gid && (mode & 0o7022) === 0 && whyNot(seen.guard, top, uid) === undefined ? [{ rel, mode }] : [];
  });
}

/** What is another account's is for that account to remove; what is mounted would not move. */
function whyNot(guard: Guard, top: Guard, uid: number): string | undefined {
  if (guard.mount !== top.mount) return "is on another mount";
  return guard.uid === uid ? undefined : `belongs to uid ${guard.uid}`;
}
