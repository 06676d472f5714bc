import * as path from "node:path";
import { AppError } from "../machine/app-error.ts";
import type { Hands } from "../machine/hands.ts";
import { readAcl } from "./bind-acl.ts";
import type { Binding } from "./binding.ts";
import type { Guard } from "./step.ts";

/** /etc/passwd and /etc/group of a large site. */
const largestAccounts = 8 << 20;

function fieldsOf(file: string, hands: Hands): string[][] {
  return hands.read(file, largestAccounts).toString("utf8").split("\n").map((line) => line.split(":"));
}

/**
 * Whether a group's write bit lets nobody in but `uids`: a group of one's own (Debian, Fedora), or an empty one. A group
 * that the system's own files do not know may have anybody in it.
 */
function isGroupOf(gid: number, uids: ReadonlySet<number>, hands: Hands): boolean {
  const lines = fieldsOf("/etc/group", hands).filter(([, , number]) => number === String(gid));
  const accounts = fieldsOf("/etc/passwd", hands);
  const members = lines.flatMap(([, , , names = ""]) => names.split(",").map((name) => name.trim()).filter((name) => name !== ""));
  const uidsOf = (name: string): number[] => accounts.filter(([own]) => own === name).map(([, , uid]) => Number(uid));
  const primary = accounts.filter(([, , , group]) => group === String(gid)).map(([, , uid]) => Number(uid));
  const known = members.every((name) => uidsOf(name).length > 0);
  return lines.length > 0 && known && [...primary, ...members.flatMap(uidsOf)].every((uid) => uids.has(uid));
}

/** With an access control list the group's bits are a mask: whom they let in stands in the list. */
function letsGroupWrite(directory: string, guard: Guard, { uids, hands }: { uids: ReadonlySet<number>; hands: Hands }): boolean {
  try {
    if (!isGroupOf(guard.gid, uids, hands)) return true;
    return /(?:^|,)(?:user|group):[^:,]+:/.test(readAcl(hands, { path: directory, guard }));
  } catch (error) {
    if (error instanceof AppError) return true;
    throw error;
  }
}

/**
 * Whether a directory, and every directory above it, can be changed by root and `uids` alone. A sticky directory counts
 * as open: others cannot rename what is in it, but they can put their own beside it.
 */
export function isOnlyTheirs(directory: string, uids: readonly number[], { view, hands }: Pick<Binding, "view" | "hands">): boolean {
  const trusted = new Set([0, ...uids]);
  for (let at = directory; ; at = path.dirname(at)) {
    const seen = view.look(at);
    if (typeof seen === "string" || seen.guard.type !== "dir") return false;
    const { guard } = seen;
    if (!trusted.has(guard.uid) || (guard.mode & 0o002) !== 0) return false;
    if ((guard.mode & 0o020) !== 0 && letsGroupWrite(at, guard, { uids: trusted, hands })) return false;
    if (at === path.dirname(at)) return true;
  }
}
