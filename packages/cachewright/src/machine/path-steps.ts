/** One step up or down a path. `node:path` goes through it letter by letter, and a diagnosis takes some thousand of them. */
import { dirname, join, sep } from "node:path";

/** `dirname`. */
export function parentOf(path: string): string {
  const at = path.lastIndexOf("/");
  if (!path.startsWith("/") || at === path.length - 1 || path.includes("//") || sep !== "/") return dirname(path);
  return at === 0 ? "/" : path.slice(0, at);
}

/** `join` of a directory as the kernel names it and a name that it listed. */
export function childOf(directory: string, name: string): string {
  return sep !== "/" || directory.endsWith("/") ? join(directory, name) : `${directory}/${name}`;
}
