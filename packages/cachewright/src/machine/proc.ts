import * as fs from "node:fs";
import * as os from "node:os";

/**
 * Who a process is, beyond its number: numbers are used again. Two holders are the same process only when
 * everything known about both is equal.
 */
export interface ProcessMark {
  readonly pid: number;
  /** Clock ticks after boot, field 22 of /proc/PID/stat (proc(5)); null where there is no /proc. */
  readonly start: string | null;
  readonly host: string;
  /** /proc/sys/kernel/random/boot_id; ticks count from that boot. */
  readonly boot: string | null;
  /** The pid namespace: a container's pids mean nothing outside it. */
  readonly pidSpace: string | null;
}

function textOf(path: string): string | null {
  try {
    return fs.readFileSync(path, "latin1").trim();
  } catch {
    return null;
  }
}

function pidSpace(): string | null {
  try {
    return fs.readlinkSync("/proc/self/ns/pid");
  } catch {
    return null;
  }
}

/** The start time of a process in clock ticks; null when it is not there or there is no /proc. */
export function processStart(pid: number): string | null {
  const stat = textOf(`/proc/${pid}/stat`);
  if (stat === null) return null;
  // The second field is the program's name in parentheses and may itself hold spaces and parentheses.
  return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19] ?? null;
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

export function ownMark(): ProcessMark {
  return {
    pid: process.pid,
    start: processStart(process.pid),
    host: os.hostname(),
    boot: textOf("/proc/sys/kernel/random/boot_id"),
    pidSpace: pidSpace(),
  };
}

/** "unseen": it runs, or ran, where this process cannot look (another host, another container). */
export function lifeOf(mark: ProcessMark): "alive" | "dead" | "unseen" {
  const own = ownMark();
  if (mark.host === own.host && mark.boot !== own.boot) return "dead";
  if (mark.host !== own.host && mark.boot !== own.boot) return "unseen";
  if (mark.pidSpace !== own.pidSpace) return "unseen";
  if (!isRunning(mark.pid)) return "dead";
  return mark.start === null || mark.start === processStart(mark.pid) ? "alive" : "dead";
}

/** The uid this process acts as; -1 on Windows. */
export function ownUid(): number {
  return process.geteuid?.() ?? -1;
}
