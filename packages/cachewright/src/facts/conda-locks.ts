import { join } from "node:path";
import { redact } from "../machine/redact.ts";
import type { CondaFact } from "./facts.ts";
import { holdersOf } from "./lock-holders.ts";
import { lookToWrite, type Looks } from "./looks.ts";

/**
 * Files that these programs lock: what is noted of a channel and a download under way (conda: byte 21 with fcntl),
 * `<directory>/<its name>.lock` (mamba), `.cache.lock` and one file for each channel (rattler: flock). That one is there
 * says nothing: only the kernel knows who holds it.
 */
export function condaLocks(looks: Looks, directories: readonly string[]): NonNullable<CondaFact["locks"]> {
  return [...new Set(directories)].flatMap((directory) => {
    const entries = looks.machine.list(directory);
    const names = (entries.ok ? entries.value : []).map(({ name }) => name).filter((name) => /\.(?:(?:info|state)\.json|partial|lock)$/.test(name)).sort();
    return names.flatMap((name) => heldAt(looks, join(directory, name)));
  });
}

function heldAt(looks: Looks, path: string): NonNullable<CondaFact["locks"]> {
  const stat = looks.machine.stat(path);
  if (!stat.ok || stat.value.type !== "file") return [];
  const holders = holdersOf(looks.machine, path, stat.value);
  if (holders.length === 0) return [];
  lookToWrite(looks, path);
  return [{ path, holders: holders.map(({ pid, uid, shared }) => ({ pid, ...(uid === undefined ? {} : { uid }), command: commandOf(looks, pid), shared })) }];
}

function commandOf(looks: Looks, pid: number): string {
  const answer = looks.machine.readFile(`/proc/${pid}/cmdline`, 1 << 16);
  const words = answer.ok ? answer.value.toString("utf8").split("\0").filter((word) => word !== "").join(" ") : "";
  return redact(words === "" ? "a process whose command cannot be read" : words.replace(/\s+/g, " ").slice(0, 120));
}
