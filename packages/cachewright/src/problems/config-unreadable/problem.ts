import type { Facts } from "../../facts/facts.ts";
import { whyRefused } from "../access-model.ts";
import { accountName, octal, pathFact, pipNames } from "../look-up.ts";
import { giveBack, restoreMode } from "../ownership-cures.ts";
import type { Finding, Problem, Remedy } from "../problem.ts";

/** pip swallows the error (`configparser.read`) and goes on as if the file were not there. */
function detect(facts: Facts): Finding[] {
  return facts.pip.configs.flatMap((config): Finding[] => {
    const readers = facts.pip.uses.filter((use) => use.reads.includes(config.path));
    if ((config.state !== "unreadable" && config.state !== "not-a-file") || readers.length === 0) return [];
    const seen = pathFact(facts, config.path);
    const because = config.state === "not-a-file" ? `it is a ${seen.type ?? "thing"}, not a file` : (whyRefused(facts, seen, "read")?.because ?? `it belongs to ${accountName(facts, seen.uid)} and its mode is ${octal(seen.mode)}`);
    return [{
      problem: "config-unreadable", severity: "warning", subject: config.path,
      evidence: [{ says: because, from: { path: config.path, call: "access" }, path: seen }],
      params: { path: config.path, file: config.path, because, pip: pipNames(readers), owner: accountName(facts, seen.uid), mode: octal(seen.mode), variant: config.state },
    }];
  });
}

function remedies(found: Finding, facts: Facts): Remedy[] {
  const seen = pathFact(facts, found.subject);
  const ask: Remedy = { id: "ask-admin", needs: "root", steps: [], params: { path: found.subject }, shown: [`sudo chmod a+r ${found.subject}`] };
  if (seen.state !== "present" || seen.type !== "file") return [ask];
  const own = restoreMode(facts, seen, { select: "top", probes: [] });
  if (own.length > 0) return own;
  const given = giveBack(facts, found.subject, [], "top");
  return given.length > 0 ? given : [ask];
}

export const problem: Problem = { id: "config-unreadable", severity: "warning", tools: ["pip"], when: "always", detect, remedies };
