import { undoOptionsFor } from "../fixes/cure.ts";
import { showRun } from "../fixes/runs.ts";
import { undoRun } from "../fixes/undo.ts";
import { rootRunsText, undoPreview, undoText } from "../report/text/runs.ts";
import type { Machine } from "../machine/machine.ts";
import type { Look } from "../report/text/look.ts";
import { askFirst } from "./ask-first.ts";
import { isOn, type Call } from "./command.ts";
import { lookHere } from "./look-here.ts";
import { findRun, ownRuns, type OwnRun, type OwnRuns } from "./own-runs.ts";
import { sudoCommand } from "./way-back.ts";

export async function runUndo(call: Call): Promise<number> {
  const { terminal } = call;
  const machine = await call.machine();
  const known = ownRuns(machine);
  const [name] = call.words;
  const chosen = name === undefined ? newestStanding(known) : findRun(name, known);
  if (chosen === undefined) {
    for (const error of known.unreadable) terminal.err(`cannot be followed: ${error.message}\n`);
    if (isOn(call, "json")) terminal.json({ schema: 1, run: null, status: "undone", left: [], asides: [], gone: 0 });
    else terminal.out(`There is nothing to undo.\n${rootHint(machine, "undo", lookHere(terminal))}`);
    return known.unreadable.length === 0 ? 0 : 2;
  }
  const look = lookHere(terminal);
  // Asking comes after the refusals: what cannot be undone at all is said without a question.
  if (chosen.undoable !== "no" && isStanding(chosen)) {
    if (!isOn(call, "json")) terminal.out(`${undoPreview(showRun(chosen.stateDir, chosen.run), look)}\n`);
    if (!askFirst(`Undo ${chosen.run}?`, call)) return 1;
  }
  const outcome = undoRun(chosen.run, undoOptionsFor(machine, chosen.stateDir));
  if (isOn(call, "json")) terminal.json((await import("../report/json/runs.ts")).undoJson(outcome));
  else terminal.out(undoText(outcome, look));
  return outcome.status === "undone" ? 0 : 3;
}

/** Root's runs for this user are not theirs to see, so whether there are any cannot be told. */
export function rootHint(machine: Machine, word: "undo" | "runs", look: Look): string {
  return machine.identity.euid > 0 ? rootRunsText(sudoCommand([word], { look }), look) : "";
}

function isStanding({ status }: OwnRun): boolean {
  return status !== "undone" && status !== "rolled-back" && status !== "forgotten";
}

function newestStanding({ runs }: OwnRuns): OwnRun | undefined {
  return runs.find(isStanding);
}
