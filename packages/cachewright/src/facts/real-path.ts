import { join, resolve } from "node:path";
import type { Machine } from "../machine/machine.ts";
import { parentOf } from "../machine/path-steps.ts";

/**
 * The path with every link resolved, as Python's `os.path.realpath` does: what does not exist is kept as
 * written, and a dangling link is followed to its missing target.
 */
export function realPathOf(machine: Machine, path: string, hops = 40): string {
  const whole = machine.realpath(path);
  if (whole.ok || hops === 0) return whole.ok ? whole.value : path;
  const stat = machine.lstat(path);
  const target = stat.ok && stat.value.type === "link" ? machine.readlink(path) : undefined;
  const parent = parentOf(path);
  // The link's own directory first: ".." in its target counts from where that really is.
  if (target?.ok === true) return realPathOf(machine, resolve(realPathOf(machine, parent, hops - 1), target.value), hops - 1);
  if (parent === path) return path;
  return join(realPathOf(machine, parent, hops - 1), path.slice(parent === "/" ? 1 : parent.length + 1));
}
