/** One step up or down a path. `node:path` goes through it letter by letter, and a diagnosis takes some thousand of them. */
import { dirname, join, sep } from "node:path";

/** Doubled and last slashes, "." and ".." are for `node:path` to think about. */
const unusual = /\/\.{0,2}(?:\/|$)/;

/** Absolute, and each name in it stands for one step down. */
export function isUsual(path: string): boolean {
  return sep === "/" && path.startsWith("/") && !unusual.test(path);
}

/** `dirname`. */
export function parentOf(path: string): string {
  if (!isUsual(path)) return dirname(path);
  const at = path.lastIndexOf("/");
  return at === 0 ? "/" : path.slice(0, at);
}

/** `join` of any directory and a name, or names with single slashes between them. */
export function childOf(directory: string, name: string): string {
  return isUsual(directory) ? `${directory}/${name}` : join(directory, name);
}

/** `join`; in the built command it takes its place (scripts/build.mjs). */
export function joined(...parts: readonly string[]): string {
  const path = parts.join("/");
  // An empty part is no step; as the first it would seem to be the root.
  return parts[0] !== "" && isUsual(path) ? path : join(...parts);
}
