import { readFileSync } from "node:fs";
import { mountPath } from "./mount-text.ts";

/**
 * Mount points below these directories, from /proc/self/mountinfo: a bind mount shows the device of its source and is
 * told apart by nothing else. Empty where there is no /proc; there devices have to do.
 */
export function mountsBelow(roots: readonly string[]): Set<string> {
  let text: string;
  try {
    text = readFileSync("/proc/self/mountinfo", "latin1");
  } catch {
    return new Set();
  }
  const points = text.split("\n").flatMap((line) => {
    const field = line.split(" ", 5)[4];
    return field === undefined ? [] : [mountPath(field)];
  });
  return new Set(points.filter((point) => roots.some((root) => point.startsWith(root.endsWith("/") ? root : `${root}/`))));
}
