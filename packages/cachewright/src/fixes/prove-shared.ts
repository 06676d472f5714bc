import { membersOf, readPasswd } from "../facts/accounts.ts";
import type { Machine } from "../machine/machine.ts";
import { shareToken } from "../machine/share-probe.ts";
import type { Account } from "../machine/user-child.ts";
import type { Remedy } from "../problems/problem.ts";
import type { Probe } from "./probe.ts";
import { childSide, type UserSide } from "./user-side.ts";

/** Every group of an account as the system has it, directory services included. */
export function groupsOf(machine: Machine, name: string): number[] {
  const answer = machine.run(["id", "-G", "--", name]);
  if (!answer.ok || answer.value.status !== 0) return [];
  return answer.value.stdout.trim().split(/\s+/).filter((gid) => /^\d+$/.test(gid)).map(Number);
}

/**
 * The other user of the proof. Who it might be is the first user's word, so the system says whether the account is in the
 * group; root is nobody's partner.
 */
function partnerOf(machine: Machine, account: Account, { gid, partners }: NonNullable<Remedy["share"]>): Account | undefined {
  const passwd = readPasswd(machine);
  const candidates = [...passwd.filter(({ uid }) => partners.includes(uid)), ...membersOf(machine, gid, passwd)];
  return candidates.find(({ uid, name }) => uid !== 0 && uid !== account.uid && groupsOf(machine, name).includes(gid));
}

function provePair(directory: string, umask: number, [maker, user]: readonly [UserSide, UserSide]): Probe {
  const base = { directory, token: shareToken(), umask };
  const made = maker.share({ do: "make", ...base });
  const used = made.ok ? user.share({ do: "use", ...base }) : made;
  if (!used.ok) maker.share({ do: "clean", ...base });
  return { directory, ...used };
}

/** What one of two members makes, the other uses, changes and removes; both ways round, in every directory. */
export function proveShared(machine: Machine, account: Account, share: NonNullable<Remedy["share"]>, side: (account: Account) => UserSide = childSide): Probe[] {
  const partner = partnerOf(machine, account, share);
  if (partner === undefined) return [];
  const [one, other] = [side(account), side(partner)];
  return share.directories.flatMap((directory) => [provePair(directory, share.umask, [one, other]), provePair(directory, share.umask, [other, one])]);
}
