import * as path from "node:path";
import type { WalkedEntry } from "../machine/hands.ts";
import { isPipCachePlace } from "../tools/pip/cache.ts";
import { asBound } from "./as-bound.ts";
import type { Binding } from "./binding.ts";
import { isSharedCache, notTheirs } from "./recognise.ts";
import { isBeingBuilt } from "./stray-in-tools.ts";
import type { Guard, Step } from "./step.ts";

/** May somebody other than its owner have put the entry here? */
function mayBeMovedIn(guard: Guard, parent: Guard | undefined): boolean {
  return parent !== undefined && (parent.uid !== guard.uid || (parent.mode & 0o022) !== 0);
}

/**
 * Why root does not open an entry of a shared cache to its group. The members chose where the cache is said to be and may
 * move what is there: so only what lies where pip keeps things is opened, no directory with anything else in it, and
 * no file closed to the group that a member may have moved in.
 */
export function strayInShare(step: Pick<Step, "actor"> & { readonly root: string; readonly gid?: number }, entries: readonly WalkedEntry[], binding: Binding): (entry: WalkedEntry) => string | undefined {
  if (binding.account === undefined || step.actor !== "root") return () => undefined;
  // The top is the one that was bound: whoever owns the directory above can show root another one at each look.
  if (!isSharedCache(step.root, { binding: asBound(binding, step.root, entries), account: binding.account, ...(step.gid !== undefined && { gid: step.gid }) })) throw notTheirs(step.root);
  const guards = new Map(entries.map(({ rel, guard }) => [rel, guard]));
  const top = guards.get("");
  const parentOf = (rel: string): string => (rel.includes("/") ? path.dirname(rel) : "");
  const strays = new Set(entries.map(({ rel }) => rel).filter((rel) => !isPipCachePlace(rel) || isBeingBuilt(rel)));
  const mixed = new Set([...strays].map(parentOf).filter((rel) => rel !== ""));
  return ({ rel, guard }) => {
    if (strays.has(rel)) return "is not where pip keeps anything";
    if (mixed.has(rel)) return "holds something that is not pip's";
    // Open to a group is open to this one only when it is this one.
    const isClosed = guard.type === "file" && (guard.mode & 0o004) === 0 && ((guard.mode & 0o040) === 0 || guard.gid !== top?.gid);
    return isClosed && mayBeMovedIn(guard, guards.get(parentOf(rel))) ? "is closed to the group, and a member may have moved it here" : undefined;
  };
}
