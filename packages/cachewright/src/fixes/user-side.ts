import { collectFacts, type CollectOptions } from "../facts/collect-facts.ts";
import type { Facts } from "../facts/facts.ts";
import type { Machine } from "../machine/machine.ts";
import { openHands } from "../machine/open-hands.ts";
import { askUserChild, type Account } from "../machine/user-child.ts";
import type { ProposedStep } from "../problems/problem.ts";
import { performActs, type Act, type ActFailure } from "./act.ts";
import { probeDirectory, type Probe } from "./probe.ts";
import { resolveSteps } from "./resolve.ts";
import type { Step } from "./step.ts";

/**
 * Everything that is done with the rights of the user a cure is for: looking, computing edits from the user's own
 * files, probing, and the acts that need no privilege. A user does it in process; root has it done by a child
 * that became the user.
 */
export interface UserSide {
  collect(options: CollectOptions): Facts;
  resolve(proposals: readonly (readonly ProposedStep[])[]): Step[][];
  probe(directories: readonly string[]): Probe[];
  perform(acts: readonly Act[], keepGoing: boolean): ActFailure[];
}

/** One task for a process that is the user. */
export type UserTask =
  | { readonly task: "collect"; readonly options: CollectOptions }
  | { readonly task: "resolve"; readonly proposals: readonly (readonly ProposedStep[])[] }
  | { readonly task: "probe"; readonly directories: readonly string[] }
  | { readonly task: "perform"; readonly acts: readonly Act[]; readonly keepGoing: boolean };

export function doTask(machine: Machine, task: UserTask): unknown {
  switch (task.task) {
    case "collect": return collectFacts(machine, task.options);
    case "resolve": return resolveSteps(machine, task.proposals);
    case "probe": return task.directories.map((directory) => probeDirectory(directory));
    case "perform": {
      const hands = openHands();
      try {
        return performActs(task.acts, { hands, keepGoing: task.keepGoing });
      } finally {
        hands.close();
      }
    }
  }
}

function sideThrough(ask: (task: UserTask) => unknown): UserSide {
  return {
    collect: (options) => ask({ task: "collect", options }) as Facts,
    resolve: (proposals) => ask({ task: "resolve", proposals }) as Step[][],
    probe: (directories) => ask({ task: "probe", directories }) as Probe[],
    perform: (acts, keepGoing) => ask({ task: "perform", acts, keepGoing }) as ActFailure[],
  };
}

/** The user's own process. */
export function ownSide(machine: Machine): UserSide {
  return sideThrough((task) => doTask(machine, task));
}

/** Root's view of somebody else's side: one child process for each task. */
export function childSide(account: Account): UserSide {
  return sideThrough((task) => askUserChild(account, task));
}
