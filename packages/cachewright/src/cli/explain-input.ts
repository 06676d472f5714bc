import type { Facts } from "../facts/facts.ts";
import { explainLog } from "../explain/explain-log.ts";
import { ground } from "../explain/ground.ts";
import { AppError } from "../machine/app-error.ts";
import type { Machine } from "../machine/machine.ts";
import { version } from "../machine/version.ts";
import type { Diagnosis } from "../problems/diagnose.ts";
import { loadProblems } from "../problems/registry.generated.ts";
import type { GroundedFinding } from "../report/json/explain.ts";
import { severityOf } from "../report/severity-of.ts";
import { isOn, valueOf, type Call } from "./command.ts";
import { factsFromFile } from "./facts-from-file.ts";

/** A log names a few places; one made to name thousands must not make us look at all of them. */
const mostPaths = 50;

/** Explains a log (`-`: standard input) and holds what it says against this machine, or against saved facts. */
export async function explainInput(path: string, call: Call, machine: Machine): Promise<number> {
  const { terminal } = call;
  const source = path === "-" ? "standard input" : path;
  const explanation = await explainLog(terminal.chunks(path));
  if (explanation.bytes === 0) throw new AppError("E_INPUT", `${source} is empty; there is nothing to explain`);
  if (explanation.binary) throw new AppError("E_INPUT", `${source} is no text; give a log or a terminal paste`);
  const facts = explanation.findings.length === 0 ? undefined : await factsToAsk(call, machine, explanation.findings);
  const diagnosis = facts === undefined ? undefined : await (await import("../problems/diagnose.ts")).diagnose(facts, { asked: true });
  const findings = await withShownCures(explanation.findings.map((found) => withGround(found, diagnosis, facts)));
  if (isOn(call, "json")) {
    terminal.json((await import("../report/json/explain.ts")).explainJson(explanation, findings, version));
  } else {
    const { explanationText } = await import("../report/text/explanation.ts");
    const { readerFor } = await import("../report/text/reader.ts");
    const look = (await import("./look-here.ts")).lookHere(terminal);
    const reader = facts === undefined ? { user: undefined, isRoot: false, here: false, options: [] } : readerFor(facts, valueOf(call, "facts") === undefined);
    terminal.out(explanationText({ explanation, findings, source, facts, reader }, look));
  }
  return findings.some(({ found, proof }) => (proof?.finding.severity ?? severityOf(found.problem)) !== "note") ? 1 : 0;
}

/** The places the log names are looked at too, and what its problems ask for. */
async function factsToAsk(call: Call, machine: Machine, found: readonly GroundedFinding["found"][]): Promise<Facts | undefined> {
  if (isOn(call, "log-only")) return undefined;
  const file = valueOf(call, "facts");
  if (file !== undefined) return factsFromFile(file, call.terminal);
  const paths = found.flatMap(({ path }) => path ?? []);
  const { collectWhole } = await import("../facts/collect-whole.ts");
  const asked = found.flatMap((one) => [one.problem, ...one.alsoPossible]);
  const lookWith = (python: string | undefined): Promise<Facts> => collectWhole(machine, { paths: paths.slice(0, mostPaths), python, asked });
  const named = pythonIn(machine, paths);
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

function withGround(found: GroundedFinding["found"], diagnosis: Diagnosis | undefined, facts: Facts | undefined): GroundedFinding {
  const { grounded, by } = ground(found, diagnosis, facts);
  return { found, grounded, proof: by === undefined ? undefined : diagnosis?.findings.find((one) => one.finding === by) };
}

/** What only a log can show is cured by what its page says: there is nothing on this machine to plan with. */
async function withShownCures(findings: readonly GroundedFinding[]): Promise<GroundedFinding[]> {
  if (findings.every(({ proof }) => proof !== undefined)) return [...findings];
  const problems = new Map((await loadProblems()).map((problem) => [problem.id, problem]));
  return findings.map((one) => (one.proof === undefined ? { ...one, shownCures: problems.get(one.found.problem)?.shownCures } : one));
}
