import { basename, dirname } from "node:path";
import type { CondaFact, Facts, PathFact } from "../../facts/facts.ts";
import { isOwnPlace, renewed, reopenOrGiveBack, whyDenied } from "../conda-cures.ts";
import { accountName, pathFact } from "../look-up.ts";
import type { GiveBackOptions } from "../ownership-cures.ts";
import type { Finding, Problem, Remedy } from "../problem.ts";
import { someOf } from "../some-of.ts";

type What = CondaFact["files"][number]["what"];

/** One cause left all files of a kind. */
function groups(facts: Facts): Map<What, PathFact[]> {
  const found = new Map<What, PathFact[]>();
  for (const { path, what } of facts.conda?.files ?? []) found.set(what, [...(found.get(what) ?? []), pathFact(facts, path)]);
  return found;
}

function detect(facts: Facts): Finding[] {
  return [...groups(facts)].flatMap(([what, parts]): Finding[] => {
    const first = parts[0];
    if (first === undefined) return [];
    const because = whyDenied(facts, first.path, first.access?.write);
    return [{
      problem: "conda-not-writable-file", severity: what === "repodata" ? "error" : "warning", subject: first.path,
      evidence: someOf(parts, { call: "access" }, (part) => whyDenied(facts, part.path, part.access?.write)),
      params: { path: first.path, because, owner: accountName(facts, first.uid), count: String(parts.length), conda: facts.conda?.version ?? "", variant: what === "repodata" ? "" : what },
    }];
  });
}

/** What is noted of channels is fetched again; the list of environments is written anew. Packages may be linked from. */
function moveAway(facts: Facts, what: What, parts: readonly PathFact[]): Remedy[] {
  const [first] = parts;
  if (first === undefined || what === "package") return [];
  if (what === "environments.txt") return first.type === "file" ? renewed(facts, first, [dirname(first.path)]) : [];
  const cache = pathFact(facts, basename(first.path) === "cache" ? first.path : dirname(first.path));
  return renewed(facts, cache, [dirname(cache.path)]);
}

function remedies(found: Finding, facts: Facts): Remedy[] {
  const [what, parts] = [...groups(facts)].find(([, all]) => all[0]?.path === found.subject) ?? [];
  if (what === undefined || parts === undefined) return [];
  const options = (part: PathFact): GiveBackOptions => ({ select: what === "environments.txt" ? "top" : "tree", probes: [part.type === "dir" ? part.path : dirname(part.path)] });
  const mended = parts.every(({ path }) => isOwnPlace(facts, path)) ? reopenOrGiveBack(facts, parts, options) : [];
  if (mended[0]?.id === "restore-mode") return mended;
  return [...moveAway(facts, what, parts), ...mended];
}

export const problem: Problem = { id: "conda-not-writable-file", severity: "error", tools: ["conda"], when: "always", detect, remedies };
