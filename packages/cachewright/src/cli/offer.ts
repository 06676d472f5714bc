import { join } from "node:path";
import type { Machine } from "../machine/machine.ts";
import { existingStateDirs } from "../machine/state-dir.ts";

/** What the shells' completions call for the ids of runs, newest first; never typed by people. Reads names only: no journal is opened. */
export function offeredRuns(machine: Machine): string[] {
  const names = existingStateDirs(machine).flatMap((dir) => {
    const list = machine.list(join(dir, "runs"));
    return list.ok ? list.value.map(({ name }) => name) : [];
  });
  return names.filter((name) => /^\d{8}-\d{6}-[0-9a-f]{4}$/.test(name)).sort().reverse();
}
