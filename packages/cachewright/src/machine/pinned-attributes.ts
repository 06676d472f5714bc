/**
 * Owner, mode and times of held objects. All go through /proc/self/fd, which follows to the object itself: fchown and
 * fchmod refuse an O_PATH descriptor (EBADF), and lchown on the path changes nothing and says nothing.
 */
import { chmodSync, chownSync, fstatSync } from "node:fs";
import { AppError } from "./app-error.ts";
import { fdPath, type Pinned } from "./pinned.ts";
import { pinnedFailure } from "./pinned-failure.ts";
import { guardOf } from "./pinned-guard.ts";
import { mustRunOnPinned, PINNED_ARG } from "./pinned-run.ts";

export const SET_ID = 0o6000;

function attempt(pinned: Pinned, doing: string, act: () => void): void {
  try {
    act();
  } catch (cause) {
    throw pinnedFailure(pinned.path, doing, cause);
  }
}

/**
 * Set-id files are refused: the kernel would take the bits away (chown(2)), and giving them back afterwards would put
 * them on whatever the new owner, or an old one with the file still open, has written in between. Directories keep theirs.
 */
export function chownPinned(pinned: Pinned, uid: number, gid: number): void {
  const before = guardOf(pinned, null);
  if (before.type !== "dir" && before.type !== "link" && (before.mode & SET_ID) !== 0) {
    throw new AppError("E_REFUSED", `${pinned.path} has a set-user-ID or set-group-ID bit; its owner is left alone`);
  }
  attempt(pinned, "change the owner of", () => chownSync(fdPath(pinned), uid, gid));
  const after = guardOf(pinned, null);
  if (after.uid !== uid || after.gid !== gid) throw new AppError("E_STEP", `${pinned.path} still belongs to ${after.uid}:${after.gid}: its file system keeps owners`);
}

/** A link has no mode. Set-id bits can be kept or taken from a file, never given: a plan has no honest reason to. */
export function chmodPinned(pinned: Pinned, mode: number): void {
  const before = guardOf(pinned, null);
  if (before.type === "link") throw new AppError("E_REFUSED", `${pinned.path} is a symbolic link; it has no mode of its own`);
  if (before.type !== "dir" && (mode & SET_ID & ~before.mode) !== 0) {
    throw new AppError("E_REFUSED", `${pinned.path} would get a set-user-ID or set-group-ID bit`);
  }
  attempt(pinned, "change the mode of", () => chmodSync(fdPath(pinned), mode));
  const after = guardOf(pinned, null).mode;
  if (after !== mode) throw new AppError("E_STEP", `${pinned.path} has mode ${after.toString(8)}, not ${mode.toString(8)}: its file system keeps modes`);
}

/** Nanoseconds since 1970. */
export interface ExactTimes {
  readonly atime: bigint;
  readonly mtime: bigint;
}

export function timesOf(pinned: Pinned): ExactTimes {
  const stat = fstatSync(pinned.fd, { bigint: true });
  return { atime: stat.atimeNs, mtime: stat.mtimeNs };
}

function dateArg(nanoseconds: bigint): string {
  const size = nanoseconds < 0n ? -nanoseconds : nanoseconds;
  const fraction = String(size % 1_000_000_000n).padStart(9, "0");
  return `@${nanoseconds < 0n ? "-" : ""}${size / 1_000_000_000n}.${fraction}`;
}

/** Through touch(1), since `fs.utimes` takes a double and is off by up to a microsecond; `-c` keeps touch from opening a FIFO or device. */
export function touchPinned(pinned: Pinned, times: ExactTimes): void {
  const now = timesOf(pinned);
  if (now.atime !== times.atime) mustRunOnPinned(pinned, ["touch", "-c", "-a", "-d", dateArg(times.atime), PINNED_ARG]);
  if (now.mtime !== times.mtime) mustRunOnPinned(pinned, ["touch", "-c", "-m", "-d", dateArg(times.mtime), PINNED_ARG]);
  const set = timesOf(pinned);
  if (set.atime !== times.atime || set.mtime !== times.mtime) throw new AppError("E_STEP", `${pinned.path} did not take its exact times back`);
}
