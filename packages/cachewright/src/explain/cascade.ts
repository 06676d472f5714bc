/** What follows from what: one cause, one finding; its consequences hang on it. */
import type { NotOurs, NotOursKind, Unexplained } from "./explanation.ts";
import { LINES_KEPT, type Collected, type Draft } from "./collect.ts";

/** A consequence stands near its cause; a build's output may lie between. */
const NEAR = 200;

export interface Cascaded {
  readonly drafts: Draft[];
  readonly unexplained: Unexplained[];
  readonly notOurs: NotOurs | null;
}

export function cascade(collected: Collected): Cascaded {
  const unexplained = [...collected.unexplained];
  const open = collected.drafts.filter((draft) => !draft.alsoPossible.some((problem) => collected.decided.has(problem)));
  let drafts = joinPathless(open);
  drafts = oneHome(foldHomes(drafts, unexplained));
  drafts = foldConsequences(foldCaches(drafts));
  drafts.sort((a, b) => Number(a.weight === "notice") - Number(b.weight === "notice") || a.first - b.first);
  hangLines(drafts, collected.consequences);
  const left = unexplained.filter((error) => !told(error, drafts));
  return { drafts, unexplained: left, notOurs: notOursOf(collected, drafts, left) };
}

/** A complaint in two lines, one of them with the path, is one complaint. */
function joinPathless(drafts: readonly Draft[]): Draft[] {
  const kept: Draft[] = [];
  for (const draft of drafts) {
    const homes = draft.path === null ? drafts.filter((other) => other.problem === draft.problem && other.path !== null) : [];
    if (homes.length === 0) {
      kept.push(draft);
      continue;
    }
    const nearest = homes.reduce((best, other) => (Math.abs(other.first - draft.first) < Math.abs(best.first - draft.first) ? other : best));
    absorb(nearest, draft);
  }
  return kept;
}

/**
 * The cache's parent could not be made because the home itself could not: pip warns about the cache first, then
 * dies on the home. The finding keeps the first path that the log names.
 */
function foldHomes(drafts: Draft[], unexplained: Unexplained[]): Draft[] {
  for (const cache of drafts) {
    if (cache.problem !== "cache-not-owned") continue;
    const home = homeOf(cache.params["root"] ?? "");
    if (home === null) continue;
    const at = unexplained.findIndex((error) => error.errno === "EACCES" && error.path === home);
    const known = drafts.find((draft) => draft.problem === "home-missing" && draft.params["root"] === home);
    if (at < 0 && known === undefined) continue;
    const error = at < 0 ? null : unexplained.splice(at, 1)[0]!;
    if (known !== undefined) absorb(cache, known);
    cache.consequences.push({ line: cache.lines[0]!, text: cache.text });
    const line = error?.line ?? known!.first;
    Object.assign(cache, {
      problem: "home-missing", by: "home-of-the-cache", weight: "failure", text: error?.text ?? known!.text,
      alsoPossible: ["cache-not-owned"], params: { ...cache.params, root: home },
      first: Math.min(cache.first, line), last: Math.max(cache.last, line), lines: [...new Set([...cache.lines, line])].sort((a, b) => a - b),
    });
    return foldHomes(drafts.filter((draft) => draft !== known), unexplained);
  }
  return drafts;
}

/** What stands in `~/.cache` and in `~/.local` is missing for the same reason. */
function oneHome(drafts: readonly Draft[]): Draft[] {
  const homes = new Map<string, Draft>();
  return [...drafts].sort((a, b) => a.first - b.first).filter((draft) => {
    if (draft.problem !== "home-missing" || draft.params["root"] === undefined) return true;
    const home = draft.params["root"].replace(/\/(?:\.[^/]{1,64}|Library\/Caches)$/, "");
    const known = homes.get(home);
    if (known === undefined) homes.set(home, draft);
    else {
      absorb(known, draft);
      if (draft.weight === "failure") Object.assign(known, { weight: "failure", text: known.weight === "failure" ? known.text : draft.text });
    }
    return known === undefined;
  });
}

function homeOf(cache: string): string | null {
  const found = /^(\/.{1,4096}?)\/(?:\.cache|Library\/Caches)\/pip$/.exec(cache);
  return found === null ? null : found[1]!;
}

/** pip ≤ 19.3 says that the cache is switched off, uses it nevertheless, and fails (pypa/pip #7488). */
function foldCaches(drafts: readonly Draft[]): Draft[] {
  const isBelow = (draft: Draft, cache: Draft): boolean =>
    (draft.problem === "wheel-cache-write-denied" || draft.problem === "cache-write-denied") && draft.path?.startsWith(`${cache.params["root"] ?? "\n"}/`) === true;
  const caches = drafts.filter(({ problem }) => problem === "cache-not-owned");
  return drafts.filter((draft) => {
    const cache = caches.find((one) => isBelow(draft, one));
    if (cache === undefined) return true;
    cache.weight = "failure";
    for (const line of draft.lines) cache.consequences.push({ line, text: draft.text });
    return false;
  });
}

function foldConsequences(drafts: Draft[]): Draft[] {
  const kept: Draft[] = [];
  for (const draft of drafts) {
    const cause = drafts.find((other) => other !== draft && draft.consequenceOf.includes(other.problem));
    if (cause !== undefined) for (const line of draft.lines) cause.consequences.push({ line, text: draft.text });
    else if (!draft.onlyConsequence) kept.push(draft);
  }
  return kept;
}

function absorb(into: Draft, other: Draft): void {
  into.count += other.count;
  into.first = Math.min(into.first, other.first);
  into.last = Math.max(into.last, other.last);
  into.lines = [...new Set([...into.lines, ...other.lines])].sort((a, b) => a - b).slice(0, LINES_KEPT);
}

function hangLines(drafts: readonly Draft[], lines: Collected["consequences"]): void {
  const causes = drafts
    .filter((draft) => draft.weight === "failure")
    .flatMap((draft) => draft.lines.map((line) => ({ line, draft })))
    .sort((a, b) => a.line - b.line);
  if (causes.length === 0) return;
  for (const { line, text, cause } of [...lines].sort((a, b) => a.line - b.line)) {
    const next = firstAfter(causes, line);
    const above = causes[next - 1];
    const below = causes[next];
    const home = cause === "above" ? above : below;
    if (home === undefined || Math.abs(home.line - line) > NEAR || home.line === line) continue;
    if (home.draft.consequences.length < 50) home.draft.consequences.push({ line, text });
  }
}

function firstAfter(causes: readonly { line: number }[], line: number): number {
  let low = 0;
  let high = causes.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (causes[middle]!.line > line) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** The same error once more, without its path or with the path of a finding. */
function told(error: Unexplained, drafts: readonly Draft[]): boolean {
  return drafts.some((draft) => draft.weight === "failure" && draft.params["errno"] === error.errno &&
    (error.path === null ? draft.lines.some((line) => Math.abs(line - error.line) <= 30) : error.path === draft.path));
}

/** The more particular kinds first: a refused certificate ends as "no matching distribution" as well. */
const particular: readonly NotOursKind[] = [
  "none-auth", "none-ssl", "none-memory", "none-python-version", "none-no-matching-distribution",
  "none-resolution-conflict", "none-compile-error", "none-network", "none-other",
];
const strengths = ["cause", "symptom", "weak"] as const;

function notOursOf(collected: Collected, drafts: readonly Draft[], unexplained: readonly Unexplained[]): NotOurs | null {
  if (drafts.some((draft) => draft.weight === "failure")) return null;
  const standing = collected.others.filter(({ message, last }) =>
    !(message.overcome === true && collected.lastSuccess > last) && !(message.strength === "weak" && unexplained.length > 0));
  for (const strength of strengths) {
    for (const kind of particular) {
      const found = standing.filter(({ message }) => message.kind === kind && message.strength === strength).sort((a, b) => a.line - b.line)[0];
      if (found !== undefined) return { kind, line: found.line, text: found.text, alsoPossible: found.message.alsoPossible ?? [] };
    }
  }
  return null;
}
