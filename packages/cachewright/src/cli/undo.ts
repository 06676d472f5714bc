import { undoOptionsFor } from "../fixes/cure.ts";
import { showRun } from "../fixes/runs.ts";
import { undoRun } from "../fixes/undo.ts";
import { undoPreview, undoText } from "../report/text/runs.ts";
import { askFirst } from "./ask-first.ts";
import { isOn, type Call } from "./command.ts";
import { lookHere } from "./look-here.ts";
import { findRun, ownRuns, type OwnRun, type OwnRuns } from "./own-runs.ts";

export async function runUndo(call: Call): Promise<number> {
  const { terminal } = call;
  const machine = await call.machine();
  const known = ownRuns(machine);
  const [name] = call.words;
  const chosen = name === undefined ? newestStanding(known) : findRun(name, known);
  if (chosen === undefined) {
    for (const error of known.unreadable) terminal.err(`cannot be followed: ${error.message}\n`);
    if (isOn(call, "json")) terminal.json({ schema: 1, run: null, status: "undone", left: [], asides: [], gone: 0 });
    else terminal.out("There is nothing to undo.\n");
    return known.unreadable.length === 0 ? 0 : 2;
  }
  const look = lookHere(terminal);
  // Asking comes after the refusals: what cannot be undone at all is said without a question.
  if (chosen.undoable !== "no" && isStanding(chosen)) {
    if (!isOn(call, "json")) terminal.out(`${undoPreview(showRun(chosen.stateDir, chosen.run), look)}\n`);
    if (!askFirst(`Undo ${chosen.run}?`, call)) return 2;
  }
  const outcome = undoRun(chosen.run, undoOptionsFor(machine, chosen.stateDir));
  if (isOn(call, "json")) terminal.json((await import("../report/json/runs.ts")).undoJson(outcome));
  else terminal.out(undoText(outcome, look));
  return outcome.status === "undone" ? 0 : 3;
}

function isStanding({ status }: OwnRun): boolean {
  return status !== "undone" && status !== "rolled-back" && status !== "forgotten";
}

function newestStanding({ runs }: OwnRuns): OwnRun | undefined {
  return runs.find(isStanding);
}
