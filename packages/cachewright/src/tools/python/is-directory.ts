import type { Looker } from "../../machine/machine.ts";

/** A directory itself; a link to one leads elsewhere. */
export function isDirectory(looker: Looker, path: string): boolean {
  const seen = looker.lstat(path);
  return seen.ok && seen.value.type === "dir";
}

/** Names in a directory that is no link; none where it cannot be listed. */
export function namesOf(looker: Looker, path: string): readonly string[] {
  const listed = isDirectory(looker, path) ? looker.list(path) : undefined;
  return listed?.ok === true ? listed.value.map(({ name }) => name) : [];
}
