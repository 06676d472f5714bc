import { dirname } from "node:path";
import type { Facts, LockFact } from "../../facts/facts.ts";
import { pipAtLeast } from "../../tools/pip/version.ts";
import { accountName, pathFact } from "../look-up.ts";
import { setAside } from "../ownership-cures.ts";
import type { Evidence, Finding, Problem, Remedy } from "../problem.ts";
import { shellWord } from "../settings-words.ts";

function evidenceOf(facts: Facts, lock: LockFact): Evidence[] {
  if (lock.holders.length === 0) return [{ says: `it is there since ${lock.since.slice(0, 16).replace("T", " ")}, and no process that could own it runs here`, from: { path: lock.path, call: "lstat" }, path: pathFact(facts, lock.path) }];
  return lock.holders.map(({ pid, uid, command, shared }) => ({
    says: `process ${pid}${uid === undefined ? "" : ` of ${accountName(facts, uid)}`} ${shared ? "shares" : "holds"} it: ${command}`,
    from: { path: lock.kind === "kernel" ? "/proc/locks" : lock.path },
  }));
}

function variantOf(lock: LockFact): string {
  if (lock.holders.length === 0) return "left";
  return lock.holders.every(({ shared }) => shared) ? "shared" : "held";
}

function detect(facts: Facts): Finding[] {
  return (facts.locks ?? []).map((lock) => {
    const [holder] = lock.holders;
    return {
      problem: "lock-contention", severity: "warning", subject: lock.path, evidence: evidenceOf(facts, lock),
      params: { path: lock.path, pid: String(holder?.pid ?? ""), command: holder?.command ?? "", variant: variantOf(lock) },
    };
  });
}

/** Versions from 19.3 on take no such locks; those before 10 cannot fetch every newer one. */
function newerPip(facts: Facts): Remedy[] {
  const old = facts.pip.uses.find((use) => !pipAtLeast(use.pip, "19.3"));
  return old === undefined ? [] : [{ id: "newer-pip", needs: "user", steps: [], shown: [`${shellWord(old.python)} -m pip install --no-cache-dir --upgrade pip`] }];
}

function remedies(found: Finding, facts: Facts): Remedy[] {
  const lock = pathFact(facts, found.subject);
  if (found.params["variant"] === "left") return [...setAside(facts, lock, [dirname(lock.path)]), ...newerPip(facts)];
  const { pid = "" } = found.params;
  return [
    { id: "wait", needs: "user", steps: [], shown: [`tail --pid=${pid} -f /dev/null`] },
    { id: "end-holder", needs: "user", steps: [], shown: [`ps -o pid,user,lstart,args -p ${pid}`, `kill ${pid}`] },
  ];
}

export const problem: Problem = { id: "lock-contention", severity: "warning", tools: ["pip", "uv"], when: "always", detect, remedies };
