import { readFileSync, readdirSync, readlinkSync } from "node:fs";

/**
 * Open files beyond the first three that whoever started us passed on (`pip install -r <(…)` is /dev/fd/63 in bash). Node
 * closes them on exec, and has some of its own: event queues, and pipes of which it holds both ends. /dev/null may be either's.
 */
export function inheritedFds(): number[] {
  const open = openFds();
  const ends = new Map<string, Set<number>>();
  for (const { fd, target } of open) {
    if (target.startsWith("pipe:")) ends.set(target, (ends.get(target) ?? new Set()).add(accessMode(fd)));
  }
  return open.filter(({ target }) => !target.startsWith("anon_inode:") && (ends.get(target)?.size ?? 1) === 1).map(({ fd }) => fd);
}

function openFds(): { fd: number; target: string }[] {
  try {
    return readdirSync("/proc/self/fd").map(Number).filter((fd) => fd > 2).flatMap((fd) => {
      try {
        return [{ fd, target: readlinkSync(`/proc/self/fd/${fd}`) }];
      } catch {
        return []; // The directory itself, closed again.
      }
    });
  } catch {
    return [];
  }
}

function accessMode(fd: number): number {
  const flags = /^flags:\s*(\d+)/m.exec(readFileSync(`/proc/self/fdinfo/${fd}`, "utf8"))?.[1] ?? "0";
  return Number.parseInt(flags, 8) & 3;
}
