import { basename, dirname, join } from "node:path";
import type { Facts, PathFact } from "../../facts/facts.ts";
import { isOwnPlace, reopenOrGiveBack, whyDenied } from "../conda-cures.ts";
import { allEnvironments, pixiWorkspace, type CondaEnvironmentFact as Environment } from "../conda-likes.ts";
import { accountName, homeOf, isBelow, pathFact, userName } from "../look-up.ts";
import type { GiveBackOptions } from "../ownership-cures.ts";
import type { Finding, Problem, Remedy } from "../problem.ts";
import { shellWord } from "../settings-words.ts";
import { someOf } from "../some-of.ts";

/** An administrator's conda that everybody may use and nobody change is in order; only who asks is told. */
function isIll(facts: Facts, environment: Environment): boolean {
  return environment.denied.length > 0 && (environment.asked === true || isOwnPlace(facts, environment.prefix));
}

/** conda's own test asks the history alone (conda core/link.py, common `is_writable`). */
function isWhole({ prefix, denied }: Environment): boolean {
  return denied.includes(prefix) || denied.includes(join(prefix, "conda-meta")) || denied.includes(join(prefix, "conda-meta/history"));
}

/** A record is read; all else is written. */
function refusal({ access }: PathFact): string | undefined {
  return access?.write === "ok" ? access.read : access?.write;
}

function detect(facts: Facts): Finding[] {
  return allEnvironments(facts).filter((one) => isIll(facts, one)).map((environment): Finding => {
    const parts = environment.denied.map((path) => pathFact(facts, path));
    const first = parts[0] as PathFact;
    return {
      problem: "conda-env-not-writable", severity: isOwnPlace(facts, environment.prefix) ? "error" : "note", subject: environment.prefix,
      evidence: someOf(parts, { call: "access", total: environment.deniedCount }, (part) => whyDenied(facts, part.path, refusal(part))),
      params: {
        path: environment.prefix, part: first.path, because: whyDenied(facts, first.path, refusal(first)), owner: accountName(facts, first.uid), user: userName(facts),
        name: environment.name ?? basename(environment.prefix), variant: isWhole(environment) ? "" : "part",
        ...(environment.python !== undefined && { python: environment.python }),
      },
    };
  });
}

/** The topmost ones: what is below them goes with them. Root knows the others by its own records, so those come last. */
function tops(paths: readonly string[]): string[] {
  const isRecord = (path: string): boolean => basename(dirname(path)) === "conda-meta" && path.endsWith(".json");
  return paths.filter((path) => !paths.some((other) => other !== path && isBelow(path, other))).sort((a, b) => Number(isRecord(a)) - Number(isRecord(b)));
}

function remedies(found: Finding, facts: Facts): Remedy[] {
  const environment = allEnvironments(facts).find(({ prefix }) => prefix === found.subject);
  if (environment === undefined) return [];
  const own = environment.deniedCount <= environment.denied.length && isOwnPlace(facts, environment.prefix);
  const parts = tops(environment.denied).map((path) => pathFact(facts, path));
  const options = (part: PathFact): GiveBackOptions => ({ select: "tree", probes: [part.type === "dir" ? part.path : dirname(part.path)] });
  return [...(own ? reopenOrGiveBack(facts, parts, options) : []), ...anew(facts, environment)];
}

function anew(facts: Facts, environment: Environment): Remedy[] {
  const pixi = pixiWorkspace(environment);
  if (pixi !== undefined) return [{ id: "install-again", needs: "user", steps: [], params: { path: environment.prefix }, shown: [`mv ${shellWord(environment.prefix)} ${shellWord(`${environment.prefix}.old`)}`, `cd ${shellWord(pixi.directory)}`, `pixi install --environment ${shellWord(pixi.name)}`] }];
  if (environment.by !== undefined) return [];
  const home = homeOf(facts);
  if (home === undefined) return [];
  const prefix = join(home, "envs", `${environment.name ?? basename(environment.prefix)}-copy`);
  return [{ id: "clone", needs: "user", steps: [], params: { path: environment.prefix }, shown: [`conda create --prefix ${shellWord(prefix)} --clone ${shellWord(environment.prefix)}`, `conda activate ${shellWord(prefix)}`] }];
}

export const problem: Problem = { id: "conda-env-not-writable", severity: "error", tools: ["conda", "rattler", "pixi"], when: "always", detect, remedies };
