import { join } from "node:path";
import type { CondaFact, Facts, PathFact } from "../../facts/facts.ts";
import { firstWritable } from "../../tools/conda/pkgs-dir-state.ts";
import { ownPkgsDir, whyDenied } from "../conda-cures.ts";
import { accountName, isAtOrBelow, octal, pathFact, userName } from "../look-up.ts";
import type { Finding, Remedy } from "../problem.ts";
import { shellWord } from "../settings-words.ts";
import { someOf } from "../some-of.ts";

interface Shut { readonly conda: CondaFact; readonly top: PathFact; readonly denied: readonly PathFact[]; readonly first: string }

/**
 * A package cache that a group of the user's may write, with notes of channels that another member made under the usual
 * umask: conda opens them for writing even to read them (conda 23.5 … 26.7 gateways/repodata/__init__.py).
 */
function shutCache(facts: Facts): Shut | undefined {
  const { conda, user } = facts;
  const chosen = conda === undefined ? undefined : firstWritable(conda.pkgsDirs);
  if (conda === undefined || chosen?.exists !== true || user.euid === 0) return undefined;
  const top = pathFact(facts, chosen.path);
  if (top.uid === user.euid || top.gid === undefined || !user.groups.includes(top.gid) || ((top.mode ?? 0) & 0o020) === 0) return undefined;
  const notes = conda.files.filter(({ path, what }) => what === "repodata" && isAtOrBelow(path, chosen.path));
  const denied = notes.map(({ path }) => pathFact(facts, path)).filter(({ uid, mode }) => uid !== user.euid && ((mode ?? 0) & 0o020) === 0);
  return notes[0] === undefined || denied.length === 0 ? undefined : { conda, top, denied, first: notes[0].path };
}

export function condaShares(facts: Facts): Finding[] {
  const shut = shutCache(facts);
  const part = shut?.denied[0];
  if (shut === undefined || part === undefined) return [];
  const { top, denied, conda } = shut;
  const group = facts.accounts.groups[top.gid ?? -1] ?? `gid ${top.gid}`;
  return [{
    problem: "shared-cache-modes", severity: "error", subject: top.path,
    evidence: [
      { says: `the cache is open to the group ${group}`, from: { path: top.path, call: "lstat" }, path: top },
      ...someOf(denied, { call: "access" }, (one) => whyDenied(facts, one.path, one.access?.write)),
    ],
    params: { path: part.path, cache: top.path, pip: `conda ${conda.version}`, user: userName(facts), owner: accountName(facts, part.uid), mode: octal(part.mode), group, variant: "denied" },
    explains: [{ problem: "conda-not-writable-file", subject: shut.first }],
  }];
}

/** undefined: the finding is none of conda's. */
export function condaShareCures({ subject, params }: Finding, facts: Facts): Remedy[] | undefined {
  const shut = shutCache(facts);
  if (shut?.top.path !== subject) return undefined;
  const index = shellWord(join(subject, "cache"));
  return [
    { id: "open-notes", needs: "root", steps: [], params: { cache: subject, group: params["group"] ?? "" }, shown: [`sudo chmod -R g+rwX ${index}`, `sudo setfacl -R -d -m u::rwx,g::rwx,o::r-x ${index}`] },
    ...ownPkgsDir(facts, shut.conda).filter(({ id }) => id === "own-pkgs-dir"),
  ];
}
