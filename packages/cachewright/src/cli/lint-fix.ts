/** `lint --fix`: the edits as a plan that is shown, asked about, journalled and can be undone, like a change of settings. */
import { resolve } from "node:path";
import { applyEdits } from "../configs/text-edit.ts";
import { applyPlan } from "../fixes/apply.ts";
import { undoOptionsFor } from "../fixes/cure.ts";
import { planAsAsked } from "../fixes/plan-as-asked.ts";
import { editStep } from "../fixes/resolve.ts";
import { endRun } from "../fixes/runs.ts";
import type { Plan, StepOf } from "../fixes/step.ts";
import { fixesOf, type LintedFile } from "../lint/lint-files.ts";
import { AppError } from "../machine/app-error.ts";
import type { Machine } from "../machine/machine.ts";
import { redact } from "../machine/redact.ts";
import { chooseStateDir } from "../machine/state-dir.ts";
import type { LintJson } from "../report/json/lint.ts";
import { stepLine } from "../report/text/fix.ts";
import { planText } from "../report/text/plan.ts";
import { visiblePath } from "../report/text/visible.ts";
import { askFirst } from "./ask-first.ts";
import { isOn, spokenCall, type Call } from "./command.ts";
import { lookHere } from "./look-here.ts";
import { ownRuns } from "./own-runs.ts";
import { recoverFirst } from "./recover-first.ts";
import { wayBack } from "./way-back.ts";

type Fixing = NonNullable<LintJson["fix"]>;

export async function fixFiles(call: Call, machine: Machine, files: readonly LintedFile[]): Promise<Fixing> {
  const { steps, refused } = stepsFor(machine, files);
  const names = steps.map(({ file }) => file.path);
  for (const { path, why } of refused) call.terminal.err(`${visiblePath(path)} is left as it is: ${why}\n`);
  if (steps.length === 0) return { status: refused.length === 0 ? "nothing" : "failed", files: [], run: null, refused };
  if (recoverFirst(call, machine) === "declined") return { status: "declined", files: names, run: null, refused };
  const plan = planAsAsked(machine, steps.map(({ step }) => step));
  // The report is stdout's; the plan and what becomes of it is talk then.
  const tell = plainTalk(call);
  tell(`${planText(plan, lookHere(call.terminal))}\n\n`);
  if (isOn(call, "dry-run")) return { status: "planned", files: names, run: null, refused };
  if (!askFirst("Change these files?", call)) return { status: "declined", files: names, run: null, refused };
  return { ...runFix(call, machine, { plan, tell }), files: names, refused };
}

function plainTalk(call: Call): (text: string) => void {
  const machineReadable = isOn(call, "json") || call.options["format"] !== undefined || ["sarif", "junit"].some((option) => call.options[option] === "-");
  return (text) => (machineReadable ? call.terminal.err(text) : call.terminal.out(text));
}

interface FixStep {
  readonly file: LintedFile;
  readonly step: StepOf<"edit-config">;
}

/** A file that may not be changed does not keep the others from it. */
function stepsFor(machine: Machine, files: readonly LintedFile[]): { steps: FixStep[]; refused: Fixing["refused"] } {
  const steps: FixStep[] = [];
  const refused: Fixing["refused"] = [];
  for (const file of files) {
    const { edits, fixed, diff } = fixesOf(file);
    if (edits.length === 0) continue;
    const before = Buffer.from(file.bytes);
    const why = [...new Set(fixed.map(({ rule, fix }) => `${rule}: ${fix?.says ?? ""}`))].join("; ");
    const edit = editStep({ path: resolve(machine.cwd, file.path), before, after: applyEdits(before, edits) }, { why, actor: "user" });
    if (edit === undefined) continue;
    const step = { ...edit, diff: redact(diff) };
    try {
      planAsAsked(machine, [step]);
      steps.push({ file, step });
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      refused.push({ path: file.path, why: error.message });
    }
  }
  return { steps, refused };
}

function runFix(call: Call, machine: Machine, { plan, tell }: { plan: Plan; tell: (text: string) => void }): Pick<Fixing, "status" | "run"> {
  const stateDir = chooseStateDir(machine);
  const outcome = applyPlan(plan, {
    ...undoOptionsFor(machine, stateDir), stateDir, command: spokenCall(call),
    onStep: (step, number) => call.terminal.err(`${stepLine(step, number + 1, plan.steps.length)}\n`),
  });
  if (outcome.status === "rolled-back") {
    tell(`Failed: ${outcome.failure?.why ?? "a step could not be taken"}. What had been changed was put back.\n\n`);
    return { status: "failed", run: outcome.run };
  }
  endRun(outcome.run, { stateDir, results: [], status: "cured" });
  const kept = ownRuns(machine).runs.find(({ run }) => run === outcome.run)?.stateDir;
  const look = lookHere(call.terminal);
  tell(`Changed. To take it back: ${wayBack({ run: outcome.run, stateDir: kept }, machine, look).undo}\nUntil then each file lies beside itself as it was; to be rid of that: ${look.command} runs forget ${outcome.run}\n\n`);
  return { status: "changed", run: outcome.run };
}
