import type { Target } from "../machine/hands.ts";
import { defaultAclActs, readDefaultAcls } from "./default-acl.ts";
import type { Inverse, InverseContext } from "./inverse.ts";
import { isSameObject, knownOf } from "./same-object.ts";
import { entryPath } from "./step-path.ts";
import type { BoundStep, Refusal } from "./step.ts";

/** Directory by directory, as the disk has it: the list that the step left is replaced by the one before. */
export function inverseOfDefaultAcl(bound: BoundStep, { hands, sameBoot }: InverseContext): Inverse {
  const left: Refusal[] = [];
  const there = bound.entries.flatMap((entry) => {
    const path = entryPath(bound.step, entry);
    const look = hands.look(path);
    const why = look === undefined ? "is gone" : isSameObject(look, knownOf(entry), sameBoot) ? undefined : "is another object by now";
    if (why !== undefined) left.push({ path, why });
    const target: Target | undefined = look === undefined ? undefined : { path, guard: look.guard };
    return why !== undefined || target === undefined || entry.acl === undefined ? [] : [{ target, acl: entry.acl }];
  });
  const lists = readDefaultAcls(hands, there.map(({ target }) => target));
  const wanted = there.flatMap(({ target, acl }, at) => {
    if (lists[at] === acl.after) return [{ target, entries: acl.before }];
    if (lists[at] !== acl.before) left.push({ path: target.path, why: "has another default list by now" });
    return [];
  });
  return { acts: defaultAclActs(wanted), left };
}
