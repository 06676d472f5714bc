/**
 * The attackers: each swaps something in the cache for something outside and back, for ever, in bursts with pauses, so
 * that a defender meets it both in the middle of a swap and after a rest. Descriptor 3 takes the number of swaps.
 */
import { linkSync, renameSync, unlinkSync, writeSync } from "node:fs";
import { basename, dirname } from "node:path";
import { ATTACKER } from "./arena.ts";

export type AttackKind = "links" | "hard-links" | "moved-links" | "bind-mounts";

type Swap = (turn: number) => void;

/** A directory is exchanged for a link to the outside one, and back; by turns an upper one, a lower one and the cache itself. */
function swapForLink(root: string): Swap {
  const places = [[`${root}/http-v2`, "a"], [`${root}/http-v2/a`, "b"], [dirname(root), basename(root)]] as const;
  return (turn) => {
    const [dir, name] = places[turn % places.length] ?? places[0];
    renameSync(`${dir}/${name}`, `${dir}/.away`);
    renameSync(`${dir}/.link`, `${dir}/${name}`);
    renameSync(`${dir}/${name}`, `${dir}/.link`);
    renameSync(`${dir}/.away`, `${dir}/${name}`);
  };
}

/** A file is exchanged for a hard link to an outside one. The link is gone a moment later, and with it the second name. */
function swapForHardLink(root: string, outside: string): Swap {
  const [file, away] = [`${root}/wheels/swapped.whl`, `${root}/wheels/.away`];
  return () => {
    renameSync(file, away);
    linkSync(`${outside}/secret`, file);
    unlinkSync(file);
    renameSync(away, file);
  };
}

/** The one name inside of an outside file is moved about, to be counted twice. */
function moveLink(root: string): Swap {
  return () => {
    renameSync(`${root}/wheels/1/moving`, `${root}/wheels/2/moving`);
    renameSync(`${root}/wheels/2/moving`, `${root}/wheels/1/moving`);
  };
}

function pause(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}

const BURST = 100;

function swapForEver(swap: Swap): never {
  const count = Buffer.alloc(8);
  const starter = process.ppid;
  for (let turn = 0; ; turn += 1) {
    swap(turn);
    if ((turn + 1) % BURST !== 0) continue;
    count.writeBigUInt64LE(BigInt(turn + 1));
    writeSync(3, count, 0, 8, 0);
    // Nobody is left to stop us.
    if (process.ppid !== starter) process.exit(1);
    pause(Math.random() < 0.9 ? 0 : Math.random() * 80);
  }
}

/** The entry of the attacking process. Only hard links to root's files need root, so that the system's protected_hardlinks does not matter. */
export function attack(kind: AttackKind, root: string, outside: string): never {
  if (kind === "hard-links") return swapForEver(swapForHardLink(root, outside));
  process.setgroups?.([]);
  process.setgid?.(ATTACKER.gid);
  process.setuid?.(ATTACKER.uid);
  return swapForEver(kind === "links" ? swapForLink(root) : moveLink(root));
}
