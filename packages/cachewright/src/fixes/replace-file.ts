import { AppError } from "../machine/app-error.ts";
import { errnoOf } from "../machine/pinned-failure.ts";
import type { Hands, Owner, Target } from "../machine/hands.ts";

/** A file gets new bytes in a new inode; the old inode, with its time, ACL and attributes, stays under `aside`. */
export interface FileReplacement extends Target {
  readonly temp: string;
  readonly aside: string;
  /** base64 */
  readonly content: string;
  readonly mode: number;
  readonly owner: Owner;
}

/** What link(2) answers where a second name is not to be had (FAT, many FUSE file systems, protected_hardlinks). */
const noLinks = new Set(["EPERM", "EMLINK", "ENOTSUP", "EOPNOTSUPP", "ENOSYS"]);

function guardOf(hands: Hands, path: string): Target {
  const look = hands.look(path);
  if (look === undefined) throw new AppError("E_CHANGED", `${path} is gone`);
  return { path, guard: look.guard };
}

/** False where links are not to be had. */
function linkAside(hands: Hands, old: Target, aside: string): boolean {
  try {
    hands.link(old, aside);
    return true;
  } catch (error) {
    if (hands.look(aside) === undefined && (noLinks.has(errnoOf(error) ?? "") || (error instanceof AppError && error.code === "E_STEP"))) return false;
    throw error;
  }
}

/**
 * Link the old file aside, then rename the new one over it: at no moment is there no file. Where links are refused,
 * two renames; a kill between them is what the aside's name is for.
 */
export function replaceFile(hands: Hands, { temp, aside, content, mode, owner, ...old }: FileReplacement, checkpoint: (name: string) => void): void {
  const same = owner.uid === -1 ? {} : { owner };
  hands.create(temp, Buffer.from(content, "base64"), { mode, ...same });
  checkpoint("file written");
  const fresh = guardOf(hands, temp);
  if (linkAside(hands, old, aside)) {
    checkpoint("old file linked aside");
    hands.replace(fresh, { ...old, ignore: ["nlink"] });
    return;
  }
  hands.rename(old, aside);
  checkpoint("old file renamed aside");
  hands.rename(fresh, old.path);
}
