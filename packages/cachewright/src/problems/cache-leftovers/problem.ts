import type { Facts, LeftoverFact } from "../../facts/facts.ts";
import { leftoverPlaces, uvLeftoverPlaces } from "../../facts/leftovers.ts";
import type { UvLeftoverPlace } from "../../tools/uv/leftovers.ts";
import { bytesInWords } from "../disk-full/problem.ts";
import { pathFact, scanOf, selfActor } from "../look-up.ts";
import type { Finding, Problem, Remedy } from "../problem.ts";

/** Below this nobody gains anything by tidying. */
const worthTelling = 100e6;
const heavy = 1e9;

const words: Record<LeftoverFact["kind"], string> = {
  interrupted: "of downloads and builds that were broken off",
  unread: "in a layout that no pip found here reads, unused for a month",
  "interpreter-gone": "of wheels for Pythons that are not here any more, unused for a month",
  temporary: "in temporary directories of pips that ended without tidying up",
  "old-buckets": "in buckets that no uv found here uses, unused for a month",
};

/** What is foreign in a cache is another problem's, and what lies there cannot be removed either. */
function isOwn(facts: Facts, root: string): boolean {
  return pathFact(facts, root).uid === facts.user.euid && (scanOf(facts, root)?.deniedCount ?? 0) === 0;
}

function byRoot(facts: Facts): Map<string, LeftoverFact[]> {
  const roots = new Map<string, LeftoverFact[]>();
  for (const one of facts.leftovers ?? []) {
    if (one.place !== "temp" && !isOwn(facts, one.root)) continue;
    roots.set(one.root, [...(roots.get(one.root) ?? []), one]);
  }
  return roots;
}

function detect(facts: Facts): Finding[] {
  return [...byRoot(facts)].flatMap(([root, parts]): Finding[] => {
    const bytes = parts.reduce((sum, part) => sum + part.bytes, 0);
    const [first] = parts;
    if (first === undefined || bytes < worthTelling) return [];
    const atLeast = parts.every((part) => part.complete) ? "" : "at least ";
    return [{
      problem: "cache-leftovers", severity: bytes >= heavy ? "warning" : "note", subject: root,
      evidence: parts.map((part) => ({
        says: `${part.complete ? "" : "at least "}${bytesInWords(part.bytes)} ${words[part.kind]} (${part.files === 1 ? "1 file" : `${part.files} files`}, the last of ${part.newest.slice(0, 10)})`,
        from: { path: part.examples[0] ?? root },
      })),
      params: { path: root, size: `${atLeast}${bytesInWords(bytes)}`, count: String(parts.reduce((sum, part) => sum + part.files, 0)), variant: first.place },
    }];
  });
}

function uvRemedies(found: Finding, place: UvLeftoverPlace | undefined, actor: "user" | "root"): Remedy[] {
  const prune: Remedy = { id: "uv-prune", needs: "user", steps: [], shown: ["uv cache prune"] };
  if (place === undefined) return [prune];
  return [{ id: "remove-leftovers", needs: "user", params: { path: found.subject }, steps: [{ kind: "clear-leftovers", why: "no uv found here reads it", actor, within: found.subject, of: place }] }, prune];
}

function remedies(found: Finding, facts: Facts): Remedy[] {
  const caches = facts.pip.uses.flatMap((use) => use.cacheReal ?? []);
  const { temp, installs, user, tools = [] } = facts;
  const isTemp = found.params["variant"] === "temp";
  if (found.params["variant"] === "buckets") return uvRemedies(found, uvLeftoverPlaces(tools).find(({ root }) => root === found.subject), selfActor(facts));
  const place = leftoverPlaces({ caches, installs, temp, uid: user.euid }).find((one) => (isTemp ? one.place === "temp" : one.place === "cache" && one.root === found.subject));
  if (place === undefined) return [];
  const actor = selfActor(facts);
  return [{
    id: "remove-leftovers", needs: "user", params: { path: found.subject },
    steps: [{ kind: "clear-leftovers", why: "nothing can use it any more", actor, within: found.subject, of: { ...place, root: found.subject } }],
  }];
}

export const problem: Problem = { id: "cache-leftovers", severity: "note", tools: ["pip", "uv"], when: "always", detect, remedies };
