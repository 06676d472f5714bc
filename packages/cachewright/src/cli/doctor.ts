import type { Facts } from "../facts/facts.ts";
import { ignoredSubject, isIgnored, readIgnores, type Ignore } from "../facts/ignores.ts";
import { AppError } from "../machine/app-error.ts";
import type { Machine } from "../machine/machine.ts";
import { diagnose } from "../problems/diagnose.ts";
import { problemIds } from "../problems/registry.generated.ts";
import { calmText } from "../report/text/calm.ts";
import { readerFor } from "../report/text/reader.ts";
import type { Look } from "../report/text/look.ts";
import type { ReportFormat } from "./asked-reports.ts";
import { isOn, valueOf, valuesOf, type Call } from "./command.ts";
import type { DoctorReport } from "./doctor-reports.ts";
import { knownTools } from "./known-tools.ts";

export async function runDoctor(call: Call): Promise<number> {
  const { terminal } = call;
  const asked = await knownProblems(valuesOf(call, "problem"));
  await checkTool(valueOf(call, "tool"));
  const reports = await askedOf(call);
  const machine = await call.machine();
  const facts = await factsFor(call, machine);
  const saveTo = valueOf(call, "save-facts");
  if (saveTo !== undefined) {
    await terminal.save(saveTo, (await import("../facts/snapshot.ts")).saveFacts(facts));
    if (saveTo === "-") return 0;
  }
  const ignores = await allIgnores(call, machine, facts);
  const tool = valueOf(call, "tool");
  const { findings, lookedFor = [] } = await diagnose(facts, { problems: asked, asked: valueOf(call, "python") !== undefined, tool });
  const found = findings.filter(({ finding }) => isIgnored(finding, ignores) === undefined);
  const ignored = findings.flatMap(({ finding }) => {
    const by = isIgnored(finding, ignores);
    return by === undefined ? [] : [{ problem: finding.problem, subject: finding.subject, why: by.why, from: by.from }];
  });
  const look = (await import("./look-here.ts")).lookHere(terminal);
  const python = valueOf(call, "python");
  const reader = readerFor(facts, valueOf(call, "facts") === undefined, python === undefined ? [] : ["--python", python]);
  const report = { found, ignored, facts, reader, asked, tool };
  await reports?.write({ ...report, lookedFor, machine: reader.here ? machine : undefined }, look);
  const format = reports?.stdout ?? "text";
  if (format === "json") terminal.json((await import("../report/json/doctor.ts")).doctorJson(report));
  else if (format === "text") terminal.out(found.length === 0 ? calmText(report, look) : (await import("../report/text/findings.ts")).doctorText(report, look));
  return found.some(({ finding }) => finding.severity !== "note") ? 1 : 0;
}

/** The reports beyond text, and where they go; asked wrongly they are refused before anything is looked at. */
async function askedOf(call: Call): Promise<{ stdout: ReportFormat; write(report: DoctorReport, look: Look): Promise<void> } | undefined> {
  if (!["json", "format", "html", "sarif", "junit", "markdown"].some((option) => call.options[option] !== undefined)) return undefined;
  const { askedReports, writeReports } = await import("./asked-reports.ts");
  const { doctorFormats, doctorReport } = await import("./doctor-reports.ts");
  const asked = askedReports(call, doctorFormats);
  return { stdout: asked.stdout, write: async (report, look) => writeReports(asked, call.terminal, async (format) => doctorReport(format, report, look)) };
}

/** Facts of this machine, or those of another one from a file. */
async function factsFor(call: Call, machine: Machine): Promise<Facts> {
  const file = valueOf(call, "facts");
  if (file !== undefined) {
    for (const option of ["python", "deep"]) {
      if (call.options[option] !== undefined) throw new AppError("E_USAGE", `--${option} looks at this machine, --facts at another one; use one of them`);
    }
    return (await import("./facts-from-file.ts")).factsFromFile(file, call.terminal);
  }
  const { collectWhole } = await import("../facts/collect-whole.ts");
  return collectWhole(machine, { python: valueOf(call, "python"), deep: isOn(call, "deep"), asked: valuesOf(call, "problem") });
}

async function knownProblems(ids: readonly string[]): Promise<readonly string[]> {
  const stray = ids.find((id) => !problemIds.includes(id));
  if (stray !== undefined) throw (await import("./near.ts")).unknown("problem", stray, problemIds);
  return ids;
}

async function checkTool(tool: string | undefined): Promise<void> {
  if (tool !== undefined && !knownTools.includes(tool)) {
    throw new AppError("E_USAGE", `there is no tool ${tool}; cachewright knows ${knownTools.join(", ")}`, { hint: "See: cachewright doctor --help" });
  }
}

/** What the command line leaves out, then the files. Another machine's findings are not muted by the files of this one. */
async function allIgnores(call: Call, machine: Machine, facts: Facts): Promise<Ignore[]> {
  const home = facts.user.home.ok ? facts.user.home.value : undefined;
  const given = await givenIgnores(call, machine.cwd, home);
  if (valueOf(call, "facts") !== undefined) return given;
  const { current, expired } = await readIgnores(machine, home);
  for (const one of expired) call.terminal.err(`${one.from}: the ignore of ${one.problem} ended on ${one.until ?? ""} (${one.why})\n`);
  for (const one of current) {
    if (!problemIds.includes(one.problem) && !(await import("../lint/codes.generated.ts")).lintCodes.includes(one.problem)) call.terminal.err(`${one.from}: there is no problem ${one.problem}; the ignore does nothing\n`);
  }
  return [...given, ...current];
}

async function givenIgnores(call: Call, cwd: string, home: string | undefined): Promise<Ignore[]> {
  const given = valuesOf(call, "ignore");
  const reasons = valuesOf(call, "why");
  if (given.length === 0) {
    if (reasons.length > 0) throw new AppError("E_USAGE", "--why gives the reason for --ignore, which is missing");
    return [];
  }
  if (reasons.length !== 1 && reasons.length !== given.length) {
    throw new AppError("E_USAGE", "--ignore needs its reason: --ignore ID[=PATH] --why TEXT");
  }
  const ignores = given.map((text, i): Ignore => {
    const [problem = "", ...rest] = text.split("=");
    const why = reasons[i] ?? reasons[0] ?? "";
    return { problem, why, from: "--ignore", ...(rest.length === 0 ? {} : { path: ignoredSubject(rest.join("="), cwd, home) }) };
  });
  await knownProblems(ignores.map((one) => one.problem));
  call.terminal.err(`${(await import("../report/text/ignore-lines.ts")).ignoreLines(ignores)}\n`);
  return ignores;
}
