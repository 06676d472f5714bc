import { basename, dirname, join } from "node:path";
import { mountOfPath } from "../../facts/mounts.ts";
import type { BuiltWheelFact, Facts } from "../../facts/facts.ts";
import { asideName, chosenInstall, pathFact, selfActor } from "../look-up.ts";
import type { Evidence, Finding, Problem, Remedy } from "../problem.ts";
import { shellWord } from "../settings-words.ts";

/** One build of a project may be cached for several interpreters: each is one entry. */
function detect(facts: Facts): Finding[] {
  return (facts.builtWheels ?? []).map((wheel): Finding => {
    const variables = wheel.set.length > 0 ? wheel.set : wheel.reads;
    const evidence: Evidence[] = [
      { says: `pip built it on ${wheel.built.slice(0, 10)} and takes it whenever these sources are asked for`, from: { path: wheel.path } },
      ...wheel.set.map((name) => ({ says: `${name} is set now; a build would read it`, from: { env: name } })),
    ];
    return {
      problem: "cached-wheel-other-build", severity: "note", subject: wheel.path, evidence,
      params: { path: wheel.path, project: wheel.project, version: wheel.version, variables: variables.join(", "), variant: wheel.set.length > 0 ? "set" : "known" },
    };
  });
}

/** Out of the cache first, where pip trips over nothing: a set-aside stays beside what it was, and an entry's neighbours are pip's. */
function takeOut(wheel: BuiltWheelFact, facts: Facts): Remedy[] {
  const beside = dirname(wheel.cache);
  // One version may be built for several interpreters: the entry's own name tells them apart.
  const out = join(beside, `wheel-${wheel.project}-${wheel.version}-${basename(wheel.directory).slice(-8)}`);
  const mayMove = [beside, wheel.directory, dirname(wheel.directory)].every((path) => pathFact(facts, path).access?.write === "ok");
  const own = pathFact(facts, wheel.directory).uid === facts.user.euid;
  if (!mayMove || !own || mountOfPath(facts, beside)?.id !== mountOfPath(facts, wheel.directory)?.id || facts.paths[out]?.state === "present") return [];
  const actor = selfActor(facts);
  return [{
    id: "set-wheel-aside", needs: "user", params: { project: wheel.project },
    steps: [
      { kind: "rename", why: "pip does not find it any more, and builds anew", actor, from: wheel.directory, to: out, aside: false },
      { kind: "rename", why: "it is kept for undo, under a name that says so", actor, from: out, to: asideName(facts, out), aside: true },
    ],
  }];
}

function remedies(found: Finding, facts: Facts): Remedy[] {
  const wheel = facts.builtWheels?.find(({ path }) => path === found.subject);
  if (wheel === undefined) return [];
  const python = shellWord(chosenInstall(facts)?.python ?? "python3");
  return [
    ...takeOut(wheel, facts),
    { id: "once-without", needs: "user", steps: [], shown: [`${python} -m pip install --no-cache-dir --no-binary ${wheel.project} --force-reinstall --no-deps ${wheel.project}==${wheel.version}`] },
  ];
}

export const problem: Problem = { id: "cached-wheel-other-build", severity: "note", tools: ["pip"], when: "asked", detect, remedies };
