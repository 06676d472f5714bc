import { join } from "node:path";
import type { CondaFact, Facts, PathFact } from "../../facts/facts.ts";
import { firstWritable } from "../../tools/conda/pkgs-dir-state.ts";
import { deniedEvidence, isOwnPlace, renewed, reopenOrGiveBack, whyDenied } from "../conda-cures.ts";
import { pathFact, selfActor } from "../look-up.ts";
import type { Finding, Problem, Remedy } from "../problem.ts";
import { shellWord } from "../settings-words.ts";

type PkgsDir = CondaFact["pkgsDirs"][number];

/** The half that is refused. */
function closedHalf(facts: Facts, dir: PkgsDir): PathFact {
  return pathFact(facts, dir.split === "urls-only" ? dir.path : join(dir.path, "urls.txt"));
}

/** A cache that only lends packages is not written: what its two halves say of that is no matter. */
function isIll(facts: Facts, dir: PkgsDir, all: readonly PkgsDir[]): boolean {
  if (dir.split === "urls-only") return firstWritable(all)?.path === dir.path;
  return dir.split === "directory-only" && pathFact(facts, dir.path).uid === facts.user.euid;
}

function detect(facts: Facts): Finding[] {
  const dirs = facts.conda?.pkgsDirs ?? [];
  return dirs.filter((dir) => isIll(facts, dir, dirs)).map((dir): Finding => {
    const half = closedHalf(facts, dir);
    const because = whyDenied(facts, half.path, half.access?.write);
    return {
      problem: "conda-urls-txt-split", severity: dir.split === "urls-only" ? "error" : "warning", subject: dir.path,
      evidence: [
        deniedEvidence(facts, half.path, because),
        { says: dir.split === "urls-only" ? "urls.txt in it can be written" : "the directory around it can be written", from: { path: dir.split === "urls-only" ? join(dir.path, "urls.txt") : dir.path, call: "access" } },
      ],
      params: { path: dir.path, half: half.path, because, conda: facts.conda?.version ?? "", variant: dir.split === "urls-only" ? "" : "directory-only" },
    };
  });
}

/** Takes the write bit from `urls.txt`: then conda takes the whole for a cache to read from, and downloads go to the next. */
function readOnly(facts: Facts, dir: PkgsDir): Remedy[] {
  const urls = pathFact(facts, join(dir.path, "urls.txt"));
  const next = firstWritable((facts.conda?.pkgsDirs ?? []).filter(({ path }) => path !== dir.path));
  if (next === undefined) return [];
  const params = { path: urls.path, next: next.path };
  if (urls.uid !== facts.user.euid) return [{ id: "lend-only", needs: "root", steps: [], params, shown: [`sudo chmod go-w ${shellWord(urls.path)}`] }];
  return [{
    id: "read-only", needs: "user", params, probes: [],
    steps: [{ kind: "chmod", why: "conda then only reads this cache", actor: selfActor(facts), root: urls.path, within: urls.path, select: "top", dirs: { add: 0, remove: 0 }, files: { add: 0, remove: 0o222 } }],
  }];
}

function remedies(found: Finding, facts: Facts): Remedy[] {
  const dir = facts.conda?.pkgsDirs.find(({ path }) => path === found.subject);
  if (dir === undefined) return [];
  const half = closedHalf(facts, dir);
  const mended = isOwnPlace(facts, half.path) ? reopenOrGiveBack(facts, [half], () => ({ select: "top", probes: [dir.path] })) : [];
  if (dir.split === "urls-only") return [...mended.filter(({ id }) => id === "restore-mode"), ...readOnly(facts, dir), ...mended.filter(({ id }) => id !== "restore-mode")];
  if (mended[0]?.id === "restore-mode") return mended;
  return [...renewed(facts, pathFact(facts, dir.path), [dir.path]), ...mended];
}

export const problem: Problem = { id: "conda-urls-txt-split", severity: "error", tools: ["conda"], when: "always", detect, remedies };
