import { accountNamed, prepareFix, runFix as applyFix, type FixOutcome, type FixRequest, type PreparedFix } from "../fixes/cure.ts";
import { isIgnored, readIgnores } from "../facts/ignores.ts";
import { AppError } from "../machine/app-error.ts";
import type { Machine } from "../machine/machine.ts";
import { problemIds } from "../problems/registry.generated.ts";
import { fixOutcomeText, preparedText, stepLine } from "../report/text/fix.ts";
import { askFirst } from "./ask-first.ts";
import { isOn, spokenCall, valueOf, type Call } from "./command.ts";
import { lookHere } from "./look-here.ts";
import { ownRuns } from "./own-runs.ts";
import { recoverFirst } from "./recover-first.ts";
import { wayBack } from "./way-back.ts";

export type FixStatus = "nothing" | "planned" | "declined" | FixOutcome["status"];

export async function runFix(call: Call): Promise<number> {
  const stray = call.words.find((id) => !problemIds.includes(id));
  if (stray !== undefined) throw (await import("./near.ts")).unknown("problem", stray, problemIds);
  const machine = await call.machine();
  const recovery = recoverFirst(call, machine);
  if (recovery === "declined") return 1;
  const forUser = valueOf(call, "for-user");
  const request: FixRequest = {
    problems: call.words,
    choose: valueOf(call, "choose"),
    python: valueOf(call, "python"),
    here: machine.cwd,
    account: forUser === undefined ? undefined : accountNamed(machine, forUser),
  };
  const prepared = await withoutIgnored(await prepareFix(machine, request), machine, call);
  if (prepared === "all-ignored") return 0;
  const { status, done } = await decideAndApply(call, machine, prepared);
  if (isOn(call, "json")) {
    call.terminal.json((await import("../report/json/fix.ts")).fixJson({ prepared, recovery, status, done }));
  }
  return exitCodeOf(status, prepared);
}

/**
 * What a project or user file ignores is not cured by a plain `fix`; a problem that is named, or somebody else's
 * home, is another matter.
 */
async function withoutIgnored(prepared: PreparedFix, machine: Machine, call: Call): Promise<PreparedFix | "all-ignored"> {
  const { request, diagnosis, facts } = prepared;
  if (request.problems.length > 0 || request.account !== undefined || diagnosis.findings.length === 0) return prepared;
  const { current } = await readIgnores(machine, facts.user.home.ok ? facts.user.home.value : undefined);
  const all = diagnosis.findings.map(({ finding }) => finding);
  const ignored = all.filter((finding) => isIgnored(finding, current) !== undefined);
  if (ignored.length === 0) return prepared;
  for (const finding of ignored) call.terminal.err(`ignored, so left alone: ${finding.problem} ${finding.subject} (${isIgnored(finding, current)?.from ?? ""})\n`);
  const wanted = all.filter((finding) => !ignored.includes(finding)).map(({ problem }) => problem);
  const mixed = ignored.find(({ problem }) => wanted.includes(problem));
  if (mixed !== undefined) {
    throw new AppError("E_USAGE", `${mixed.problem} is ignored in one place and found in another`, { hint: `To cure every place: cachewright fix ${mixed.problem}` });
  }
  if (wanted.length > 0) return prepareFix(machine, { ...request, problems: wanted });
  if (isOn(call, "json")) call.terminal.json((await import("../report/json/fix.ts")).fixJson({ prepared: nothingLeft(prepared), recovery: undefined, status: "nothing" }));
  else call.terminal.out("Nothing to cure that is not ignored.\n");
  return "all-ignored";
}

function nothingLeft(prepared: PreparedFix): PreparedFix {
  return { ...prepared, diagnosis: { ...prepared.diagnosis, findings: [] }, choice: { chosen: [], shown: [], refused: [] }, plan: null };
}

async function decideAndApply(call: Call, machine: Machine, prepared: PreparedFix): Promise<{ status: FixStatus; done?: FixOutcome }> {
  const { terminal } = call;
  const quiet = isOn(call, "json");
  const look = lookHere(terminal);
  if (!quiet) terminal.out(preparedText(prepared, look));
  if (prepared.plan === null) return { status: "nothing" };
  if (isOn(call, "dry-run")) return { status: "planned" };
  if (quiet && !isOn(call, "yes")) {
    terminal.err("Nothing was changed: with --json the answer has to be given beforehand. Add --yes, or --dry-run for the plan only.\n");
    return { status: "declined" };
  }
  if (!askFirst("Apply this plan?", call)) return { status: "declined" };
  const total = prepared.plan.steps.length;
  const done = await applyFix(machine, prepared, {
    command: spokenCall(call),
    onStep: (step, number) => terminal.err(`${stepLine(step, number + 1, total)}\n`),
  });
  if (!quiet) {
    const { run } = done.outcome;
    const stateDir = ownRuns(machine).runs.find((one) => one.run === run)?.stateDir;
    terminal.out(fixOutcomeText(done, prepared, { look, back: wayBack({ run, stateDir }, machine, look) }));
  }
  return { status: done.status, done };
}

function exitCodeOf(status: FixStatus, { diagnosis, choice }: PreparedFix): number {
  if (status === "not-verified" || status === "failed" || choice.refused.length > 0) return 3;
  const standing = status === "cured" ? choice.shown.map(({ finding }) => finding) : diagnosis.findings.map(({ finding }) => finding);
  return standing.some(({ severity }) => severity !== "note") ? 1 : 0;
}
