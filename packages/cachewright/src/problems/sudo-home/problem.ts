import type { Facts } from "../../facts/facts.ts";
import { accountName, behindLinks, isInside, pipCaches } from "../look-up.ts";
import type { Finding, Problem, Remedy } from "../problem.ts";
import { shellWord } from "../settings-words.ts";

/** Root, with the home of somebody else: `sudo` without -H, or a `su` that kept the environment. */
function detect(facts: Facts): Finding[] {
  const { user } = facts;
  if (user.euid !== 0 || !user.homeEnv.ok || user.homeEnv.value === "") return [];
  const home = user.homeEnv.value;
  if (user.homeAccount.ok && user.homeAccount.value === home) return [];
  const seen = behindLinks(facts, home);
  if (seen.state !== "present" || seen.uid === undefined || seen.uid === 0) return [];
  // In a container without sudo the home is the platform's doing; the cache finding says what to do there.
  if (facts.machine.container.ok && user.sudo === undefined) return [];
  const owner = accountName(facts, seen.uid);
  return [{
    problem: "sudo-home", severity: "warning", subject: home,
    evidence: [
      { says: `HOME is ${home}, and the process is root's`, from: { env: "HOME" } },
      { says: `that home belongs to ${owner}`, from: { path: home, call: "lstat" }, path: seen },
      ...(user.sudo === undefined ? [] : [{ says: `sudo was called by ${user.sudo.user}`, from: { env: "SUDO_USER" } }]),
    ],
    params: { path: home, home, owner, user: ownersName(facts, seen.uid) ?? owner, account: user.homeAccount.ok ? user.homeAccount.value : "/root" },
    explains: pipCaches(facts).filter((cache) => isInside(facts, cache.path, home)).map((cache) => ({ problem: "cache-not-owned", subject: cache.path })),
  }];
}

/** The account whose home it is; it need not be the one that called sudo. */
function ownersName(facts: Facts, uid: number): string | undefined {
  return facts.accounts.users[uid] ?? (facts.user.sudo?.uid === uid ? facts.user.sudo.user : undefined);
}

function remedies(found: Finding, facts: Facts): Remedy[] {
  const owner = behindLinks(facts, found.subject).uid;
  const name = owner === undefined ? undefined : ownersName(facts, owner);
  return [
    { id: "no-sudo", needs: "user", steps: [], shown: ["pip install PACKAGE"] },
    { id: "sudo-H", needs: "root", steps: [], shown: ["sudo -H pip install PACKAGE"] },
    // Only when an earlier call left something behind is there anything to cure, and that is found as the user.
    ...(name === undefined ? [] : [{ id: "look-as-user", needs: "root", steps: [], params: { user: name }, shown: [`cachewright fix --for-user ${shellWord(name)} --dry-run`] } satisfies Remedy]),
  ];
}

export const problem: Problem = { id: "sudo-home", severity: "warning", tools: ["pip"], when: "always", detect, remedies };
