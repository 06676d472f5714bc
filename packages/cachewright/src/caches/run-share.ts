import type { ActProgress } from "../fixes/act.ts";
import { applyPlan, type RunOutcome } from "../fixes/apply.ts";
import { undoOptionsFor, accountNamed } from "../fixes/cure.ts";
import { planAsAsked } from "../fixes/plan-as-asked.ts";
import type { Probe } from "../fixes/probe.ts";
import { proveShared } from "../fixes/prove-shared.ts";
import { endRun } from "../fixes/runs.ts";
import type { BoundStep, Plan } from "../fixes/step.ts";
import type { Machine } from "../machine/machine.ts";
import { chooseStateDir } from "../machine/state-dir.ts";
import { keepToolsOut } from "./locks.ts";
import type { PreparedShare } from "./share.ts";

export interface ShareOutcome {
  readonly outcome: RunOutcome;
  readonly status: "shared" | "not-verified" | "failed";
  /** Two members, each with what the other makes; empty where only root could have been both, or there are no two. */
  readonly probes: readonly Probe[];
}

export function sharePlan(machine: Machine, { steps }: PreparedShare): Plan {
  return planAsAsked(machine, steps);
}

export interface RunShareOptions {
  readonly command: string;
  readonly onStep?: (step: BoundStep, number: number) => void;
  readonly onProgress?: (progress: ActProgress) => void;
}

/** Applies, then has two members of the group make, read, change and remove each other's entries. */
export async function runShare(machine: Machine, { share, plan }: { readonly share: PreparedShare; readonly plan: Plan }, options: RunShareOptions): Promise<ShareOutcome> {
  const { inventory: { place, cache, ask, entries } } = share;
  const locks = cache.locks?.(ask, entries) ?? [cache.lock(ask)];
  const lock = await keepToolsOut(machine, locks.map((one) => ({ tool: place.tool, root: place.root, lock: one })));
  try {
    const stateDir = chooseStateDir(machine);
    const outcome = applyPlan(plan, { ...undoOptionsFor(machine, stateDir), ...options, stateDir });
    if (outcome.status === "rolled-back") return { outcome, status: "failed", probes: [] };
    const probes = prove(machine, share);
    const status = probes.every(({ ok }) => ok) ? "shared" : "not-verified";
    endRun(outcome.run, { stateDir, results: [], status: status === "shared" ? "cured" : "not-verified" });
    return { outcome, status, probes };
  } finally {
    lock.release();
  }
}

/** Only root can be two users. */
function prove(machine: Machine, { inventory: { place }, group, way, hasDefaultLists }: PreparedShare): readonly Probe[] {
  const [first] = group.members;
  if (machine.identity.euid !== 0 || way === "read" || first === undefined) return [];
  return proveShared(machine, accountNamed(machine, first), { directories: [place.root], gid: group.gid, partners: [], umask: hasDefaultLists ? 0o022 : 0o002 });
}
