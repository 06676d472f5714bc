import { basename } from "node:path";
import type { Answer, Machine, Stat } from "./machine.ts";
import { childOf, isUsual, parentOf } from "./path-steps.ts";

/**
 * realpath(3) for one look at a machine. The kernel is asked once for each directory on the way and not for all of them
 * again with each path, and what is not there costs no exception. Other systems than Linux have their own idea of a
 * name's letters, and are asked themselves.
 */
export function steppingRealpath(machine: Machine, lstat: (path: string) => Answer<Pick<Stat, "type">> = machine.lstat): Machine["realpath"] {
  if (machine.platform !== "linux") return machine.realpath;
  const known = new Map<string, Answer<string>>([["/", { ok: true, value: "/" }]]);
  const step = (path: string): Answer<string> => {
    const above = realpath(parentOf(path));
    if (!above.ok) return above;
    const stat = lstat(path);
    if (!stat.ok) return { ok: false, errno: stat.errno };
    return stat.value.type === "link" ? machine.realpath(path) : { ok: true, value: childOf(above.value, basename(path)) };
  };
  const realpath = (path: string): Answer<string> => {
    const before = known.get(path);
    if (before !== undefined) return before;
    const answer = isUsual(path) ? step(path) : machine.realpath(path);
    known.set(path, answer);
    return answer;
  };
  return realpath;
}
