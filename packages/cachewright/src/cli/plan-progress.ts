import type { ActProgress } from "../fixes/act.ts";
import type { BoundStep } from "../fixes/step.ts";
import type { Terminal } from "../machine/terminal.ts";
import { bytesText, countText, numberText } from "../report/text/amounts.ts";
import { stepLine } from "../report/text/fix.ts";
import { progressOn } from "./progress.ts";

export interface PlanProgress {
  onStep(step: BoundStep, number: number): void;
  onProgress(progress: ActProgress): void;
  end(): void;
}

/** Of a plan that is applied: each step on a line that stays, and below it how far that step is. */
export function planProgress(terminal: Terminal, { steps, frees }: { readonly steps: number; readonly frees: number }): PlanProgress {
  const progress = progressOn(terminal);
  const free = frees > 0 ? `, ${bytesText(frees)} come free` : "";
  return {
    onStep: (step, number) => {
      progress.end();
      terminal.err(`${stepLine(step, number + 1, steps)}\n`);
    },
    onProgress: (done) => progress.say("removed" in done ? `${countText(done.removed, "name")} deleted${free}` : `${numberText(done.done)} of ${numberText(done.all)}${free}`),
    end: progress.end,
  };
}
