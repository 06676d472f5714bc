import { membersOf, type PasswdEntry } from "./accounts.ts";
import type { PathFact, SharedFact, UserFact } from "./facts.ts";
import { look, lookWithAccess, type Looks } from "./looks.ts";

const listed = 50;

/** Watches the scans of caches that a group may write; costs nothing more than comparing what is looked at anyway. */
export interface SharingWatch {
  watchFor(cache: string): { watch?: (seen: PathFact) => void };
  facts(passwd: readonly PasswdEntry[]): SharedFact[];
}

/**
 * Will another member of the group be able to work there? New entries take their group from a directory's setgid bit;
 * without it from whoever makes them, which is the same where the group is everybody's first.
 */
function isClosed(seen: PathFact, gid: number, user: UserFact): boolean {
  const mode = seen.mode ?? 0;
  if (seen.type === "link") return false;
  if (seen.type !== "dir") return seen.gid !== gid || (mode & 0o060) !== 0o060;
  return seen.gid !== gid || (mode & 0o070) !== 0o070 || ((mode & 0o2000) === 0 && gid !== user.gid);
}

export function watchSharing(looks: Looks, user: UserFact): SharingWatch {
  const found: Omit<SharedFact, "members" | "setfacl">[] = [];
  return {
    watchFor: (cache) => {
      const top = look(looks, cache);
      if (user.euid === 0 || top.type !== "dir" || top.gid === undefined || ((top.mode ?? 0) & 0o020) === 0) return {};
      const { gid } = top;
      // The group of one's own that many systems give every account: nobody else is meant.
      if (top.uid === user.euid && gid === user.gid && ((top.mode ?? 0) & 0o2000) === 0) return {};
      const fact = { cache, gid, owners: [] as number[], closed: [] as string[], closedCount: 0 };
      found.push(fact);
      return {
        watch: (seen) => {
          const { uid } = seen;
          if (uid !== undefined && uid !== 0 && uid !== user.euid && !fact.owners.includes(uid) && fact.owners.length < listed) fact.owners.push(uid);
          if (!isClosed(seen, gid, user)) return;
          fact.closedCount += 1;
          if (fact.closed.length >= listed) return;
          fact.closed.push(seen.path);
          lookWithAccess(looks, seen.path);
        },
      };
    },
    facts: (passwd) => found.map((fact) => ({
      ...fact, members: membersOf(looks.machine, fact.gid, passwd).length,
      setfacl: fact.closedCount > 0 && ["/usr/bin/setfacl", "/bin/setfacl"].some((path) => look(looks, path).state === "present"),
    })),
  };
}
