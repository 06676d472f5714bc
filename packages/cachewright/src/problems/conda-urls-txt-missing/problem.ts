import { join } from "node:path";
import type { Facts } from "../../facts/facts.ts";
import { accountName, pathFact, selfActor } from "../look-up.ts";
import type { Evidence, Finding, Problem, Remedy } from "../problem.ts";
import { shellWord } from "../settings-words.ts";

function detect(facts: Facts): Finding[] {
  return (facts.conda?.pkgsDirs ?? []).filter(({ unseen }) => unseen.length > 0).map((dir): Finding => ({
    problem: "conda-urls-txt-missing", severity: "warning", subject: dir.path,
    evidence: [
      { says: "there is no such file", from: { path: join(dir.path, "urls.txt"), call: "stat" }, path: pathFact(facts, join(dir.path, "urls.txt")) },
      ...dir.unseen.map((path): Evidence => ({ says: "a package that conda does not see", from: { path, call: "list" } })),
    ],
    params: { path: dir.path, conda: facts.conda?.version ?? "", owner: accountName(facts, pathFact(facts, dir.path).uid) },
  }));
}

function remedies(found: Finding, facts: Facts): Remedy[] {
  const dir = facts.conda?.pkgsDirs.find(({ path }) => path === found.subject);
  if (dir === undefined) return [];
  const path = join(dir.path, "urls.txt");
  if (dir.because !== null) return [{ id: "ask-owner", needs: "root", steps: [], params: { path }, shown: [`sudo touch ${shellWord(path)}`] }];
  return [{
    id: "make-file", needs: "user", params: { path }, probes: [dir.path],
    steps: [{ kind: "edit-config", why: "the empty file by which conda knows a cache", actor: selfActor(facts), path, edits: [], of: null, mode: 0o666 & ~facts.user.umask, diff: "" }],
  }];
}

export const problem: Problem = { id: "conda-urls-txt-missing", severity: "warning", tools: ["conda"], when: "always", detect, remedies };
