import { dirname } from "node:path";
import type { CondaFact, Facts, PathFact } from "../../facts/facts.ts";
import { firstWritable } from "../../tools/conda/pkgs-dir-state.ts";
import { isUnusable } from "../access-model.ts";
import { deniedEvidence, isOwnPlace, ownPkgsDir, renewed, reopenOrGiveBack, whyDenied } from "../conda-cures.ts";
import { isAtOrBelow, isInAccountHome, pathFact } from "../look-up.ts";
import type { GiveBackOptions } from "../ownership-cures.ts";
import type { Finding, Problem, Remedy } from "../problem.ts";

type PkgsDir = CondaFact["pkgsDirs"][number];

/** The one a person would mend: their own, else the first. */
function mainOf(facts: Facts, dirs: readonly PkgsDir[]): PkgsDir | undefined {
  return dirs.find(({ path }) => isInAccountHome(facts, path)) ?? dirs.find(({ because }) => because !== null && isOwnPlace(facts, because.path)) ?? dirs[0];
}

function detect(facts: Facts): Finding[] {
  const { conda } = facts;
  if (conda === undefined || conda.pkgsDirs.length === 0 || firstWritable(conda.pkgsDirs) !== undefined) return [];
  const main = mainOf(facts, conda.pkgsDirs);
  if (main === undefined) return [];
  const why = ({ because }: PkgsDir): string => (because === null ? "conda cannot make it" : whyDenied(facts, because.path, because.errno));
  return [{
    problem: "conda-no-writable-pkgs-dir", severity: "error", subject: main.path,
    evidence: conda.pkgsDirs.map((dir) => deniedEvidence(facts, dir.because?.path ?? dir.path, `${dir.path}: ${why(dir)}`)),
    params: { path: main.path, because: why(main), conda: conda.version, count: String(conda.pkgsDirs.length), variant: conda.pkgsDirs.length === 1 ? "only" : "" },
    explains: [
      { problem: "conda-urls-txt-split" },
      // A foreign ~/.conda keeps environments away as well.
      ...conda.envsDirs.filter(({ because }) => because && conda.pkgsDirs.some((dir) => dir.because?.path === because.path)).map(({ path }) => ({ problem: "conda-no-writable-envs-dir", subject: path })),
      ...conda.pkgsDirs.flatMap(({ because }) => (because === null ? [] : [{ problem: "conda-not-writable-file", subject: because.path }])),
    ],
  }];
}

/** What is in the way of one directory, where that is the user's to mend. */
function inTheWay(facts: Facts, { path, because }: PkgsDir): PathFact | undefined {
  if (because === null) return undefined;
  const whole = pathFact(facts, path);
  if (isOwnPlace(facts, path) && isUnusable(whole)) return whole;
  const seen = pathFact(facts, because.path);
  return isOwnPlace(facts, because.path) && isUnusable(seen) ? seen : undefined;
}

/** The cache as a whole: a file in it that conda makes anew could not be put back later. What holds more than packages stays. */
function moveAway(facts: Facts, dir: PkgsDir, part: PathFact): Remedy[] {
  return isAtOrBelow(part.path, dir.path) ? renewed(facts, pathFact(facts, dir.path), [dirname(dir.path)]) : [];
}

function remedies(found: Finding, facts: Facts): Remedy[] {
  const { conda } = facts;
  const dir = conda?.pkgsDirs.find(({ path }) => path === found.subject);
  if (conda === undefined || dir === undefined) return [];
  const part = inTheWay(facts, dir);
  const options = (one: PathFact): GiveBackOptions => ({ select: isAtOrBelow(one.path, dir.path) ? "tree" : "top", probes: [one.type === "dir" ? one.path : dirname(one.path)] });
  const mended = part === undefined ? [] : reopenOrGiveBack(facts, [part], options);
  const [reopened, given] = [mended.filter(({ id }) => id === "restore-mode"), mended.filter(({ id }) => id !== "restore-mode")];
  return [...reopened, ...(part === undefined || reopened.length > 0 ? [] : moveAway(facts, dir, part)), ...given, ...ownPkgsDir(facts, conda)];
}

export const problem: Problem = { id: "conda-no-writable-pkgs-dir", severity: "error", tools: ["conda"], when: "always", detect, remedies };
