import { fstatSync, type BigIntStats } from "node:fs";
import type { Guard } from "./guard.ts";
import { AppError } from "./app-error.ts";
import type { FileType } from "./machine.ts";
import { mountIdOf } from "./mount-id.ts";
import { closePinned, openPinnedAt, type Pinned, type Place } from "./pinned.ts";

export type GuardField = keyof Guard;

const FIELDS: readonly GuardField[] = ["type", "dev", "ino", "mount", "uid", "gid", "mode", "nlink"];

function typeOf(stat: BigIntStats): FileType {
  if (stat.isFile()) return "file";
  if (stat.isDirectory()) return "dir";
  if (stat.isSymbolicLink()) return "link";
  if (stat.isFIFO()) return "fifo";
  return stat.isSocket() ? "socket" : "device";
}

export function guardOf(pinned: Pinned, mount: number | null = mountIdOf(pinned.fd)): Guard {
  const stat = fstatSync(pinned.fd, { bigint: true });
  return {
    type: typeOf(stat),
    dev: String(stat.dev),
    ino: String(stat.ino),
    uid: Number(stat.uid),
    gid: Number(stat.gid),
    mode: Number(stat.mode & 0o7777n),
    nlink: Number(stat.nlink),
    mount,
  };
}

function differs(field: GuardField, now: Guard, then: Guard): boolean {
  // A directory's nlink counts its sub-directories, and they come and go.
  if (field === "nlink" && then.type === "dir") return false;
  if (field === "mount" && then.mount === null) return false;
  return now[field] !== then[field];
}

function shown(field: GuardField, guard: Guard): string {
  return field === "mode" ? guard.mode.toString(8).padStart(4, "0") : String(guard[field]);
}

/** Throws E_CHANGED, naming path and what differs. `ignore` what is meant to differ (undo after a reboot: dev, mount). */
export function checkGuard(pinned: Pinned, guard: Guard, ignore: readonly GuardField[] = []): void {
  const now = guardOf(pinned);
  const changes = FIELDS.filter((field) => !ignore.includes(field) && differs(field, now, guard));
  if (changes.length === 0) return;
  const what = changes.map((field) => `${field} was ${shown(field, guard)}, is ${shown(field, now)}`).join("; ");
  throw new AppError("E_CHANGED", `${pinned.path} has changed: ${what}`);
}

/** How long, in all, a batch of checks may wait for objects changed a moment ago to come to rest. Used up by waiting. */
export interface Patience {
  leftMs: number;
}

/** A change shows in ctime, at worst a timer tick late (10 ms at HZ=100); ext4 with 128-byte inodes keeps whole seconds. */
const TICK_MS = 40;
const COARSE_TICK_MS = 1_040;

function sleep(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}

function statAt(place: Place): BigIntStats {
  const found = openPinnedAt(place.parent, place.name);
  try {
    return fstatSync(found.fd, { bigint: true });
  } finally {
    closePinned(found);
  }
}

/** How many milliseconds until a change between the two times would be told by `stat`; 0 = there was none. */
function restsIn(stat: BigIntStats, before: number, after: number): number {
  const changed = Number(stat.ctimeNs / 1_000_000n);
  const tick = stat.ctimeNs % 1_000_000_000n === 0n ? COARSE_TICK_MS : TICK_MS;
  return changed < before - tick || changed > after + tick ? 0 : changed + tick + 1 - after;
}

/**
 * Proves that a held object has the names its guard counted and that `place` is one of them, at one moment. Without it,
 * nlink lies: link an outside file into the tree, let it be opened, unlink it again, and fstat says "one name" of a file
 * whose one name is outside. No link or unlink goes without a new ctime, so an object whose ctime is older than the
 * look-up kept its names during it. What changed a moment ago is waited for as long as `patience` lasts, then E_CHANGED.
 * Ask this last, right before a chown or chmod of anything but a directory.
 */
export function checkNamed(place: Place, pinned: Pinned, rule: { nlink: number; patience?: Patience }): void {
  const patience = rule.patience ?? { leftMs: COARSE_TICK_MS + TICK_MS };
  const held = fstatSync(pinned.fd, { bigint: true });
  for (;;) {
    const before = Date.now();
    const named = statAt(place);
    if (named.ino !== held.ino || named.dev !== held.dev) throw new AppError("E_CHANGED", `${pinned.path} has changed: its name means another object by now`);
    if (named.isDirectory()) return;
    if (Number(named.nlink) !== rule.nlink) throw new AppError("E_CHANGED", `${pinned.path} has changed: it had ${rule.nlink} names, has ${named.nlink}`);
    const wait = restsIn(named, before, Date.now());
    if (wait === 0) return;
    if (wait > patience.leftMs) throw new AppError("E_CHANGED", `${pinned.path} is being changed right now`);
    patience.leftMs -= wait;
    sleep(wait);
  }
}

export interface Expected {
  readonly guard: Guard;
  readonly ignore?: readonly GuardField[];
  readonly patience?: Patience;
}

/** Pins `place`, checks guard and names, and lets `act` change the held object. */
export function withChecked<T>(place: Place, expected: Expected, act: (pinned: Pinned) => T): T {
  const pinned = openPinnedAt(place.parent, place.name);
  try {
    checkGuard(pinned, expected.guard, expected.ignore);
    checkNamed(place, pinned, { nlink: expected.guard.nlink, ...(expected.patience && { patience: expected.patience }) });
    return act(pinned);
  } finally {
    closePinned(pinned);
  }
}
