import { basename } from "node:path";
import type { Facts } from "../../facts/facts.ts";
import { distOf } from "../../tools/conda/package-dir.ts";
import { isOwnPlace } from "../conda-cures.ts";
import { pathFact } from "../look-up.ts";
import { setAside } from "../ownership-cures.ts";
import type { Finding, Problem, Remedy } from "../problem.ts";
import { shellWord } from "../settings-words.ts";

function detect(facts: Facts): Finding[] {
  return (facts.conda?.environments ?? []).flatMap(({ prefix, brokenRecords = [] }) => brokenRecords.map((path): Finding => ({
    problem: "conda-env-corrupt", severity: "error", subject: path,
    evidence: [{ says: "it is no JSON object with a name and a version", from: { path }, path: pathFact(facts, path) }],
    params: { path, prefix, package: basename(path, ".json") },
  })));
}

function remedies(found: Finding, facts: Facts): Remedy[] {
  const { path = "", prefix = "" } = found.params;
  const dist = distOf(basename(path, ".json"));
  const record = pathFact(facts, path);
  const again: Remedy[] = dist === null ? [] : [{ id: "reinstall", needs: "user", steps: [], params: { path: prefix }, shown: [`conda install --prefix ${shellWord(prefix)} ${shellWord(`${dist.name}=${dist.version}=${dist.build}`)}`] }];
  return [...(isOwnPlace(facts, path) ? setAside(facts, record, [prefix]) : []), ...again];
}

export const problem: Problem = { id: "conda-env-corrupt", severity: "error", tools: ["conda"], when: "always", detect, remedies };
