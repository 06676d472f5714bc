import { forgetRun, showRun } from "../fixes/runs.ts";
import { AppError } from "../machine/app-error.ts";
import type { Machine } from "../machine/machine.ts";
import { forgetPreview, forgetText, runListText, runText } from "../report/text/runs.ts";
import { askFirst } from "./ask-first.ts";
import { isOn, type Call } from "./command.ts";
import { lookHere } from "./look-here.ts";
import { findRun, ownRuns } from "./own-runs.ts";
import { usageHint } from "./parse-call.ts";
import { rootHint } from "./undo.ts";

export async function runRuns(call: Call): Promise<number> {
  const [verb = "list", name] = call.words;
  const machine = await call.machine();
  if (verb === "list" && name === undefined) return list(call, machine);
  if (verb === "show" || verb === "forget") {
    if (name === undefined) throw new AppError("E_USAGE", `${verb} which run?`, { hint: "cachewright runs lists them" });
    return verb === "show" ? show(name, call, machine) : forget(name, call, machine);
  }
  throw new AppError("E_USAGE", `runs has list, show RUN and forget RUN, not ${call.words.join(" ")}`, { hint: usageHint(call.command) });
}

async function list(call: Call, machine: Machine): Promise<number> {
  const { runs, unreadable } = ownRuns(machine);
  if (isOn(call, "json")) {
    call.terminal.json((await import("../report/json/runs.ts")).runListJson(runs, unreadable));
  } else {
    const look = lookHere(call.terminal);
    call.terminal.out(`${runListText(runs, look)}${runs.length === 0 ? rootHint(machine, "runs", look) : ""}`);
    for (const error of unreadable) call.terminal.err(`cannot be followed: ${error.message}${error.hint === undefined ? "" : ` (${error.hint})`}\n`);
  }
  return unreadable.length === 0 ? 0 : 2;
}

async function show(name: string, call: Call, machine: Machine): Promise<number> {
  const { run, stateDir } = findRun(name, ownRuns(machine));
  const details = showRun(stateDir, run, { now: machine.now() });
  if (isOn(call, "json")) call.terminal.json((await import("../report/json/runs.ts")).runJson(details));
  else call.terminal.out(runText(details, lookHere(call.terminal)));
  return 0;
}

async function forget(name: string, call: Call, machine: Machine): Promise<number> {
  const { run, stateDir, status } = findRun(name, ownRuns(machine));
  // Asking comes after the refusals: what is forgotten or still needed is refused without a question.
  if (status !== "forgotten" && status !== "interrupted" && status !== "undo-interrupted") {
    if (!isOn(call, "json")) call.terminal.out(`${forgetPreview(showRun(stateDir, run, { now: machine.now() }), lookHere(call.terminal))}\n`);
    if (!askFirst(`Forget ${run}?`, call)) return 1;
  }
  const outcome = forgetRun(run, { stateDir, now: machine.now() });
  if (isOn(call, "json")) call.terminal.json((await import("../report/json/runs.ts")).forgetJson(outcome));
  else call.terminal.out(forgetText(outcome, lookHere(call.terminal)));
  return outcome.left.length === 0 ? 0 : 3;
}
