import { resolve } from "node:path";
import { fleetingPlace } from "../caches/fleeting-place.ts";
import { calendars, timerFor } from "../caches/timer.ts";
import { applyPlan } from "../fixes/apply.ts";
import { undoOptionsFor } from "../fixes/cure.ts";
import { planAsAsked } from "../fixes/plan-as-asked.ts";
import { endRun } from "../fixes/runs.ts";
import { AppError } from "../machine/app-error.ts";
import type { Machine } from "../machine/machine.ts";
import { chooseStateDir } from "../machine/state-dir.ts";
import { planText } from "../report/text/plan.ts";
import { stepLine } from "../report/text/fix.ts";
import { askFirst } from "./ask-first.ts";
import { policyFile } from "./cache-prune.ts";
import { isOn, spokenCall, valueOf, type Call } from "./command.ts";
import { lookHere } from "./look-here.ts";
import { recoverFirst } from "./recover-first.ts";

/** A timer outlives what was fetched for one run; it would fail every night from the first cleaning on. */
function refuseFleeting(machine: Machine, command: readonly string[]): void {
  for (const path of command) {
    const place = fleetingPlace(machine, path);
    if (place === undefined) continue;
    const who = place.by === undefined ? `lies in ${place.directory}, a cache` : `was fetched by ${place.by} into ${place.directory}`;
    throw new AppError("E_INPUT", `the timer would run ${path}, which ${who}: it is gone when that is cleaned up`, { hint: `install Cachewright for good (${place.install}), and ask for the timer from there` });
  }
}

/** Writes the timer's files, by a plan that can be undone; switching it on is the person's word to systemd. */
export async function installTimer(call: Call): Promise<number> {
  const machine = await call.machine();
  const word = valueOf(call, "install-timer");
  const calendar = calendars.find((one) => one === word);
  if (calendar === undefined) throw new AppError("E_USAGE", `--install-timer ${word ?? ""}: there is ${calendars.join(", ")}`);
  if (isOn(call, "json")) throw new AppError("E_USAGE", "--install-timer has no JSON report");
  const look = lookHere(call.terminal);
  refuseFleeting(machine, look.rootCommand);
  // A timer without a policy would fail every night.
  await policyFile(call, machine);
  if (recoverFirst(call, machine) === "declined") return 1;
  const policy = valueOf(call, "policy");
  const { steps, enable } = timerFor(machine, { calendar, command: [...look.rootCommand, "cache", "prune", "--auto", ...(policy === undefined ? [] : ["--policy", resolve(machine.cwd, policy)])] });
  if (steps.length > 0) {
    const plan = planAsAsked(machine, steps);
    call.terminal.out(`${planText(plan, look)}\n\n`);
    if (isOn(call, "dry-run")) return 0;
    if (!askFirst("Write them?", call)) return 1;
    const stateDir = chooseStateDir(machine);
    const outcome = applyPlan(plan, { ...undoOptionsFor(machine, stateDir), stateDir, command: spokenCall(call), onStep: (step, number) => call.terminal.err(`${stepLine(step, number + 1, plan.steps.length)}\n`) });
    if (outcome.status === "rolled-back") throw new AppError("E_STEP", `the timer could not be written: ${outcome.failure?.why ?? "unknown"}`);
    endRun(outcome.run, { stateDir, results: [], status: "cured" });
    call.terminal.out(`Written; \`${look.command} undo ${outcome.run}\` takes them away again.\n`);
  } else call.terminal.out("The timer's files are there already.\n");
  call.terminal.out(`To switch it on: ${look.paint("cyan", enable)}\n`);
  return 0;
}
