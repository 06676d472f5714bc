/** A process that is killed, as by `kill -9`, at the n-th point between two changes; prints how many there were when it gets through. */
import { applyPlan } from "../../src/fixes/apply.ts";
import { makePlan } from "../../src/fixes/plan.ts";
import { undoRun } from "../../src/fixes/undo.ts";
import { curesOf, everySteps, ownUser } from "./world.ts";

export interface Order {
  readonly home: string;
  readonly stateDir: string;
  /** Killed at this checkpoint, counted from 1. */
  readonly at: number;
  /** The run to undo; absent: apply every kind of step. */
  readonly undo?: string;
}

const order = JSON.parse(process.argv[2] ?? "") as Order;
const { home, stateDir } = order;
let passed = 0;

function checkpoint(): void {
  passed += 1;
  if (passed === order.at) process.kill(process.pid, "SIGKILL");
}

if (order.undo === undefined) applyPlan(makePlan({ cures: curesOf(everySteps(home)), user: ownUser }), { stateDir, command: "fix", checkpoint });
else undoRun(order.undo, { stateDir, checkpoint });
process.stdout.write(String(passed));
