import { join } from "node:path";
import type { Facts, PathFact } from "../../facts/facts.ts";
import { accountName, octal, pathFact } from "../look-up.ts";
import { together } from "../ownership-cures.ts";
import type { Finding, Remedy } from "../problem.ts";
import { someOf } from "../some-of.ts";
import { above, isReachable, openToOthers, takeBits } from "./open-to-others.ts";

interface Open { readonly path: string; readonly parents: readonly PathFact[]; readonly own: readonly PathFact[] }

/** conda's caches in use, where others may put packages into them; `known`: directories that another finding is about. */
function openCaches(facts: Facts, known: ReadonlySet<string>): Open[] {
  return (facts.conda?.pkgsDirs ?? []).filter(({ exists, status }) => exists && status !== "unknown").flatMap(({ path }): Open[] => {
    const parents = above(facts, path).filter(openToOthers);
    const own = [path, join(path, "cache")].map((one) => pathFact(facts, one)).filter(openToOthers);
    return (parents.length === 0 && own.length === 0) || [...parents, ...own].every((one) => known.has(one.path)) ? [] : [{ path, parents, own }];
  });
}

export function condaOpenToAll(facts: Facts, known: ReadonlySet<string>): Finding[] {
  return openCaches(facts, known).flatMap(({ path, parents, own }): Finding[] => {
    const open = [...parents, ...own];
    const reached = open.find((one) => isReachable(facts, one.path));
    const first = reached ?? open[0];
    if (first === undefined) return [];
    return [{
      problem: "cache-world-writable", severity: reached === undefined ? "note" : "warning", subject: path,
      evidence: someOf(open, { call: "lstat" }, (one) => `any account may write it (mode ${octal(one.mode)})`),
      params: { path, by: first.path, pip: `conda ${facts.conda?.version ?? ""}`, owner: accountName(facts, first.uid), mode: octal(first.mode), count: String(open.length), variant: parents.includes(first) ? "parent" : "cache" },
    }];
  });
}

/** undefined: the finding is none of conda's. */
export function condaOpenCures({ subject }: Finding, facts: Facts): Remedy[] | undefined {
  const found = openCaches(facts, new Set()).find(({ path }) => path === subject);
  if (found === undefined) return undefined;
  const cures = [
    ...found.parents.flatMap((parent) => takeBits(facts, "take-parent-bits-away", parent, { select: "top" })),
    ...(found.own.length > 0 ? takeBits(facts, "take-bits-away", pathFact(facts, subject), { select: "tree" }) : []),
  ];
  return [...together(cures, found.parents.length + (found.own.length > 0 ? 1 : 0)), { id: "share-properly", needs: "user", steps: [], shown: ["cachewright explain cache-world-writable"] }];
}
