import type { Looker } from "../../machine/machine.ts";

/** Whether a directory holds such a name, or is closed, so that nobody can tell. */
export function holdsOneOf(looker: Looker, path: string, name: RegExp | undefined): boolean {
  if (name === undefined) return false;
  const listed = looker.list(path);
  return listed.ok ? listed.value.some((entry) => name.test(entry.name)) : listed.errno === "EACCES";
}
