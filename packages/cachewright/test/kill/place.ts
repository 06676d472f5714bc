import { mkdirSync, mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { applyPlan, type ApplyOptions, type RunOutcome } from "../../src/fixes/apply.ts";
import { makePlan } from "../../src/fixes/plan.ts";
import type { Plan, Step } from "../../src/fixes/step.ts";
import { curesOf, makeWorld, ownUser } from "./world.ts";

/** A throw-away home and state directory. */
export interface Place {
  readonly base: string;
  readonly home: string;
  readonly stateDir: string;
  plan(steps: readonly Step[]): Plan;
  apply(steps: readonly Step[], options?: Partial<ApplyOptions>): RunOutcome;
  remove(): void;
}

export function makePlace(): Place {
  const base = realpathSync(mkdtempSync(join(tmpdir(), "fixes-")));
  const home = join(base, "home");
  const stateDir = join(base, "state");
  mkdirSync(home);
  mkdirSync(stateDir, { mode: 0o700 });
  makeWorld(home);
  const plan = (steps: readonly Step[]): Plan => makePlan({ cures: curesOf(steps), user: ownUser });
  return {
    base, home, stateDir, plan,
    apply: (steps, options = {}) => applyPlan(plan(steps), { stateDir, command: "fix", ...options }),
    remove: () => rmSync(base, { recursive: true, force: true }),
  };
}
