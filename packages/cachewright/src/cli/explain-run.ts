import { logReader } from "../explain/explain-log.ts";
import type { Explanation } from "../explain/explanation.ts";
import type { Facts } from "../facts/facts.ts";
import { absoluteCommand, spokenName } from "../machine/argv.ts";
import type { Ended } from "../machine/ended.ts";
import type { Machine } from "../machine/machine.ts";
import { nodeMachine } from "../machine/node-machine.ts";
import { redact } from "../machine/redact.ts";
import { version } from "../machine/version.ts";
import type { GroundedFinding } from "../report/json/explain.ts";
import { severityOf } from "../report/severity-of.ts";
import type { Look } from "../report/text/look.ts";
import { factsBehind, groundedFindings } from "./grounded-findings.ts";
import type { RunGiven } from "./run.ts";
import { seenThroughSudo } from "./through-sudo.ts";

interface Ran {
  readonly ended: Ended;
  readonly output: Uint8Array | undefined;
  readonly program: string;
  readonly words: readonly string[];
}

/** Says below a command's output what it means; nothing where it means nothing to us. */
export async function explainRun(given: RunGiven, ran: Ran): Promise<void> {
  const machine = nodeMachine();
  const failed = !("code" in ran.ended && ran.ended.code === 0);
  const explanation = explanationOf(ran.output ?? new Uint8Array(0));
  const facts = explanation.findings.length === 0 ? undefined : await factsBehind(explanation, machine, interpreterOf(ran.program, machine));
  const findings = (await seenThroughSudo(await groundedFindings(explanation, facts), facts, ran.words)).filter((one) => matters(one, failed));
  await writeJson(given, explanation, findings);
  if (ran.output === undefined) {
    if (failed) await tellOfMachine(given, machine);
    return;
  }
  const notOurs = failed ? explanation.notOurs : null;
  if (findings.length === 0 && notOurs === null) return;
  const { afterRunHead, afterRunText } = await import("../report/text/after-run.ts");
  if (Buffer.from(ran.output).includes(afterRunHead)) return;
  given.terminal.err(afterRunText({ findings, notOurs, facts, reader: await readerOf(facts) }, await lookBelow(given)));
}

function explanationOf(output: Uint8Array): Explanation {
  const reader = logReader();
  reader.push(output);
  return reader.end();
}

/** What went well is only spoken of where this machine shows that it could have gone better. */
function matters({ found, grounded, proof }: GroundedFinding, failed: boolean): boolean {
  if (failed) return true;
  return grounded !== "refuted" && grounded !== "elsewhere" && (proof?.finding.severity ?? severityOf(found.problem)) !== "note";
}

/** The interpreter of a pip that was started by its path, or of `python -m pip`: the one whose places count. */
function interpreterOf(program: string, machine: Machine): string | undefined {
  const path = machine.realpath(program);
  const name = /[^/]*$/.exec(program)?.[0] ?? "";
  if (/^python[\d.]*$/.test(name)) return program.startsWith("/") || !path.ok ? program : path.value;
  if (!/^pip[\d.]*$/.test(name)) return undefined;
  const text = machine.readFile(program);
  return text.ok ? /^#!(\/\S*python[\d.]*)\s*$/m.exec(text.value.subarray(0, 512).toString("utf8"))?.[1] : undefined;
}

async function tellOfMachine(given: RunGiven, machine: Machine): Promise<void> {
  const { collectWhole } = await import("../facts/collect-whole.ts");
  const { diagnose } = await import("../problems/diagnose.ts");
  const facts = await collectWhole(machine, {});
  const found = (await diagnose(facts)).findings.filter(({ finding }) => finding.severity !== "note");
  if (found.length === 0) return;
  const { unseenRunText } = await import("../report/text/after-run.ts");
  given.terminal.err(unseenRunText(found, facts, { look: await lookBelow(given), reader: await readerOf(facts) }));
}

async function readerOf(facts: Facts | undefined) {
  const { readerFor } = await import("../report/text/reader.ts");
  return facts === undefined ? { user: undefined, isRoot: false, here: false, options: [] } : readerFor(facts, true);
}

async function lookBelow({ terminal }: RunGiven): Promise<Look> {
  const { lookOf } = await import("../report/text/look.ts");
  return { ...lookOf(terminal, { command: spokenName(), rootCommand: absoluteCommand() }), paint: terminal.paint("err") };
}

async function writeJson(given: RunGiven, explanation: Explanation, findings: readonly GroundedFinding[]): Promise<void> {
  if (given.json === undefined) return;
  const { explainJson } = await import("../report/json/explain.ts");
  await given.terminal.save(given.json, `${JSON.stringify(explainJson(explanation, findings, version), (_, part: unknown) => (typeof part === "string" ? redact(part) : part), 2)}\n`);
}
