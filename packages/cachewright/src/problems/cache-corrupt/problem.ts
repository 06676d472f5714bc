import type { DamagedFact, Facts } from "../../facts/facts.ts";
import { pipAtLeast } from "../../tools/pip/version.ts";
import { allCaches, type AnyCache } from "../caches.ts";
import { pathFact, scanOf, selfActor } from "../look-up.ts";
import type { Finding, Problem, Remedy, Severity } from "../problem.ts";

const what: Record<DamagedFact["kind"], string> = {
  "bad-wheel": "a wheel that pip built is not whole",
  "bad-origin": "the note beside a built wheel cannot be read",
  "short-page": "a page of the index is cut short",
  "short-file": "a download is cut short",
  "bad-archive": "a wheel that uv unpacked lacks files",
};

interface Judged { readonly severity: Severity; readonly effect: string }

/** What each pip does with it (pip 26.3 and before; wheels and notes tried in the clinic); undefined where no pip here minds. */
function judge({ kind }: DamagedFact, { uses }: AnyCache): Judged | undefined {
  const some = (from: string, before: string): boolean => uses.some(({ pip }) => pipAtLeast(pip, from) && !pipAtLeast(pip, before));
  if (kind === "bad-archive") return { severity: "error", effect: "no uv ever makes it good: it fails, or installs less than the package is" };
  if (kind === "bad-wheel") return { severity: "error", effect: "no pip ever makes it good: each install of it fails" };
  if (kind === "short-page") return { severity: "error", effect: "no pip ever makes it good: the package is not found, or pip ends with a traceback" };
  if (kind === "short-file") return some("0", "25.2") || some("26.1", "26.2") ? { severity: "error", effect: "pip before 25.2, and 26.1, fails on it each time; others fetch the rest" } : { severity: "note", effect: "pip fetches the rest the next time, with a warning" };
  if (some("22.2", "23.2")) return { severity: "error", effect: "pip 22.2 to 23.1 crashes on it; later ones warn each time" };
  return some("23.2", "9999") ? { severity: "warning", effect: "pip warns of it each time" } : undefined;
}

function damagedIn(facts: Facts, cache: AnyCache): { entry: DamagedFact; judged: Judged }[] {
  return (facts.damaged ?? []).filter((entry) => entry.cache === cache.path).flatMap((entry) => {
    const judged = judge(entry, cache);
    return judged === undefined ? [] : [{ entry, judged }];
  });
}

const worstFirst: readonly Severity[] = ["error", "warning", "note"];

function detect(facts: Facts): Finding[] {
  return allCaches(facts).flatMap((cache): Finding[] => {
    const found = damagedIn(facts, cache).sort((a, b) => worstFirst.indexOf(a.judged.severity) - worstFirst.indexOf(b.judged.severity));
    const [first] = found;
    if (first === undefined) return [];
    return [{
      problem: "cache-corrupt", severity: first.judged.severity, subject: cache.path,
      evidence: found.slice(0, 10).map(({ entry, judged }) => ({ says: `${what[entry.kind]}: ${entry.says}; ${judged.effect}`, from: { path: entry.path } })),
      params: { path: first.entry.path, cache: cache.path, pip: cache.users, count: String(found.length), what: what[first.entry.kind], fault: first.entry.says },
    }];
  });
}

function remedies(found: Finding, facts: Facts): Remedy[] {
  const cache = allCaches(facts).find(({ path }) => path === found.subject);
  if (cache === undefined) return [];
  const paths = [...new Set(damagedIn(facts, cache).flatMap(({ entry }) => entry.paths))];
  // What is foreign in a cache is its owner's, or root's, to remove.
  const own = pathFact(facts, cache.path).uid === facts.user.euid && (scanOf(facts, cache.path)?.deniedCount ?? 0) === 0;
  return [
    { id: "remove-entries", needs: own ? "user" : "root", params: { cache: cache.path }, steps: [{ kind: "remove", why: cache.root === undefined ? "pip fetches or builds it anew" : "what leads uv to it: without it the wheel is unpacked anew", actor: own ? selfActor(facts) : "root", within: cache.path, paths }] },
    { id: "once-without", needs: "user", steps: [], shown: [cache.root === undefined ? "python3 -m pip install --no-cache-dir PACKAGE" : "uv pip install --no-cache PACKAGE"] },
  ];
}

export const problem: Problem = { id: "cache-corrupt", severity: "error", tools: ["pip", "uv"], when: "always", detect, remedies };
