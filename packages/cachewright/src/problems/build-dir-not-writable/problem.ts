import type { Facts, PathFact } from "../../facts/facts.ts";
import { isUnusable, whyUnusable } from "../access-model.ts";
import { accountName, isBelow, octal, pathFact, userName } from "../look-up.ts";
import { giveBackOrReopen, setAsideAndRenew, together } from "../ownership-cures.ts";
import type { Finding, Problem, Remedy } from "../problem.ts";

/** Built parts the user cannot write, topmost only: what is below one of them goes with it. */
function deniedParts(facts: Facts): PathFact[] {
  const denied = (facts.project?.built ?? []).map((path) => pathFact(facts, path)).filter(isUnusable);
  return denied.filter((part) => !denied.some((other) => isBelow(part.path, other.path)));
}

/** Only in a project of the user's own: in somebody else's checkout nobody expects to build. */
function detect(facts: Facts): Finding[] {
  const { project, user } = facts;
  if (project === undefined || user.euid === 0) return [];
  const top = pathFact(facts, project.directory);
  if (top.uid !== user.euid || isUnusable(top)) return [];
  const denied = deniedParts(facts);
  const [first] = denied;
  if (first === undefined) return [];
  const because = (part: PathFact): string => whyUnusable(facts, part)?.because ?? "it may not be entered";
  return [{
    problem: "build-dir-not-writable", severity: "error", subject: first.path,
    evidence: denied.slice(0, 10).map((part) => ({ says: because(part), from: { path: part.path, call: "access" }, path: part })),
    params: { path: first.path, project: project.directory, user: userName(facts), owner: accountName(facts, first.uid), mode: octal(first.mode), count: String(denied.length), because: because(first) },
  }];
}

/** A part goes as the whole that a build makes anew: `build`, `X.egg-info`, `.eggs`. */
function wholesOf(facts: Facts, parts: readonly PathFact[]): PathFact[] {
  const wholes = (facts.project?.built ?? []).filter((path) => !(facts.project?.built ?? []).some((other) => isBelow(path, other)));
  return wholes.filter((whole) => parts.some(({ path }) => path === whole || isBelow(path, whole))).map((path) => pathFact(facts, path));
}

function remedies(_found: Finding, facts: Facts): Remedy[] {
  const denied = deniedParts(facts);
  const project = facts.project?.directory ?? "";
  const wholes = wholesOf(facts, denied);
  const given = giveBackOrReopen(facts, denied, (part) => ({ select: part.type === "dir" ? "tree" : "top", recognised: true, probes: [part.type === "dir" ? part.path : project] }));
  return [...given, ...together(wholes.flatMap((whole) => setAsideAndRenew(facts, whole, [whole.path])), wholes.length)];
}

export const problem: Problem = { id: "build-dir-not-writable", severity: "error", tools: ["pip"], when: "always", detect, remedies };
