import { dirname, join } from "node:path";
import type { CondaFact, Facts, PathFact } from "../../facts/facts.ts";
import { firstWritable } from "../../tools/conda/pkgs-dir-state.ts";
import { condaAtLeast } from "../../tools/conda/version.ts";
import { isUnusable } from "../access-model.ts";
import { deniedEvidence, editableCondarc, isOwnPlace, mayMake, renewed, reopenOrGiveBack, whyDenied } from "../conda-cures.ts";
import { homeOf, isAtOrBelow, isInAccountHome, pathFact, selfActor } from "../look-up.ts";
import type { GiveBackOptions } from "../ownership-cures.ts";
import type { Finding, Problem, Remedy } from "../problem.ts";
import { shellWord } from "../settings-words.ts";

interface Denied { readonly path: string; readonly because: { readonly path: string; readonly errno: string } | null }

/**
 * Where the name of an environment is looked up before any setting is read, only the defaults are asked: those that a
 * setting names cannot help (conda 23.7 … 26.7 base/context.py `Context.__init__`, run with 26.7.1).
 */
export function asksDefaultsOnly(version: string): boolean {
  return condaAtLeast(version, "23.7");
}

function isDefault(facts: Facts, { root }: CondaFact, { path, from }: CondaFact["envsDirs"][number]): boolean {
  const home = homeOf(facts);
  return from.call === "default" || path === join(root, "envs") || (home !== undefined && path === join(home, ".conda/envs"));
}

/** Every place with its reason; undefined while conda can use one of them, or the facts do not say. */
function deniedPlaces(facts: Facts, conda: CondaFact): Denied[] | undefined {
  const asked = conda.envsDirs.filter((place) => !asksDefaultsOnly(conda.version) || isDefault(facts, conda, place));
  const states = asked.flatMap(({ path, status, because }) => (status === undefined || because === undefined ? [] : [{ path, status, because }]));
  return states.length === 0 || states.length < asked.length || firstWritable(states) !== undefined ? undefined : states;
}

/** The one a person would mend: their own, else the first. */
function mainOf(facts: Facts, places: readonly Denied[]): Denied | undefined {
  return places.find(({ path }) => isInAccountHome(facts, path)) ?? places.find(({ because }) => because !== null && isOwnPlace(facts, because.path)) ?? places[0];
}

function detect(facts: Facts): Finding[] {
  const { conda } = facts;
  const places = conda === undefined ? undefined : deniedPlaces(facts, conda);
  const main = places === undefined ? undefined : mainOf(facts, places);
  if (conda === undefined || places === undefined || main === undefined) return [];
  const why = ({ because }: Denied): string => (because === null ? "conda cannot make it" : whyDenied(facts, because.path, because.errno));
  const top = inTheWay(facts, main)?.path ?? main.path;
  return [{
    problem: "conda-no-writable-envs-dir", severity: "error", subject: main.path,
    evidence: places.map((place) => deniedEvidence(facts, place.because?.path ?? place.path, `${place.path}: ${why(place)}`)),
    params: { path: main.path, because: why(main), conda: conda.version, count: String(places.length), variant: places.length === 1 ? "only" : "" },
    // What is foreign as a whole goes back as a whole, the environments in it too.
    explains: conda.environments.filter(({ prefix }) => isAtOrBelow(prefix, top)).map(({ prefix }) => ({ problem: "conda-env-not-writable", subject: prefix })),
  }];
}

/** What of it is the user's to mend: the directory as a whole, else what stopped conda. */
function inTheWay(facts: Facts, { path, because }: Denied): PathFact | undefined {
  const whole = pathFact(facts, path);
  if (isOwnPlace(facts, path) && isUnusable(whole)) return whole;
  const seen = because === null ? undefined : pathFact(facts, because.path);
  return seen !== undefined && isOwnPlace(facts, seen.path) && isUnusable(seen) ? seen : undefined;
}

/** Environments know their own path, so no directory of them moves: only the file that conda asks may. */
function mended(facts: Facts, place: Denied): Remedy[] {
  const part = inTheWay(facts, place);
  if (part === undefined) return [];
  const isWhole = part.type === "dir" && isAtOrBelow(part.path, place.path);
  const options = (one: PathFact): GiveBackOptions => ({ select: "top", probes: [one.type === "dir" ? one.path : dirname(one.path)] });
  const moved = part.type === "file" && isAtOrBelow(part.path, place.path) ? renewed(facts, part, [dirname(part.path)]) : [];
  const given = reopenOrGiveBack(facts, [part], (one) => ({ ...options(one), select: isWhole ? "tree" : "top" }));
  return [...(given[0]?.id === "restore-mode" ? [] : moved), ...given];
}

/** Another place before all others. The defaults stay behind it, whatever the list says (conda 26.7 base/context.py `envs_dirs`). */
function ownPlace(facts: Facts, conda: CondaFact): Remedy[] {
  const home = homeOf(facts);
  if (home === undefined || !mayMake(facts, home)) return [];
  const path = join(home, "conda-envs");
  const file = editableCondarc(facts, conda);
  const byPath: Remedy = { id: "by-path", needs: "user", steps: [], params: { path }, shown: [`conda create --prefix ${shellWord(join(path, "NAME"))} PACKAGE`] };
  if (asksDefaultsOnly(conda.version) || file === undefined || conda.envsDirs.some((one) => one.path === path)) return [byPath];
  return [{
    id: "own-envs-dir", needs: "user", params: { path, file }, probes: [home],
    steps: [{ kind: "change-config", why: "new environments go to a directory of your own", actor: selfActor(facts), path: file, change: { do: "add-item", key: "envs_dirs", value: path, at: "start" } }],
  }, byPath];
}

function remedies(found: Finding, facts: Facts): Remedy[] {
  const { conda } = facts;
  const place = conda === undefined ? undefined : deniedPlaces(facts, conda)?.find(({ path }) => path === found.subject);
  return conda === undefined || place === undefined ? [] : [...mended(facts, place), ...ownPlace(facts, conda)];
}

export const problem: Problem = { id: "conda-no-writable-envs-dir", severity: "error", tools: ["conda"], when: "always", detect, remedies };
