/** Which environments of `pipx run` a program is running from: pipx replaces itself by the program, so that it is not seen as pipx. */
import { join } from "node:path";
import type { Looker } from "../../machine/machine.ts";

/** By the environment's directory: why it has to stay. Only processes that this account may look at; none where there is no /proc. */
export function programsBelow(looker: Looker, root: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const processes = looker.list("/proc");
  for (const { name } of processes.ok ? processes.value : []) {
    if (!/^\d+$/.test(name)) continue;
    const read = looker.readFile(`/proc/${name}/cmdline`);
    if (!read.ok) continue;
    for (const argument of read.value.toString("utf8").split("\0").slice(0, 3)) {
      if (!argument.startsWith(`${root}/`)) continue;
      found.set(join(root, argument.slice(root.length + 1).split("/")[0] ?? ""), `process ${name} runs from it`);
    }
  }
  return found;
}
