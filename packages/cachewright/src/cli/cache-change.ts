import { prepareRemoval, runRemoval, type PreparedRemoval, type RemovalOutcome, type RemovalWish } from "../caches/change-caches.ts";
import type { Machine } from "../machine/machine.ts";
import type { CacheChangeReport } from "../report/json/caches.ts";
import { removalOutcomeText, removalPreview } from "../report/text/cache-change.ts";
import { askFirst } from "./ask-first.ts";
import { isOn, spokenCall, type Call } from "./command.ts";
import { lookHere } from "./look-here.ts";
import { ownRuns } from "./own-runs.ts";
import { planProgress } from "./plan-progress.ts";
import { during } from "./progress.ts";
import { wayBack } from "./way-back.ts";

export interface Changed {
  readonly status: CacheChangeReport["status"];
  readonly prepared: PreparedRemoval;
  readonly done?: RemovalOutcome;
  /** The exit code. */
  readonly code: number;
}

const codes: Readonly<Record<CacheChangeReport["status"], number>> = { nothing: 0, planned: 0, gone: 0, declined: 1, "not-verified": 3, failed: 3 };

/** Shows the plan, asks, applies it and tells what came of it. The JSON report is the caller's. */
export async function changeAsAsked(call: Call, machine: Machine, wish: RemovalWish): Promise<Changed> {
  const prepared = await during(call.terminal, "making the plan", () => prepareRemoval(machine, wish));
  const answer = await decideAndApply(call, machine, prepared);
  return { ...answer, prepared, code: codes[answer.status] };
}

async function decideAndApply(call: Call, machine: Machine, prepared: PreparedRemoval): Promise<Pick<Changed, "status" | "done">> {
  const { terminal } = call;
  const look = lookHere(terminal);
  const quiet = isOn(call, "json");
  if (!quiet) terminal.out(removalPreview(prepared, look));
  const { plan } = prepared;
  if (plan === null) return { status: "nothing" };
  if (isOn(call, "dry-run")) return { status: "planned" };
  if (quiet && !isOn(call, "yes")) {
    terminal.err("Nothing was changed: with --json the answer has to be given beforehand. Add --yes, or --dry-run for the plan only.\n");
    return { status: "declined" };
  }
  if (!askFirst(prepared.wish.now ? "Delete for good?" : "Set aside?", call)) return { status: "declined" };
  const progress = planProgress(terminal, { steps: plan.steps.length, frees: prepared.wish.now ? prepared.frees : 0 });
  const done = await runRemoval(machine, prepared, { command: spokenCall(call), ...progress }).finally(progress.end);
  if (!quiet) {
    const { run } = done.outcome;
    const stateDir = ownRuns(machine).runs.find((one) => one.run === run)?.stateDir;
    terminal.out(removalOutcomeText(done, prepared, { look, back: wayBack({ run, stateDir }, machine, look) }));
  }
  return { status: done.status, done };
}
