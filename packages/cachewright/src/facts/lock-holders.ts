import type { Looker, Stat } from "../machine/machine.ts";

export interface Holder { readonly pid: number; readonly shared: boolean; readonly uid: number | undefined }

interface Held { readonly pid: number; readonly shared: boolean; readonly device: string; readonly ino: string }

/** `1: FLOCK  ADVISORY  WRITE 1234 08:01:5678 0 EOF`; one that waits has an arrow behind its number (proc_locks(5)). */
const line = /^\d+: (?:FLOCK|POSIX|OFDLCK) +\S+ +(READ|WRITE) +(-?\d+) ([0-9a-f]+:[0-9a-f]+):(\d+) /;

export function parseLocks(text: string): Held[] {
  return text.split("\n").flatMap((each): Held[] => {
    const found = line.exec(each.replace(/^lock:\s*/, ""));
    return found === null ? [] : [{ shared: found[1] === "READ", pid: Number(found[2]), device: found[3] ?? "", ino: found[4] ?? "" }];
  });
}

/** `major:minor` in hexadecimal, as the kernel writes it, of what stat(2) says (makedev(3)). */
function deviceOf({ dev }: Stat): string {
  const number = BigInt(dev);
  const major = ((number >> 8n) & 0xfffn) | ((number >> 32n) & 0xfffff000n);
  const minor = (number & 0xffn) | ((number >> 12n) & 0xffffff00n);
  return `${major.toString(16).padStart(2, "0")}:${minor.toString(16).padStart(2, "0")}`;
}

function text(looker: Looker, path: string): string {
  const answer = looker.readFile(path, 1 << 20);
  return answer.ok ? answer.value.toString("latin1") : "";
}

/** Does this process have the file open, with a lock on it? Only of one's own processes the kernel tells. */
function lockThrough(looker: Looker, pid: number, path: string): Held | undefined {
  const files = looker.list(`/proc/${pid}/fd`);
  for (const { name } of files.ok ? files.value : []) {
    const to = looker.readlink(`/proc/${pid}/fd/${name}`);
    if (to.ok && to.value === path) {
      const [held] = parseLocks(text(looker, `/proc/${pid}/fdinfo/${name}`));
      if (held !== undefined) return held;
    }
  }
  return undefined;
}

/**
 * Who holds a kernel lock on the file. The table of all locks names process, device and inode, whoever asks; but a lock
 * lives on in a child when its maker is gone, and btrfs and overlay give another device there than stat(2) does. So
 * what is open, and locked, is looked at too.
 */
export function holdersOf(looker: Looker, path: string, stat: Stat): Holder[] {
  const real = looker.realpath(path);
  const listed = parseLocks(text(looker, "/proc/locks"));
  const alike = listed.filter((one) => one.ino === stat.ino);
  if (alike.length === 0) return [];
  const found = new Map<number, boolean>();
  for (const one of alike) if (one.device === deviceOf(stat) && one.pid > 0) found.set(one.pid, one.shared);
  const processes = looker.list("/proc");
  for (const { name } of processes.ok ? processes.value : []) {
    const held = /^\d+$/.test(name) ? lockThrough(looker, Number(name), real.ok ? real.value : path) : undefined;
    if (held !== undefined) found.set(Number(name), held.shared);
  }
  return [...found].flatMap(([pid, shared]): Holder[] => {
    const process = looker.lstat(`/proc/${pid}`);
    return process.ok ? [{ pid, shared, uid: process.value.uid }] : [];
  });
}
