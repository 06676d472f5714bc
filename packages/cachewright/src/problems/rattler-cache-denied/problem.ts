import { basename, dirname, join } from "node:path";
import type { Facts, PathFact, RattlerFact } from "../../facts/facts.ts";
import { isOwnPlace, reopenOrGiveBack, whyDenied } from "../conda-cures.ts";
import { accountName, homeOf, isAtOrBelow, pathFact, userName } from "../look-up.ts";
import { giveBack, setAsideAndRenew, setForeignPartsAside, type GiveBackOptions } from "../ownership-cures.ts";
import type { Finding, Problem, Remedy } from "../problem.ts";
import { shellWord } from "../settings-words.ts";
import { someOf } from "../some-of.ts";

type Cache = RattlerFact["caches"][number];

function detect(facts: Facts): Finding[] {
  return (facts.rattler?.caches ?? []).flatMap((cache): Finding[] => {
    const parts = cache.denied.map((path) => pathFact(facts, path));
    const [first] = parts;
    if (first === undefined) return [];
    const why = (part: PathFact): string => whyDenied(facts, part.path, refusal(part));
    return [{
      problem: "rattler-cache-denied", severity: "error", subject: first.path,
      evidence: someOf(parts, { call: "access", total: cache.deniedCount }, why),
      params: {
        path: first.path, because: why(first), owner: accountName(facts, first.uid), user: userName(facts), count: String(cache.deniedCount),
        root: cache.root, variant: cache.exists ? "" : "unmade",
      },
    }];
  });
}

/** A file that may be written and not read is refused as well. */
function refusal({ access }: PathFact): string | undefined {
  return [access?.write, access?.read, access?.search].find((answer) => answer !== undefined && answer !== "ok");
}

function childrenIn(facts: Facts, directory: string): PathFact[] {
  return Object.values(facts.paths).filter((path) => path.state === "present" && path.path !== directory && dirname(path.path) === directory);
}

/** Packages and what is noted of channels can all be had again: the ill parts move away, the sound ones stay in use. */
function moveAway(facts: Facts, cache: Cache, parts: readonly PathFact[]): Remedy[] {
  const top = pathFact(facts, cache.root);
  if (!parts.every(({ path }) => isAtOrBelow(path, cache.root))) return parts.length === 1 ? parts.flatMap((part) => setAsideAndRenew(facts, part, [part.path])) : [];
  if (parts.some(({ path }) => path === cache.root)) return [top, above(facts, cache)].flatMap((part) => (part === undefined ? [] : setAsideAndRenew(facts, part, [part.path]))).slice(0, 1);
  const isAll = cache.deniedCount === parts.length && cache.complete;
  return cache.movable && isAll ? setForeignPartsAside(facts, top, parts, (directory) => childrenIn(facts, directory)) : setAsideAndRenew(facts, top, [cache.root]);
}

/** `~/.cache/rattler`, which holds the cache and nothing else. */
function above(facts: Facts, { root }: Cache): PathFact | undefined {
  const directory = dirname(root);
  return basename(directory) === "rattler" && basename(root) === "cache" ? pathFact(facts, directory) : undefined;
}

function mend(facts: Facts, cache: Cache, parts: readonly PathFact[]): Remedy[] {
  if (cache.deniedCount > parts.length || !parts.every(({ path }) => isOwnPlace(facts, path))) return [];
  const directory = above(facts, cache);
  const tops = directory !== undefined && directory.uid !== facts.user.euid && parts.some(({ path }) => path === cache.root) ? [directory] : parts;
  const options = (part: PathFact): GiveBackOptions => ({ select: "tree", probes: [part.type === "dir" ? part.path : dirname(part.path)] });
  // What is closed to the user in a directory of their own can be anything of root's: that root gives nothing of.
  const isGiven = (part: PathFact): boolean => part.type === "dir" || part.access?.read === "ok";
  return tops.every((part) => part.uid === facts.user.euid || (isGiven(part) && giveBack(facts, part.path, { ...options(part), recognised: true }).length > 0)) ? reopenOrGiveBack(facts, tops, options) : [];
}

function elsewhere(facts: Facts, { tools }: Cache): Remedy[] {
  const home = homeOf(facts);
  if (home === undefined) return [];
  const path = join(home, ".rattler-cache");
  return [{ id: "elsewhere", needs: "user", steps: [], params: { path }, shown: [`export RATTLER_CACHE_DIR=${shellWord(path)}`, ...(tools.includes("pixi") ? [`export PIXI_CACHE_DIR=${shellWord(path)}`] : [])] }];
}

function remedies(found: Finding, facts: Facts): Remedy[] {
  const cache = facts.rattler?.caches.find(({ denied }) => denied[0] === found.subject);
  if (cache === undefined) return [];
  const parts = cache.denied.map((path) => pathFact(facts, path));
  const mended = cache.exists ? mend(facts, cache, parts) : [];
  if (mended[0]?.id === "restore-mode") return mended;
  const moved = cache.exists && isOwnPlace(facts, cache.root) ? moveAway(facts, cache, parts) : [];
  return [...moved, ...mended, ...elsewhere(facts, cache)];
}

export const problem: Problem = { id: "rattler-cache-denied", severity: "error", tools: ["rattler", "pixi"], when: "always", detect, remedies };
