import { dirname, join } from "node:path";
import type { Facts, PathFact } from "../../facts/facts.ts";
import { comparePipVersions } from "../../tools/pip/version.ts";
import { accountName, canSetAside, pathFact } from "../look-up.ts";
import { setAside } from "../ownership-cures.ts";
import type { Finding, Problem, Remedy } from "../problem.ts";
import { shellWord } from "../settings-words.ts";
import { toolRoots } from "../tool-places.ts";

/** pyenv 2.6.32 and later take a lock older than this for one of a rehash that was killed (libexec/pyenv-rehash, `acquire_lock`). */
const limitMs = 120_000;
const removesItself = "2.6.32";

interface Left { readonly lock: PathFact; readonly ageMs: number; readonly version: string }

/** A lock that pyenv's own limit calls stale, where the pyenv in use does not remove it and could otherwise renew its shims. */
function leftLocks(facts: Facts): Left[] {
  return toolRoots(facts, { tools: ["pyenv"], kinds: ["scripts"] }).flatMap(({ root, uses }): Left[] => {
    const lock = pathFact(facts, join(root, ".pyenv-shim"));
    const ageMs = Date.parse(facts.at) - (lock.mtimeMs ?? Number.NaN);
    const old = uses.map(({ version }) => version).find((version) => version !== null && comparePipVersions(version, removesItself) < 0);
    if (lock.state !== "present" || !(ageMs > limitMs) || old === undefined || old === null || pathFact(facts, root).access?.write !== "ok") return [];
    return [{ lock, ageMs, version: old }];
  });
}

function inWords(ageMs: number): string {
  const minutes = Math.floor(ageMs / 60_000);
  const [count, unit] = minutes < 120 ? [minutes, "minutes"] : minutes < 48 * 60 ? [Math.floor(minutes / 60), "hours"] : [Math.floor(minutes / 1440), "days"];
  return `${count} ${unit}`;
}

function detect(facts: Facts): Finding[] {
  return leftLocks(facts).map(({ lock, ageMs, version }) => ({
    problem: "pyenv-rehash-lock", severity: "error", subject: lock.path,
    evidence: [{ says: `it lies there for ${inWords(ageMs)}, and a rehash takes seconds`, from: { path: lock.path }, path: lock }],
    params: { path: lock.path, age: inWords(ageMs), version, owner: accountName(facts, lock.uid) },
  }));
}

function remedies(found: Finding, facts: Facts): Remedy[] {
  const lock = pathFact(facts, found.subject);
  const aside = canSetAside(facts, lock) ? setAside(facts, lock, [dirname(lock.path)]) : [];
  return [...aside, ...(aside.length > 0 ? [] : [{ id: "remove", needs: "user" as const, steps: [], shown: [`rm -f ${shellWord(lock.path)}`] }]), { id: "upgrade", needs: "user", steps: [], shown: ["pyenv update", "brew upgrade pyenv"] }];
}

export const problem: Problem = { id: "pyenv-rehash-lock", severity: "error", tools: ["pyenv"], when: "always", detect, remedies };
