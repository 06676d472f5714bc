import type { Machine } from "../machine/machine.ts";
import type { Facts, PathFact } from "./facts.ts";

export interface PasswdEntry { readonly name: string; readonly uid: number; readonly gid: number; readonly home: string; readonly shell: string }

/** /etc/passwd as written. Accounts of a directory service are not in it: absence here proves nothing by itself. */
export function readPasswd(machine: Machine): PasswdEntry[] {
  const answer = machine.readFile("/etc/passwd", 8 << 20);
  if (!answer.ok) return [];
  return answer.value.toString("utf8").split("\n").flatMap((line) => {
    const [name, , uid, gid, , home, shell] = line.split(":");
    // "+::::::" calls a directory service in; it is no account, least of all uid 0.
    return name === undefined || uid === undefined || !/^\d+$/.test(uid) || home === undefined
      ? []
      : [{ name, uid: Number(uid), gid: Number(gid), home, shell: shell ?? "" }];
  });
}

function readGroups(machine: Machine): Map<number, string> {
  const answer = machine.readFile("/etc/group", 8 << 20);
  const names = new Map<number, string>();
  if (!answer.ok) return names;
  for (const line of answer.value.toString("utf8").split("\n")) {
    const [name, , gid] = line.split(":");
    if (name !== undefined && gid !== undefined && /^\d+$/.test(gid) && !names.has(Number(gid))) names.set(Number(gid), name);
  }
  return names;
}

/** The accounts that the system's own files put into a group, their first group or another. A directory service may know more. */
export function membersOf(machine: Machine, gid: number, passwd: readonly PasswdEntry[]): PasswdEntry[] {
  const answer = machine.readFile("/etc/group", 8 << 20);
  const lines = answer.ok ? answer.value.toString("utf8").split("\n").map((line) => line.split(":")) : [];
  const named = new Set(lines.filter(([, , id]) => id === String(gid)).flatMap(([, , , members = ""]) => members.split(",")));
  return passwd.filter((entry) => entry.gid === gid || named.has(entry.name));
}

/** Names for the uids and gids that occur in the facts, and no others: who else has an account is not our business. */
export function accountsOf(machine: Machine, passwd: readonly PasswdEntry[], seen: Iterable<PathFact>): Facts["accounts"] {
  const uids = new Set<number>([machine.identity.uid, machine.identity.euid]);
  const gids = new Set<number>(machine.identity.groups);
  for (const path of seen) {
    if (path.uid !== undefined) uids.add(path.uid);
    if (path.gid !== undefined) gids.add(path.gid);
  }
  const users: Record<string, string> = {};
  for (const entry of passwd) if (uids.has(entry.uid)) users[entry.uid] ??= entry.name;
  const groups: Record<string, string> = {};
  for (const [gid, name] of readGroups(machine)) if (gids.has(gid)) groups[gid] = name;
  return { users, groups };
}
