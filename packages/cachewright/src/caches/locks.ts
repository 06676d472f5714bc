/** The tools are kept out of their caches while these are changed; where that cannot be, nothing is changed. */
import { AppError } from "../machine/app-error.ts";
import { holdLock, type HeldLock } from "../machine/hold-lock.ts";
import type { Machine } from "../machine/machine.ts";
import { ownMark } from "../machine/proc.ts";
import { runningNow } from "../machine/running.ts";
import type { CacheLock } from "../tools/tool-cache.ts";
import type { ToolName } from "../tools/tool.ts";
import { keepsOff } from "./keeps-off.ts";

export interface LockWish {
  readonly tool: ToolName;
  readonly root: string;
  readonly lock: CacheLock;
}

/** All of them or none. */
export async function keepToolsOut(machine: Machine, wishes: readonly LockWish[]): Promise<HeldLock> {
  const held: HeldLock[] = [];
  const release = (): void => {
    for (const lock of held) lock.release();
  };
  try {
    for (const wish of wishes) {
      const lock = await keepOut(machine, wish);
      if (lock !== undefined) held.push(lock);
    }
    return { release };
  } catch (error) {
    release();
    throw error;
  }
}

async function keepOut(machine: Machine, { tool, root, lock }: LockWish): Promise<HeldLock | undefined> {
  if (lock.how === "not-needed") return undefined;
  if (lock.how === "not-running") {
    refuseRunning(machine, { tool, root, commands: lock.commands });
    return undefined;
  }
  // Looking after a cache leaves nothing of its own in it: without a lock nobody holds one.
  const answer = await holdLock(lock);
  if (answer.state === "held") return answer.lock;
  if (answer.state === "busy") throw busy(tool, root, `${tool} holds ${lock.path}`);
  // Nobody can hold a lock that is not there; and where nothing can take it, at least nobody may be at work.
  refuseRunning(machine, { tool, root, commands: [tool] });
  return undefined;
}

function refuseRunning(machine: Machine, { tool, root, commands }: { readonly tool: ToolName; readonly root: string; readonly commands: readonly string[] }): void {
  const running = runningNow(machine, commands, ownMark().pid);
  if (running === undefined) throw new AppError("E_LOCKED", `whether ${tool} is using ${root} cannot be told on this system, and it has no lock that could be held`);
  const first = running.find((one) => !keepsOff(machine, { tool, root, running: one }));
  if (first !== undefined) throw busy(tool, root, `process ${first.pid} runs: ${first.command}`);
}

function busy(tool: ToolName, root: string, why: string): AppError {
  return new AppError("E_LOCKED", `${tool} is using ${root}: ${why}`, { hint: "nothing was changed; run it again when that has ended" });
}
