/** A defender for the races of `test/races`: a whole cure with plan, journal and roll-back, and every other time its undo. */
import { mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { applyPlan } from "../../src/fixes/apply.ts";
import { makePlan } from "../../src/fixes/plan.ts";
import { undoRun } from "../../src/fixes/undo.ts";
import type { Defender } from "../races/race-apply.ts";

let round = 0;

export const defend: Defender = (root, to) => {
  const stateDir = join(dirname(dirname(root)), `state-${process.pid}`);
  mkdirSync(stateDir, { recursive: true, mode: 0o700 });
  const step = { kind: "chown", why: "because", actor: "root", root, within: root, select: "tree", to } as const;
  const plan = makePlan({ cures: [{ problem: "race", subject: root, remedy: { id: "give-back", steps: [step] } }], user: { uid: 0, name: "root" } });
  const { run, status } = applyPlan(plan, { stateDir, command: "fix" });
  round += 1;
  if (round % 2 === 1 && status === "applied") undoRun(run, { stateDir });
};
