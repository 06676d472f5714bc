import { basename } from "node:path";
import type { Facts, PathFact } from "../../facts/facts.ts";
import { comparePipVersions } from "../../tools/pip/version.ts";
import { isUnusable, whyUnusable } from "../access-model.ts";
import { accountName, octal, pathFact, userName } from "../look-up.ts";
import { giveBackOrReopen } from "../ownership-cures.ts";
import type { Finding, Problem, Remedy } from "../problem.ts";

/**
 * pipenv puts a new lock file in the old one's place (2023.12.1, 2026.10.3, run), and pdm since 2.29 (project/toml_file.py):
 * it is only a fault when it cannot be read.
 */
function isReplaced(facts: Facts, file: PathFact): boolean {
  if (file.access?.read !== "ok") return false;
  const pdms = (facts.tools ?? []).filter(({ tool }) => tool === "pdm");
  const name = basename(file.path);
  return name === "Pipfile.lock" || (name === "pdm.lock" && pdms.length > 0 && pdms.every(({ version }) => version !== null && comparePipVersions(version, "2.29") >= 0));
}

function deniedFiles(facts: Facts): PathFact[] {
  return (facts.project?.files ?? []).map((path) => pathFact(facts, path)).filter((file) => file.type === "file" && isUnusable(file) && !isReplaced(facts, file));
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
