import { basename } from "node:path";
import type { Facts } from "../../facts/facts.ts";
import { distOf, type CondaDist } from "../../tools/conda/package-dir.ts";
import { isOwnPlace } from "../conda-cures.ts";
import { allEnvironments, pixiWorkspace, type CondaEnvironmentFact } from "../conda-likes.ts";
import { pathFact } from "../look-up.ts";
import { setAside } from "../ownership-cures.ts";
import type { Finding, Problem, Remedy } from "../problem.ts";
import { shellWord } from "../settings-words.ts";

function detect(facts: Facts): Finding[] {
  return allEnvironments(facts).flatMap(({ prefix, brokenRecords = [] }) => brokenRecords.map((path): Finding => ({
    problem: "conda-env-corrupt", severity: "error", subject: path,
    evidence: [{ says: "it is no JSON object with a name and a version", from: { path }, path: pathFact(facts, path) }],
    params: { path, prefix, package: basename(path, ".json") },
  })));
}

function remedies(found: Finding, facts: Facts): Remedy[] {
  const { path = "", prefix = "" } = found.params;
  const dist = distOf(basename(path, ".json"));
  const record = pathFact(facts, path);
  const environment = allEnvironments(facts).find((one) => one.prefix === prefix);
  const command = dist === null || environment === undefined ? undefined : reinstalls(environment, dist);
  const again: Remedy[] = command === undefined ? [] : [{ id: "reinstall", needs: "user", steps: [], params: { path: prefix }, shown: command }];
  return [...(isOwnPlace(facts, path) ? setAside(facts, record, [prefix]) : []), ...again];
}

/** A program that uses rattler installs what is missing when it is run again. */
function reinstalls(environment: CondaEnvironmentFact, { name, version, build }: CondaDist): string[] | undefined {
  const pixi = pixiWorkspace(environment);
  if (pixi !== undefined) return [`cd ${shellWord(pixi.directory)}`, `pixi reinstall --environment ${shellWord(pixi.name)} ${shellWord(name)}`];
  return environment.by === undefined ? [`conda install --prefix ${shellWord(environment.prefix)} ${shellWord(`${name}=${version}=${build}`)}`] : undefined;
}

export const problem: Problem = { id: "conda-env-corrupt", severity: "error", tools: ["conda", "rattler", "pixi"], when: "always", detect, remedies };
