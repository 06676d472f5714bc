import { recoverInterrupted } from "../fixes/cure.ts";
import type { Recovery } from "../fixes/recover.ts";
import type { Machine } from "../machine/machine.ts";
import { recoveryText } from "../report/text/fix.ts";
import { askFirst } from "./ask-first.ts";
import { isOn, type Call } from "./command.ts";
import { ownRuns } from "./own-runs.ts";

/** Takes back what a kill left half done, since no plan can be made on it; with the person's leave. */
export function recoverFirst(call: Call, machine: Machine): Recovery | "declined" | undefined {
  const { terminal } = call;
  const broken = ownRuns(machine).runs.filter(({ status }) => status === "interrupted" || status === "undo-interrupted");
  if (broken.length === 0) return undefined;
  const names = broken.map(({ run }) => run).join(", ");
  terminal.err(`${names} was interrupted before its end.\n`);
  if (isOn(call, "dry-run")) {
    terminal.err("This plan is made on what it left; without --dry-run that is taken back first.\n");
    return undefined;
  }
  if (!askFirst(`Take back what ${names} did, before anything else?`, call)) return "declined";
  const recovery = recoverInterrupted(machine);
  terminal.err(recoveryText(recovery));
  return recovery;
}
