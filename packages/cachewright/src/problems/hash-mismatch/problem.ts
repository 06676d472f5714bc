import type { Facts, MismatchFact } from "../../facts/facts.ts";
import { pathFact, pipCaches, scanOf, selfActor } from "../look-up.ts";
import type { Finding, Problem, Remedy } from "../problem.ts";

function mismatchesIn(facts: Facts, cache: string): MismatchFact[] {
  return (facts.mismatches ?? []).filter((one) => one.cache === cache);
}

const nameOf = (url: string): string => url.split("/").at(-1) ?? url;
const bodyOf = ({ paths }: MismatchFact): string => paths.find((path) => path.endsWith(".body")) ?? paths[0] ?? "";

function detect(facts: Facts): Finding[] {
  return pipCaches(facts).flatMap(({ path, pips }): Finding[] => {
    const found = mismatchesIn(facts, path);
    const [first] = found;
    if (first === undefined) return [];
    return [{
      problem: "hash-mismatch", severity: "error", subject: path,
      evidence: found.slice(0, 10).map((one) => ({ says: `${nameOf(one.url)}: the index states sha256 ${one.expected.slice(0, 12)}…, the cached file has ${one.got.slice(0, 12)}…`, from: { path: bodyOf(one) } })),
      params: { path: bodyOf(first), cache: path, pip: pips, file: nameOf(first.url), count: String(found.length) },
    }];
  });
}

function remedies(found: Finding, facts: Facts): Remedy[] {
  const paths = [...new Set(mismatchesIn(facts, found.subject).flatMap((one) => one.paths))];
  const own = pathFact(facts, found.subject).uid === facts.user.euid && (scanOf(facts, found.subject)?.deniedCount ?? 0) === 0;
  return [
    { id: "remove-entry", needs: own ? "user" : "root", params: { cache: found.subject }, steps: [{ kind: "remove", why: "pip fetches it anew and compares it", actor: own ? selfActor(facts) : "root", within: found.subject, paths }] },
    { id: "renew-the-lock", needs: "user", steps: [], shown: ["python3 -m pip download --no-cache-dir --no-deps PACKAGE", "python3 -m pip hash FILE"] },
  ];
}

export const problem: Problem = { id: "hash-mismatch", severity: "error", tools: ["pip"], when: "always", detect, remedies };
