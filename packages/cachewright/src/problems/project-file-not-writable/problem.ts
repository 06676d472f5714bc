import { basename } from "node:path";
import type { Facts, PathFact } from "../../facts/facts.ts";
import { isUnusable, whyUnusable } from "../access-model.ts";
import { accountName, octal, pathFact, userName } from "../look-up.ts";
import { giveBackOrReopen } from "../ownership-cures.ts";
import type { Finding, Problem, Remedy } from "../problem.ts";

/** pipenv puts a new lock file in the old one's place (2023.12.1, 2026.10.3, run): it is only a fault when it cannot be read. */
function isReplaced(file: PathFact): boolean {
  return basename(file.path) === "Pipfile.lock" && file.access?.read === "ok";
}

function deniedFiles(facts: Facts): PathFact[] {
  return (facts.project?.files ?? []).map((path) => pathFact(facts, path)).filter((file) => file.type === "file" && isUnusable(file) && !isReplaced(file));
}

/** Only in a project of the user's own. A file of one's own that is read-only may be meant so: a note. */
function detect(facts: Facts): Finding[] {
  const { project, user } = facts;
  if (project === undefined || user.euid === 0) return [];
  const top = pathFact(facts, project.directory);
  if (top.uid !== user.euid || isUnusable(top)) return [];
  const denied = deniedFiles(facts);
  const first = denied.find((file) => file.uid !== user.euid) ?? denied[0];
  if (first === undefined) return [];
  const because = (file: PathFact): string => whyUnusable(facts, file)?.because ?? "it may not be written";
  const own = first.uid === user.euid;
  return [{
    problem: "project-file-not-writable", severity: own ? "note" : "error", subject: first.path,
    evidence: denied.slice(0, 10).map((file) => ({ says: because(file), from: { path: file.path, call: "access" }, path: file })),
    params: { path: first.path, project: project.directory, user: userName(facts), owner: accountName(facts, first.uid), mode: octal(first.mode), count: String(denied.length), because: because(first), variant: own ? "own" : "foreign" },
  }];
}

function remedies(_found: Finding, facts: Facts): Remedy[] {
  const project = facts.project?.directory ?? "";
  return giveBackOrReopen(facts, deniedFiles(facts), () => ({ select: "top", recognised: true, probes: [project] }));
}

export const problem: Problem = { id: "project-file-not-writable", severity: "error", tools: ["pip", "poetry", "pdm", "pipenv"], when: "always", detect, remedies };
