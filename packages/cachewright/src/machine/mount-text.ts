import { pathFromBytes } from "./path-bytes.ts";

/** A path of a mount table, read as latin1: blank, tab, newline and backslash stand as three octal digits (proc_pid_mountinfo(5)). */
export function mountPath(field: string): string {
  const bytes = field.replace(/\\([0-7]{3})/g, (_, octal: string) => String.fromCharCode(Number.parseInt(octal, 8)));
  return pathFromBytes(Buffer.from(bytes, "latin1"));
}
