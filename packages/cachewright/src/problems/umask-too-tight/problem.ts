import { basename } from "node:path";
import type { Facts, PackagesFact, PathFact } from "../../facts/facts.ts";
import type { Step } from "../../fixes/step.ts";
import { isUnusable, whyRefused } from "../access-model.ts";
import { accountName, octal, pathFact, userName } from "../look-up.ts";
import type { Finding, Problem, Remedy } from "../problem.ts";

function closedOf(facts: Facts, packages: PackagesFact): PathFact[] {
  return packages.closed.map((path) => pathFact(facts, path)).filter((path) => path.state === "present");
}

function because(facts: Facts, path: PathFact): string {
  return whyRefused(facts, path, "read")?.because ?? whyRefused(facts, path, "search")?.because ?? "it may not be read";
}

/** The directory itself is open, so its packages are meant to be used; what in it is closed came so by an umask. */
function detect(facts: Facts): Finding[] {
  if (facts.user.euid === 0) return [];
  return (facts.packages ?? []).flatMap((packages): Finding[] => {
    const closed = closedOf(facts, packages);
    const [first] = closed;
    const directory = pathFact(facts, packages.directory);
    if (first === undefined || directory.access?.search !== "ok" || (directory.uid === facts.user.euid && !isUnusable(directory))) return [];
    return [{
      problem: "umask-too-tight", severity: "warning", subject: packages.directory,
      evidence: closed.slice(0, 10).map((path) => ({ says: because(facts, path), from: { path: path.path, call: "access" }, path })),
      params: { path: packages.directory, python: packages.python, name: basename(first.path), user: userName(facts), owner: accountName(facts, first.uid), mode: octal(first.mode), count: String(packages.closedCount), because: because(facts, first) },
    }];
  });
}

/** Reading and entering for everybody, as a usual umask of 022 would have left it; writing for nobody new. */
function openStep(path: PathFact): Step {
  const isDir = path.type === "dir";
  return {
    kind: "chmod", why: "everybody may read it, as with an umask of 022", actor: "root", root: path.path, within: path.path, select: isDir ? "tree" : "top",
    dirs: { add: 0o055, remove: 0 }, files: { add: 0o044, remove: 0 },
  };
}

function remedies(found: Finding, facts: Facts): Remedy[] {
  const packages = facts.packages?.find(({ directory }) => directory === found.subject);
  if (packages === undefined) return [];
  const closed = closedOf(facts, packages);
  // More than the facts list cannot be opened one by one: half a cure is none.
  if (closed.length < packages.closedCount) return [{ id: "open-by-hand", needs: "root", steps: [], shown: [`chmod -R go+rX ${found.subject}`] }];
  return [{ id: "open-for-reading", needs: "root", params: { path: found.subject }, steps: closed.map(openStep) }];
}

export const problem: Problem = { id: "umask-too-tight", severity: "warning", tools: ["pip"], when: "always", detect, remedies };
