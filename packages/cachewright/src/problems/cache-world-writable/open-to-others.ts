import { dirname } from "node:path";
import type { Facts, PathFact } from "../../facts/facts.ts";
import { pathFact, selfActor } from "../look-up.ts";
import type { Remedy } from "../problem.ts";

export function openToOthers(path: PathFact): boolean {
  return path.state === "present" && path.type === "dir" && ((path.mode ?? 0) & 0o002) !== 0 && ((path.mode ?? 0) & 0o1000) === 0;
}

/** Directories from the root of the file system down to (not including) the path. */
export function above(facts: Facts, path: string): PathFact[] {
  const parents: PathFact[] = [];
  for (let at = dirname(path); ; at = dirname(at)) {
    parents.unshift(pathFact(facts, at));
    if (at === dirname(at)) return parents;
  }
}

/** Can any account reach the path at all? A closed directory above it keeps them out. */
export function isReachable(facts: Facts, path: string): boolean {
  return above(facts, path).every((parent) => ((parent.mode ?? 0) & 0o001) !== 0);
}

/**
 * Only from what is the user's own: with the bits gone a foreign directory would be closed to the user too, and a
 * shared one to everybody who needs it.
 */
export function takeBits(facts: Facts, id: string, path: PathFact, { select, only }: { readonly select: "top" | "tree"; readonly only?: readonly string[] }): Remedy[] {
  if (path.uid !== facts.user.euid || path.path === "/") return [];
  return [{
    id, needs: "user", params: { path: path.path },
    steps: [{
      kind: "chmod", why: "only its owner and group keep the right to write", actor: selfActor(facts), root: path.path, within: path.path, select,
      ...(only !== undefined && { only: [...only] }),
      dirs: { add: 0, remove: 0o002 }, files: { add: 0, remove: 0o002 },
    }],
  }];
}
