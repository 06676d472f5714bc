import type { Facts } from "../../facts/facts.ts";
import { allLocks } from "../conda-likes.ts";
import { accountName, pathFact } from "../look-up.ts";
import type { Evidence, Finding, Problem, Remedy } from "../problem.ts";

function detect(facts: Facts): Finding[] {
  return allLocks(facts).flatMap(({ path, holders }): Finding[] => {
    const [holder] = holders;
    if (holder === undefined) return [];
    return [{
      problem: "conda-lock", severity: "warning", subject: path,
      evidence: holders.map(({ pid, uid, command, shared }): Evidence => ({
        says: `process ${pid}${uid === undefined ? "" : ` of ${accountName(facts, uid)}`} ${shared ? "shares" : "holds"} it: ${command}`,
        from: { path: "/proc/locks" }, path: pathFact(facts, path),
      })),
      params: { path, pid: String(holder.pid), command: holder.command },
    }];
  });
}

function remedies(found: Finding): Remedy[] {
  const { pid = "" } = found.params;
  return [
    { id: "wait", needs: "user", steps: [], shown: [`tail --pid=${pid} -f /dev/null`] },
    { id: "end-holder", needs: "user", steps: [], shown: [`ps -o pid,user,lstart,args -p ${pid}`, `kill ${pid}`] },
  ];
}

export const problem: Problem = { id: "conda-lock", severity: "warning", tools: ["conda", "mamba", "rattler", "pixi"], when: "asked", detect, remedies };
