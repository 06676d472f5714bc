/**
 * Names in held directories: mkdir, rename, link, unlink, rmdir. The kernel takes these by name only, so each looks at
 * the object before and after and says E_CHANGED when it was another one. What can happen in between happens inside a
 * directory that somebody else may write: they lose an entry of their own, nothing outside is reached.
 */
import { linkSync, mkdirSync, renameSync, rmdirSync, unlinkSync } from "node:fs";
import type { Guard } from "./guard.ts";
import { AppError } from "./app-error.ts";
import { mountIdOf } from "./mount-id.ts";
import { closePinned, openPinnedAt, openPinnedIfAny, pathIn, placePath, type Pinned, type Place } from "./pinned.ts";
import { chmodPinned } from "./pinned-attributes.ts";
import { errnoOf, pinnedFailure } from "./pinned-failure.ts";
import { checkGuard, guardOf } from "./pinned-guard.ts";
import { namesInPinned } from "./pinned-read.ts";

/** Where hard links are not to be had: FAT and many FUSE file systems, protected_hardlinks, too many links already. */
const noLinks = new Set(["EPERM", "EMLINK", "ENOTSUP", "EOPNOTSUPP", "ENOSYS"]);

function pathOf({ parent, name }: Place): string {
  return pathIn(parent, name);
}

function attempt(place: Place, doing: string, act: () => void): void {
  try {
    act();
  } catch (cause) {
    throw pinnedFailure(pathOf(place), doing, cause);
  }
}

function same(one: Guard, other: Guard): boolean {
  return one.dev === other.dev && one.ino === other.ino;
}

/** What is at a place; undefined where nothing is. */
function guardAt(place: Place): Guard | undefined {
  const found = openPinnedIfAny(place.parent, place.name);
  if (found === undefined) return undefined;
  try {
    return guardOf(found);
  } finally {
    closePinned(found);
  }
}

function holds(place: Place, guard: Guard): boolean {
  const found = guardAt(place);
  return found !== undefined && same(found, guard);
}

function swapped(place: Place): AppError {
  return new AppError("E_CHANGED", `${pathOf(place)} was replaced by something else while it was being moved`);
}

function withGuarded<T>(place: Place, guard: Guard | undefined, act: (now: Guard, pinned: Pinned) => T): T {
  const pinned = openPinnedAt(place.parent, place.name);
  try {
    if (guard !== undefined) checkGuard(pinned, guard);
    return act(guardOf(pinned), pinned);
  } finally {
    closePinned(pinned);
  }
}

function refuseTaken(to: Place): void {
  if (guardAt(to) !== undefined) throw new AppError("E_REFUSED", `${pathOf(to)} already exists`);
}

function refuseOtherMount(from: Place, to: Place): void {
  if (mountIdOf(from.parent.fd) !== mountIdOf(to.parent.fd)) throw new AppError("E_REFUSED", `${pathOf(to)} is on another mount than ${pathOf(from)}`);
}

/** Removes the name of an object that is known to have another one. */
function unlinkOther(place: Place, guard: Guard): void {
  if (!holds(place, guard)) throw swapped(place);
  attempt(place, "remove", () => unlinkSync(placePath(place.parent, place.name)));
}

/** Gives the object at `from` a second name; the kernel refuses a taken one. False where links are not to be had. */
function linkNamed(from: Place, to: Place, guard: Guard): boolean {
  try {
    linkSync(placePath(from.parent, from.name), placePath(to.parent, to.name));
  } catch (cause) {
    if (noLinks.has(errnoOf(cause) ?? "")) return false;
    throw pinnedFailure(pathOf(to), "make a link at", cause);
  }
  if (holds(to, guard)) return true;
  const other = guardAt(from);
  if (other !== undefined && holds(to, other)) unlinkOther(to, other);
  throw swapped(from);
}

function renameNamed(from: Place, to: Place, guard: Guard): void {
  refuseTaken(to);
  attempt(from, "rename", () => renameSync(placePath(from.parent, from.name), placePath(to.parent, to.name)));
  if (holds(to, guard)) return;
  if (guardAt(from) === undefined) renameSync(placePath(to.parent, to.name), placePath(from.parent, from.name));
  throw swapped(from);
}

/**
 * Renames without replacing. Anything but a directory gets its new name by link(2), which never replaces, and then
 * loses the old one; a kill between the two leaves both names, and the same call again finishes. A directory, and a
 * file where links are not to be had, is renamed after a look at the target: what is made there in the few
 * microseconds between is replaced if it is a file, or an empty directory by a directory.
 */
export function renameAt(from: Place, to: Place, guard?: Guard): void {
  refuseOtherMount(from, to);
  if (finishRename(from, to)) return;
  withGuarded(from, guard, (now) => {
    refuseTaken(to);
    if (now.type !== "dir" && linkNamed(from, to, now)) unlinkOther(from, now);
    else renameNamed(from, to, now);
  });
}

/** True when a killed rename had left both names and the old one is gone now. */
function finishRename(from: Place, to: Place): boolean {
  const now = guardAt(from);
  if (now === undefined || now.type === "dir" || now.nlink < 2 || samePlace(from, to) || !holds(to, now)) return false;
  unlinkOther(from, now);
  return true;
}

function samePlace(one: Place, other: Place): boolean {
  return one.name === other.name && same(guardOf(one.parent), guardOf(other.parent));
}

/** Puts the object at `from` in the place of the one at `to`, at once; both must be as their guards say. */
export function replaceAt(from: Place, to: Place, guards: { from: Guard; to: Guard }): void {
  refuseOtherMount(from, to);
  withGuarded(to, guards.to, () =>
    withGuarded(from, guards.from, (now) => {
      attempt(to, "replace", () => renameSync(placePath(from.parent, from.name), placePath(to.parent, to.name)));
      if (!holds(to, now)) throw swapped(from);
    }),
  );
}

/** Gives the object at `from` a second name at `to`, which must be free. */
export function linkAt(from: Place, to: Place, guard?: Guard): void {
  withGuarded(from, guard, (now) => {
    if (!linkNamed(from, to, now)) throw new AppError("E_STEP", `${pathOf(from)} cannot have a second name here: its file system or the system's settings forbid hard links`);
  });
}

/** Removes the name of anything but a directory. */
export function unlinkAt(parent: Pinned, name: string, guard: Guard): void {
  const place = { parent, name };
  withGuarded(place, guard, (now) => {
    if (now.type === "dir") throw new AppError("E_REFUSED", `${pathOf(place)} is a directory`);
    attempt(place, "remove", () => unlinkSync(placePath(parent, name)));
    if (holds(place, now)) throw swapped(place);
  });
}

/** Removes an empty directory. */
export function rmdirAt(parent: Pinned, name: string, guard?: Guard): void {
  const place = { parent, name };
  withGuarded(place, guard, (now) => {
    if (now.type !== "dir") throw new AppError("E_REFUSED", `${pathOf(place)} is not a directory`);
    attempt(place, "remove", () => rmdirSync(placePath(parent, name)));
    if (holds(place, now)) throw swapped(place);
  });
}

/**
 * Makes a directory of exactly this mode, whatever the umask, and answers with it, held: the caller closes it. It is
 * private until the mode is set; one that is not ours, not empty or not on the parent's mount was put there by somebody else.
 */
export function mkdirAt(parent: Pinned, name: string, mode: number): Pinned {
  const place = { parent, name };
  attempt(place, "make the directory", () => mkdirSync(placePath(parent, name), { mode: 0o700 }));
  const made = openPinnedAt(parent, name);
  try {
    const now = guardOf(made);
    const ours = now.type === "dir" && now.uid === process.geteuid?.() && now.mount === mountIdOf(parent.fd);
    if (!ours || namesInPinned(made).length > 0) throw swapped(place);
    chmodPinned(made, mode);
    return made;
  } catch (error) {
    closePinned(made);
    throw error;
  }
}
