/**
 * A command that sudo ran as another account: facts of who called it refute nothing of what it said. What it said of the
 * caller's own home shows that HOME was kept, and then root is in somebody else's home.
 */
import { basename } from "node:path";
import type { Facts } from "../facts/facts.ts";
import { homeOf, isAtOrBelow } from "../problems/look-up.ts";
import type { GroundedFinding } from "../report/json/explain.ts";

/** Options of sudo(8) and doas(1), other than -u, that take the next word. */
const taking = /^-[a-zA-Z]*[CDgpRrTtU]$/;

/** The account that the words run a command as; undefined: the one that typed them. */
export function accountBehind(words: readonly string[]): string | undefined {
  const program = basename(words[0] ?? "");
  if (program !== "sudo" && program !== "doas") return undefined;
  for (let at = 1; at < words.length; at += 1) {
    const word = words[at] ?? "";
    const named = /^(?:--user=(.*)|--user|-[a-zA-Z]*?u(.*))$/s.exec(word);
    if (named !== null) return named[1] ?? (named[2] !== undefined && named[2] !== "" ? named[2] : words[at + 1]) ?? "root";
    if (!word.startsWith("-") || word === "--") return "root";
    if (taking.test(word)) at += 1;
  }
  return "root";
}

const isRoot = (account: string): boolean => account === "root" || account === "#0" || account === "0";

export async function seenThroughSudo(findings: readonly GroundedFinding[], facts: Facts | undefined, words: readonly string[]): Promise<readonly GroundedFinding[]> {
  const account = accountBehind(words);
  if (account === undefined || facts === undefined || facts.user.euid === 0) return findings;
  const home = homeOf(facts);
  const isKeptHome = ({ found, grounded }: GroundedFinding): boolean =>
    grounded !== "proved" && isRoot(account) && home !== undefined && found.path !== null && isAtOrBelow(found.path, home) && found.alsoPossible.includes("sudo-home");
  const proof = findings.some(isKeptHome) ? await proofOfHome(asRoot(facts, words)) : undefined;
  return findings.map((one): GroundedFinding => {
    if (proof !== undefined && isKeptHome(one)) return { found: one.found, grounded: "proved", proof };
    return one.grounded === "refuted" ? { ...one, grounded: "not-asked" } : one;
  });
}

/** What stands below sudo's command: root, with the caller's HOME. */
function asRoot(facts: Facts, words: readonly string[]): Facts {
  const { user } = facts;
  const caller = basename(words[0] ?? "") === "sudo" ? { sudo: { uid: user.uid, user: user.name.ok ? user.name.value : String(user.uid) } } : {};
  return { ...facts, user: { ...user, uid: 0, euid: 0, homeEnv: user.home, homeAccount: { ...user.home, ok: true, value: "/root" }, ...caller } };
}

async function proofOfHome(facts: Facts): Promise<GroundedFinding["proof"]> {
  const { diagnose } = await import("../problems/diagnose.ts");
  return (await diagnose(facts, { problems: ["sudo-home"] })).findings[0];
}
