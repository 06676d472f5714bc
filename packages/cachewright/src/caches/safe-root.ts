import { dirname } from "node:path";
import { AppError } from "../machine/app-error.ts";
import type { Machine } from "../machine/machine.ts";
import type { CachePlace } from "./place.ts";

/**
 * What no cache can be, whatever marks are on it, and what is not this account's to change. Everything else is a cache
 * only by the tool's own marks (`CachePlace.state`).
 */
export function refuseUnsafeRoot(machine: Machine, { tool, root, path, state, uid }: CachePlace): void {
  const refuse = (why: string, hint?: string): never => {
    throw new AppError("E_REFUSED", `${path === root ? root : `${path} (${root})`} ${why}`, hint === undefined ? {} : { hint });
  };
  if (state === "not-a-directory") refuse("is no directory");
  if (state === "unreadable") refuse("cannot be read, so nothing in it is known");
  if (state === "unrecognised") refuse(`does not look like a cache of ${tool}: none of its marks is there`, `cachewright config show ${tool} says which setting names it`);
  const account = machine.account();
  const homes = [machine.env["HOME"], account.ok ? account.value.home : undefined].flatMap((home) => (home === undefined ? [] : [home, realOr(machine, home)]));
  if (root === "/" || homes.some((home) => home === root || home.startsWith(`${root}/`))) refuse("is no place for a cache: more than the cache is in it");
  if (machine.lstat(`${root}/.git`).ok && machine.lstat(`${root}/.git/HEAD`).ok) refuse("is a git repository");
  const { euid } = machine.identity;
  if (euid > 0 && uid !== euid && machine.access(root, "write") !== "ok") refuse(`belongs to uid ${uid}, and you may not write there`, "its owner, or root, can do it");
  if (euid === 0) refuseOthers(machine, root);
}

function realOr(machine: Machine, path: string): string {
  const real = machine.realpath(path);
  return real.ok ? real.value : path;
}

/** Root changes nothing where somebody else could put other things in the way: that person can do it themselves. */
export function refuseOthers(machine: Machine, root: string): void {
  for (let at = root; ; at = dirname(at)) {
    const stat = machine.lstat(at);
    const isOpen = stat.ok && (stat.value.mode & 0o022) !== 0 && (stat.value.mode & 0o1000) === 0;
    if (stat.ok && (stat.value.uid !== 0 || isOpen)) {
      throw new AppError("E_REFUSED", `${root} is not root's alone: ${at} belongs to uid ${stat.value.uid}${isOpen ? " and others may write in it" : ""}`, stat.value.uid === 0 ? {} : { hint: "run it as that user: sudo -u NAME …" });
    }
    if (at === dirname(at)) return;
  }
}
