import { collectFacts } from "../facts/collect-facts.ts";
import { toolsHere } from "../facts/tools-here.ts";
import { readCondarc } from "../tools/conda/condarc.ts";
import { toolFileReader } from "../facts/tool-file-reader.ts";
import { diagnosedTools } from "../tools/diagnosed-tools.ts";
import { readPixiConfig } from "../tools/pixi/pixi-config.ts";
import type { CollectOptions } from "../facts/collect-options.ts";
import type { Facts } from "../facts/facts.ts";
import { AppError } from "../machine/app-error.ts";
import type { Answer, Machine } from "../machine/machine.ts";
import { openHands } from "../machine/open-hands.ts";
import { shareProbe, type ShareAct } from "../machine/share-probe.ts";
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
  /** Somebody else, whom root acts for. */
  readonly account?: Account;
  collect(options: CollectOptions): Facts;
  resolve(proposals: readonly (readonly ProposedStep[])[]): Step[][];
  probe(directories: readonly string[]): Probe[];
  /** One part of the proof that two users can work in the same directory. */
  share(act: ShareAct): Answer<undefined>;
  perform(acts: readonly Act[], keepGoing: boolean): ActFailure[];
}

/** One task for a process that is the user. */
export type UserTask =
  | { readonly task: "collect"; readonly options: CollectOptions }
  | { readonly task: "resolve"; readonly proposals: readonly (readonly ProposedStep[])[] }
  | { readonly task: "probe"; readonly directories: readonly string[] }
  | { readonly task: "share"; readonly act: ShareAct }
  | { readonly task: "perform"; readonly acts: readonly Act[]; readonly keepGoing: boolean };

export function doTask(machine: Machine, task: UserTask): unknown {
  switch (task.task) {
    case "collect": {
      const here = new Set(toolsHere(machine));
      return collectFacts(machine, { ...task.options, condarcReader: readCondarc, pixiConfigReader: readPixiConfig, tools: diagnosedTools.filter(({ name }) => here.has(name)), toolFileReader });
    }
    case "resolve": return resolveSteps(machine, task.proposals);
    case "probe": return task.directories.map((directory) => probeDirectory(directory));
    case "share": return shareProbe(task.act);
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
    share: (act) => ask({ task: "share", act }) as Answer<undefined>,
    perform: (acts, keepGoing) => ask({ task: "perform", acts, keepGoing }) as ActFailure[],
  };
}

/** The user's own process. */
export function ownSide(machine: Machine): UserSide {
  return sideThrough((task) => doTask(machine, task));
}

/** The answer is a user's word: root takes it only where it is about that user. */
function mustBeAbout(account: Account, facts: Facts): Facts {
  const { uid, euid, gid } = facts.user;
  if (uid !== account.uid || euid !== account.uid || gid !== account.gid) throw new AppError("E_STEP", `the process that acts as ${account.name} told of somebody else (uid ${uid})`);
  return facts;
}

function isProposed(step: Step, proposals: readonly ProposedStep[]): boolean {
  if (step.actor === "user") return true;
  if (step.kind === "remove") return proposals.some((one) => one.kind === "clear-cache" && one.actor === "root" && one.cache === step.within);
  return proposals.some((one) => JSON.stringify(one) === JSON.stringify(step));
}

/** What the user's own files add to a plan is the user's to do; root's steps are those that root proposed, no others. */
function mustBeProposed(proposals: readonly (readonly ProposedStep[])[], steps: readonly (readonly Step[])[]): void {
  const stray = steps.flatMap((each, at) => each.filter((step) => !isProposed(step, proposals[at] ?? [])));
  if (stray.length > 0 || steps.length !== proposals.length) throw new AppError("E_STEP", "the process that acts as the user answered with steps that nobody proposed");
}

/** Root's view of somebody else's side: one child process for each task. */
export function childSide(account: Account, ask: (task: UserTask) => unknown = (task) => askUserChild(account, task)): UserSide {
  const side = sideThrough(ask);
  return {
    ...side,
    account,
    collect: (options) => mustBeAbout(account, side.collect(options)),
    resolve: (proposals) => {
      const steps = side.resolve(proposals);
      mustBeProposed(proposals, steps);
      return steps;
    },
  };
}
