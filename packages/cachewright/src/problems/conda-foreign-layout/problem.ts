import { basename } from "node:path";
import type { CondaFact, Facts } from "../../facts/facts.ts";
import { bytesInWords } from "../disk-full/problem.ts";
import { pathFact, selfActor } from "../look-up.ts";
import type { Evidence, Finding, Problem, Remedy } from "../problem.ts";

type Tree = NonNullable<CondaFact["foreign"]>[number];

/** Below this nobody gains anything by tidying. */
const worthTelling = 100e6;

/** Where both tools are in use such a tree is no fault, as long as what is in it is used. */
function isIll({ asked, unused, complete, unusedBytes }: Tree): boolean {
  return (unused.length > 0 || !complete) && (asked === true || unusedBytes >= worthTelling);
}

function detect(facts: Facts): Finding[] {
  return (facts.conda?.foreign ?? []).filter(isIll).map((tree): Finding => ({
    problem: "conda-foreign-layout", severity: "note", subject: tree.pkgsDir,
    evidence: tree.channels.map((channel): Evidence => ({ says: "a channel's tree as mamba from 2.6 makes it", from: { path: `${tree.pkgsDir}/${channel}` } })),
    params: {
      path: tree.pkgsDir, size: bytesInWords(tree.bytes), packages: String(tree.packages), archives: String(tree.archives), used: String(tree.used),
      unused: bytesInWords(tree.unusedBytes), conda: facts.conda?.version ?? "",
    },
  }));
}

/** Removing asks for the directories; what a program works on at this moment is left alone, and more than can be told file by file. */
function isOurs(facts: Facts, { pkgsDir, busy, complete }: Tree): boolean {
  const seen = pathFact(facts, pkgsDir);
  return complete && !busy && seen.uid === facts.user.euid && seen.access?.write === "ok";
}

function remedies(found: Finding, facts: Facts): Remedy[] {
  const tree = facts.conda?.foreign?.find(({ pkgsDir }) => pkgsDir === found.subject);
  if (tree === undefined) return [];
  const params = { path: tree.pkgsDir, name: basename(tree.pkgsDir) };
  const removal: Remedy[] = !isOurs(facts, tree) ? [] : [{
    id: "remove-unused", needs: "user", params,
    steps: [{ kind: "remove", why: "no environment links it; mamba fetches it again when it is wanted", actor: selfActor(facts), within: tree.pkgsDir, paths: [...tree.unused] }],
  }];
  return [...removal, { id: "mamba-clean", needs: "user", steps: [], params, shown: ["mamba clean --packages --tarballs"] }];
}

export const problem: Problem = { id: "conda-foreign-layout", severity: "note", tools: ["conda", "mamba"], when: "always", detect, remedies };
