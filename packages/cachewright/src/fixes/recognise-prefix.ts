/**
 * What root gives back in a Python prefix of the user's own: the directories of programs and data that `sudo pip` left
 * there. The rules are those of a project (`recognise-project.ts`): only the user and root can have put anything on the
 * way, only what root left is given, nothing that is closed to the user as it stands, and no mount.
 */
import * as path from "node:path";
import type { Binding } from "./binding.ts";
import { isOnlyTheirs } from "./only-theirs.ts";
import { namesIn } from "./names-in.ts";
import { isOpen } from "./recognise-project.ts";
import { joinRel } from "./step-path.ts";

export function isPythonPrefix(directory: string, binding: Binding): boolean {
  return namesIn(directory, binding).includes("bin") && namesIn(joinRel(directory, "lib"), binding).some((name) => /^python\d/.test(name));
}

/** Where pip puts programs, and data that is not a package's own: `share` belongs to other programs as well. */
const wholes = /^(?:bin|share\/man(?:\/man1)?)$/;

export function isInOwnPrefix(file: string, whole: boolean, binding: Binding): boolean {
  const { account, view } = binding;
  const seen = view.look(file);
  if (account === undefined || typeof seen === "string" || seen.guard.type !== "dir" || seen.guard.uid !== 0 || !isOpen(seen.guard)) return false;
  for (let at = path.dirname(file); ; at = path.dirname(at)) {
    const rel = path.relative(at, file);
    if (wholes.test(rel) || (!whole && rel === "share")) {
      const prefix = view.look(at);
      if (typeof prefix === "object" && prefix.guard.uid === account.uid && prefix.guard.mount === seen.guard.mount && isPythonPrefix(at, binding)) return isOnlyTheirs(path.dirname(file), [account.uid], binding);
    }
    if (at === path.dirname(at)) return false;
  }
}
