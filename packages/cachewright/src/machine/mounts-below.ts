import { readFileSync } from "node:fs";
import { pathFromBytes } from "./path-bytes.ts";

/** proc(5): space, tab, line end and backslash stand as three octal digits. */
function unescape(field: string): string {
  const latin1 = field.replace(/\\([0-7]{3})/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 8)));
  return pathFromBytes(Buffer.from(latin1, "latin1"));
}

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
    return field === undefined ? [] : [unescape(field)];
  });
  return new Set(points.filter((point) => roots.some((root) => point.startsWith(root.endsWith("/") ? root : `${root}/`))));
}
