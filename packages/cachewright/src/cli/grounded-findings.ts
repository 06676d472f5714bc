/** What a log says, held against this machine. */
import type { Explanation, LogFinding } from "../explain/explanation.ts";
import { ground } from "../explain/ground.ts";
import type { Facts } from "../facts/facts.ts";
import type { Machine } from "../machine/machine.ts";
import type { Diagnosis } from "../problems/diagnose.ts";
import { loadProblems } from "../problems/registry.generated.ts";
import type { GroundedFinding } from "../report/json/explain.ts";

/** A log names a few places; one made to name thousands must not make us look at all of them. */
const mostPaths = 50;

/** Without facts nothing is proved; what a log alone can show has the cures of its page. */
export async function groundedFindings({ findings }: Explanation, facts: Facts | undefined): Promise<GroundedFinding[]> {
  const diagnosis = facts === undefined ? undefined : await (await import("../problems/diagnose.ts")).diagnose(facts, { asked: true });
  return withShownCures(findings.map((found) => withGround(found, diagnosis, facts)));
}

/** Facts of this machine: the places the log names are looked at too, and what its problems ask for. `python`: the one that wrote the log, where that is known. */
export async function factsBehind({ findings }: Explanation, machine: Machine, python?: string): Promise<Facts> {
  const paths = findings.flatMap(({ path }) => path ?? []);
  const { collectWhole } = await import("../facts/collect-whole.ts");
  const asked = findings.flatMap((one) => [one.problem, ...one.alsoPossible]);
  const lookWith = (interpreter: string | undefined): Promise<Facts> => collectWhole(machine, { paths: paths.slice(0, mostPaths), python: interpreter, asked });
  const named = pythonIn(machine, paths) ?? python;
  const facts = await lookWith(named);
  const managed = named === undefined && asked.includes("externally-managed") ? managedPython(facts) : undefined;
  return managed === undefined ? facts : lookWith(managed);
}

/** PEP 668's error names no interpreter: where another one than the one in use is looked after, the log is about that. */
function managedPython({ installs }: Facts): string | undefined {
  const isManaged = ({ externallyManaged }: Facts["installs"][number]): boolean => externallyManaged !== null;
  return installs.some((install) => install.chosen && isManaged(install)) ? undefined : installs.find(isManaged)?.python;
}

/** The interpreter of the environment that a path of the log lies in: it need not be active where the log is read. */
function pythonIn(machine: Machine, paths: readonly string[]): string | undefined {
  for (const path of paths) {
    const prefix = /^(\/.+?)\/(?:lib\/python[^/]*|bin)(?:\/|$)/.exec(path)?.[1];
    if (prefix !== undefined && machine.lstat(`${prefix}/pyvenv.cfg`).ok && machine.stat(`${prefix}/bin/python`).ok) return `${prefix}/bin/python`;
  }
  return undefined;
}

function withGround(found: LogFinding, diagnosis: Diagnosis | undefined, facts: Facts | undefined): GroundedFinding {
  const { grounded, by } = ground(found, diagnosis, facts);
  return { found, grounded, proof: by === undefined ? undefined : diagnosis?.findings.find((one) => one.finding === by) };
}

/** What only a log can show is cured by what its page says: there is nothing on this machine to plan with. */
async function withShownCures(findings: readonly GroundedFinding[]): Promise<GroundedFinding[]> {
  if (findings.every(({ proof }) => proof !== undefined)) return [...findings];
  const problems = new Map((await loadProblems()).map((problem) => [problem.id, problem]));
  return findings.map((one) => (one.proof === undefined ? { ...one, shownCures: problems.get(one.found.problem)?.shownCures } : one));
}
