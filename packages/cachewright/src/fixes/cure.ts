import { readPasswd } from "../facts/accounts.ts";
import type { Facts } from "../facts/facts.ts";
import { AppError } from "../machine/app-error.ts";
import type { Machine } from "../machine/machine.ts";
import { openHands } from "../machine/open-hands.ts";
import { chooseStateDir, existingStateDirs } from "../machine/state-dir.ts";
import type { Account } from "../machine/user-child.ts";
import { diagnose, type Diagnosis } from "../problems/diagnose.ts";
import { applyPlan, type RunOutcome } from "./apply.ts";
import { chooseCures, type Choice } from "./choose-cures.ts";
import { loadEditors } from "./format-edits.ts";
import { planCures } from "./plan-cures.ts";
import { formatsOf } from "./resolve.ts";
import { groupsOf, proveShared } from "./prove-shared.ts";
import type { Probe } from "./probe.ts";
import { rollBackInterrupted, type Recovery } from "./recover.ts";
import { endRun } from "./runs.ts";
import type { BoundStep, Plan } from "./step.ts";
import type { UndoOptions } from "./undo.ts";
import { childSide, ownSide, type UserSide } from "./user-side.ts";
import { verifyCures, type Verified } from "./verify-cures.ts";

export interface FixRequest {
  /** Where the command was given: sudo keeps the directory. */
  readonly here?: string | undefined;
  /** Only these; every finding of a plain doctor when empty. */
  readonly problems: readonly string[];
  readonly choose?: string | undefined;
  readonly python?: string | undefined;
  readonly tool?: string | undefined;
  /** Root acting for this account. */
  readonly account?: Account | undefined;
}

/** Everything that is known before a person is asked. */
export interface PreparedFix {
  readonly request: FixRequest;
  readonly facts: Facts;
  readonly diagnosis: Diagnosis;
  readonly choice: Choice;
  /** Null when nothing is to be done, or nothing this call may do. */
  readonly plan: Plan | null;
}

export interface FixOutcome {
  readonly outcome: RunOutcome;
  readonly verified: readonly Verified[];
  readonly status: "cured" | "not-verified" | "failed";
}

/** The account of a name, for `--for-user`. Only root can act for somebody. */
export function accountNamed(machine: Machine, name: string): Account {
  if (machine.identity.euid !== 0) throw new AppError("E_PRIVILEGE", "only root can act for another user", { hint: `as root: cachewright fix --for-user ${name}` });
  const entry = readPasswd(machine).find((candidate) => candidate.name === name);
  if (entry === undefined) throw new AppError("E_USAGE", `there is no account ${name} in /etc/passwd`);
  return { name, uid: entry.uid, gid: entry.gid, home: entry.home, shell: entry.shell };
}

export function sideFor(machine: Machine, account: Account | undefined): UserSide {
  return account === undefined || account.uid === machine.identity.euid ? ownSide(machine) : childSide(account);
}

/** How undo and roll-back get a user's acts done: by a child, when root acts for somebody. */
export function undoOptionsFor(machine: Machine, stateDir: string): Pick<UndoOptions, "stateDir" | "performAsUser"> {
  return {
    stateDir,
    performAsUser: (acts, keepGoing, user) => {
      const account = accountNamed(machine, user.name);
      if (account.uid !== user.uid) throw new AppError("E_CHANGED", `${user.name} had uid ${user.uid}, has ${account.uid} now: it is another account`);
      return childSide(account).perform(acts, keepGoing);
    },
  };
}

interface Look {
  readonly facts: Facts;
  readonly diagnosis: Diagnosis;
}

async function lookAgain(side: UserSide, request: FixRequest, deep: boolean): Promise<Look> {
  const facts = side.collect({ deep, python: request.python, here: request.account === undefined ? undefined : request.here, asked: request.problems, environment: request.account === undefined ? "own" : "login" });
  const asked = request.problems.length > 0 || request.python !== undefined;
  return { facts, diagnosis: await diagnose(facts, { problems: request.problems, asked, tool: request.tool }) };
}

/** A cure of a tree must know the whole tree; a quick look may have left parts out. */
async function lookForCure(side: UserSide, request: FixRequest): Promise<Look> {
  const quick = await lookAgain(side, request, false);
  const whole = quick.diagnosis.findings.length === 0 || quick.facts.scans.every((scan) => scan.complete);
  return whole ? quick : lookAgain(side, request, true);
}

function userOf({ user }: Facts, account: Account | undefined): Plan["user"] {
  return { uid: user.uid, name: account?.name ?? (user.name.ok ? user.name.value : String(user.uid)) };
}

/** Runs that a kill left half done are taken back first: the next plan starts from a world nobody left in between. */
export function recoverInterrupted(machine: Machine): Recovery {
  const recoveries = existingStateDirs(machine).map((stateDir) => rollBackInterrupted(undoOptionsFor(machine, stateDir)));
  return { rolledBack: recoveries.flatMap((one) => one.rolledBack), unreadable: recoveries.flatMap((one) => one.unreadable) };
}

/** Looks, diagnoses, chooses and plans. Changes nothing. */
export async function prepareFix(machine: Machine, request: FixRequest): Promise<PreparedFix> {
  const side = sideFor(machine, request.account);
  const { facts, diagnosis } = await lookForCure(side, request);
  const choice = chooseCures(diagnosis, { asRoot: machine.identity.euid === 0, choose: request.choose, user: facts.user.name.ok ? facts.user.name.value : "NAME" });
  await loadEditors(formatsOf(choice.chosen.map(({ remedy }) => remedy.steps)));
  const account = side.account === undefined ? undefined : { ...side.account, groups: groupsOf(machine, side.account.name) };
  const { plan, kept, refused } = planCures(choice.chosen, { resolve: (proposals) => side.resolve(proposals), user: userOf(facts, account), account });
  return { request, facts, diagnosis, choice: { ...choice, chosen: kept, refused }, plan };
}

/**
 * A probe brings a directory's time back where the user may set it; where only somebody else's directory let the
 * user write, root does.
 */
function probeWithoutTrace(probe: () => Probe[], directories: readonly string[], asRoot: boolean): Probe[] {
  if (!asRoot) return probe();
  const hands = openHands();
  try {
    const before = directories.map((path) => ({ path, look: hands.look(path) }));
    const probes = probe();
    for (const { path, look } of before) {
      const now = hands.look(path);
      if (look !== undefined && now !== undefined && now.guard.ino === look.guard.ino && now.times.mtime !== look.times.mtime) {
        hands.setTimes({ path, guard: now.guard }, { atime: now.times.atime, mtime: look.times.mtime });
      }
    }
    return probes;
  } finally {
    hands.close();
  }
}

export interface RunFixOptions {
  /** How it was called, for the journal. */
  readonly command: string;
  readonly onStep?: (step: BoundStep, number: number) => void;
}

/** Applies the plan, detects again and probes for real, and closes the journal with what came of it. */
export async function runFix(machine: Machine, prepared: PreparedFix, options: RunFixOptions): Promise<FixOutcome> {
  const { plan, request, choice } = prepared;
  if (plan === null) throw new Error("there is no plan to run");
  const stateDir = chooseStateDir(machine);
  const outcome = applyPlan(plan, { ...undoOptionsFor(machine, stateDir), ...options, stateDir });
  if (outcome.status === "rolled-back") return { outcome, verified: [], status: "failed" };
  const side = sideFor(machine, request.account);
  // The proof is never a sample.
  const { facts, diagnosis } = await lookAgain(side, request, true);
  const { account } = request;
  const probe = (): Probe[] => [...side.probe(plan.probes), ...(account === undefined ? [] : choice.chosen.flatMap(({ remedy }) => (remedy.share === undefined ? [] : proveShared(machine, account, remedy.share))))];
  const verified = verifyCures({ chosen: choice.chosen, facts, diagnosis, probes: probeWithoutTrace(probe, plan.probes, account !== undefined) });
  const status = verified.every((one) => one.status === "gone") ? "cured" : "not-verified";
  endRun(outcome.run, { stateDir, results: verified.map(({ problem, subject, status: state, why }) => ({ problem, subject, status: state, ...(why === undefined ? {} : { why }) })), status });
  return { outcome, verified, status };
}
