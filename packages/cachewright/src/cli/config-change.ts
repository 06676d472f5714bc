import { prepareChange, runChange, type ChangeOutcome, type PreparedChange } from "../fixes/change-setting.ts";
import { AppError } from "../machine/app-error.ts";
import type { Machine } from "../machine/machine.ts";
import type { ConfigChangeReport } from "../report/json/schemas.ts";
import { changeOutcomeText, changePreview } from "../report/text/config-change.ts";
import { stepLine } from "../report/text/fix.ts";
import { shellWord } from "../report/text/visible.ts";
import { allNames, keysNamed } from "../settings/key-names.ts";
import { parseAs, questionsFor, type Question } from "../settings/questions.ts";
import { fileEdits } from "../settings/targets.ts";
import { keyChanges, type Verb } from "../settings/wish.ts";
import { isToolName, loadTool, toolNames } from "../tools/all-tools.ts";
import type { ConfigScope, Tool, ToolName } from "../tools/tool.ts";
import { askFirst } from "./ask-first.ts";
import { isOn, spokenCall, valueOf, valuesOf, type Call } from "./command.ts";
import { lookHere } from "./look-here.ts";
import { ownRuns } from "./own-runs.ts";
import { usageHint } from "./parse-call.ts";
import { recoverFirst } from "./recover-first.ts";
import { sudoCommand, wayBack } from "./way-back.ts";

const scopes: readonly ConfigScope[] = ["user", "site", "global", "project", "env-file"];

interface Asked {
  readonly verb: Verb;
  readonly name: string;
  readonly values: readonly string[];
  readonly scope: ConfigScope | undefined;
}

export async function changeConfig(call: Call, verb: Verb, words: readonly string[]): Promise<number> {
  const asked = askedBy(call, verb, words);
  const machine = await call.machine();
  const questions = await questionsAbout(call, machine, asked);
  const [question] = questions;
  if (question === undefined) throw new Error("a tool that is not installed is answered for, too");
  const recovery = recoverFirst(call, machine);
  if (recovery === "declined") return 1;
  const prepared = await prepare(call, machine, { questions, asked });
  const { status, done } = decideAndApply(call, machine, prepared);
  if (isOn(call, "json")) call.terminal.json((await import("../report/json/config-change.ts")).configChangeJson({ tool: question.tool.name, status, prepared, recovery, done }));
  if (status === "failed" || status === "not-verified") return 3;
  return status === "nothing" || status === "changed" || status === "planned" ? 0 : 1;
}

function askedBy(call: Call, verb: Verb, [name, ...values]: readonly string[]): Asked {
  const usage = (message: string): AppError => new AppError("E_USAGE", message, { hint: usageHint(call.command) });
  if (name === undefined) throw usage(`config ${verb} which setting?`);
  if (verb === "unset" && values[0] !== undefined) throw usage(`config unset takes no value; for one item of a list: config remove ${name} ${values[0]}`);
  if (verb !== "unset" && values.length === 0) throw usage(`config ${verb} ${name} needs a value`);
  const scope = valueOf(call, "scope");
  const known = scopes.find((one) => one === scope);
  if (scope !== undefined && known === undefined) throw usage(`there is no scope ${scope}; there is ${scopes.join(", ")}`);
  if (isOn(call, "first") && verb !== "add") throw usage("--first is for config add");
  return { verb, name, values, scope: known };
}

/** One tool at a time: two tools never share a directory, and each has a file of its own. */
async function questionsAbout(call: Call, machine: Machine, { name }: Asked): Promise<Question[]> {
  const as = valuesOf(call, "as").map(parseAs);
  const given = [...new Set([...valuesOf(call, "tool"), ...as.map(({ tool }) => tool)])];
  const stray = given.find((one) => !isToolName(one));
  if (stray !== undefined) throw (await import("./near.ts")).unknown("tool", stray, toolNames, `There are ${toolNames.join(", ")}.`);
  const loaded = await Promise.all((given.length > 0 ? (given as ToolName[]) : toolNames).map(loadTool));
  const able = loaded.filter((tool) => keysNamed(tool, name).length > 0);
  if (able.length === 0) throw await noSetting(name, loaded, given[0]);
  const names = able.map((tool) => tool.name);
  const here = given.length > 0 ? names : await installedOf(machine, names);
  const [tool, other] = here.length > 0 ? here : names;
  if (tool === undefined || other !== undefined) {
    throw new AppError("E_USAGE", `${name} of which tool? ${(here.length > 0 ? here : names).join(", ")}`, { hint: "add --tool TOOL" });
  }
  const all = await questionsFor(machine, tool, { as, evenAbsent: true });
  // A version that was named decides; the installs are told of, too.
  return [...all.filter(({ state }) => state === "asked"), ...all.filter(({ state }) => state !== "asked")];
}

/** What other tools have of that name is no typing error. */
async function noSetting(name: string, loaded: readonly Tool[], tool: string | undefined): Promise<AppError> {
  const isKnown = tool !== undefined && (await Promise.all(toolNames.map(loadTool))).some((one) => keysNamed(one, name).length > 0);
  const hint = `cachewright config show${tool === undefined ? "" : ` ${tool}`} lists them`;
  if (isKnown) return new AppError("E_USAGE", `${tool} has no setting ${name}, other tools have`, { hint });
  return (await import("./near.ts")).unknown("setting", name, allNames(loaded), hint);
}

async function installedOf(machine: Machine, names: readonly ToolName[]): Promise<ToolName[]> {
  const each = await Promise.all(names.map(async (name) => ({ name, all: await questionsFor(machine, name, { as: [] }) })));
  return each.filter(({ all }) => all.length > 0).map(({ name }) => name);
}

async function prepare(call: Call, machine: Machine, { questions, asked }: { questions: readonly Question[]; asked: Asked }): Promise<PreparedChange> {
  const [first] = questions;
  if (first === undefined) throw new Error("nobody is asked");
  const { verb, name, values, scope } = asked;
  const { tool } = first;
  const changes = keyChanges({ tool, verb, name, values, cwd: machine.cwd, isFirst: isOn(call, "first") }, keysNamed(tool, name));
  const edits = fileEdits(first, changes, scope);
  try {
    return await prepareChange(machine, { questions, edits, why: `asked for: config ${verb} ${[name, ...values].map(shellWord).join(" ")}` });
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== "E_PRIVILEGE") throw error;
    const words = ["config", verb, name, ...values, "--tool", tool.name, ...(scope === undefined ? [] : ["--scope", scope])];
    throw new AppError("E_PRIVILEGE", error.message, { hint: `${sudoCommand(words, { look: lookHere(call.terminal) })}\nor, without root: --scope user`, cause: error });
  }
}

function decideAndApply(call: Call, machine: Machine, prepared: PreparedChange): { status: ConfigChangeReport["status"]; done?: ChangeOutcome } {
  const { terminal } = call;
  const look = lookHere(terminal);
  const quiet = isOn(call, "json");
  if (!quiet) terminal.out(changePreview(prepared, look));
  const { plan } = prepared;
  const isBeaten = prepared.verdicts[0]?.status === "beaten";
  if (plan === null) return { status: isBeaten ? "beaten" : "nothing" };
  if (isOn(call, "dry-run")) return { status: "planned" };
  if (quiet && !isOn(call, "yes")) {
    terminal.err("Nothing was changed: with --json the answer has to be given beforehand. Add --yes, or --dry-run for the plan only.\n");
    return { status: "declined" };
  }
  if (!askFirst("Change it?", call)) return { status: "declined" };
  const done = runChange(machine, prepared, {
    command: spokenCall(call),
    onStep: (step, number) => terminal.err(`${stepLine(step, number + 1, plan.steps.length)}\n`),
  });
  if (!quiet) {
    const { run } = done.outcome;
    const stateDir = ownRuns(machine).runs.find((one) => one.run === run)?.stateDir;
    terminal.out(changeOutcomeText(done, { look, back: wayBack({ run, stateDir }, machine, look) }));
  }
  return { status: done.status === "changed" && isBeaten ? "beaten" : done.status, done };
}
