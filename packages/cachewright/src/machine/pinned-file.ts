import { closeSync, constants, fchmodSync, fchownSync, fstatSync, fsyncSync, openSync, unlinkSync, writeSync } from "node:fs";
import { closePinned, fdPath, openPinnedIfAny, pathIn, placePath, type Pinned } from "./pinned.ts";
import { errnoOf, pinnedFailure } from "./pinned-failure.ts";

export interface NewFile {
  readonly bytes: Uint8Array;
  readonly mode: number;
  readonly owner?: { readonly uid: number; readonly gid: number };
}

/** What some network and FUSE file systems answer when asked to sync a directory. */
const cannotSync = new Set(["EINVAL", "ENOTSUP", "EOPNOTSUPP", "ENOSYS"]);

function syncFd(fd: number): void {
  try {
    fsyncSync(fd);
  } catch (error) {
    if (!cannotSync.has(errnoOf(error) ?? "")) throw error;
  }
}

/** Makes the names in a held directory survive a crash. */
export function fsyncDir(directory: Pinned): void {
  let fd: number | undefined;
  try {
    // An O_PATH descriptor cannot be synced; the same directory is opened once more through it.
    fd = openSync(fdPath(directory), constants.O_RDONLY | constants.O_DIRECTORY);
    syncFd(fd);
  } catch (cause) {
    throw pinnedFailure(directory.path, "sync", cause);
  } finally {
    if (fd !== undefined) closeSync(fd);
  }
}

function fill(fd: number, file: NewFile): void {
  for (let written = 0; written < file.bytes.length; ) written += writeSync(fd, file.bytes, written);
  if (file.owner !== undefined) fchownSync(fd, file.owner.uid, file.owner.gid);
  // After chown, which clears set-id bits, and past the umask.
  fchmodSync(fd, file.mode);
  fsyncSync(fd);
}

function dropUnfinished(fd: number, parent: Pinned, name: string): void {
  const made = fstatSync(fd, { bigint: true });
  const found = openPinnedIfAny(parent, name);
  if (found === undefined) return;
  const now = fstatSync(found.fd, { bigint: true });
  closePinned(found);
  if (now.ino === made.ino && now.dev === made.dev) unlinkSync(placePath(parent, name));
}

/** Makes a file that was not there, whole and on disk, or not at all. A taken name is E_REFUSED. */
export function createFileAt(parent: Pinned, name: string, file: NewFile): void {
  const path = pathIn(parent, name);
  let fd: number | undefined;
  try {
    fd = openSync(placePath(parent, name), constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | constants.O_NOFOLLOW, 0o600);
    fill(fd, file);
  } catch (cause) {
    if (fd !== undefined) dropUnfinished(fd, parent, name);
    throw pinnedFailure(path, "write", cause);
  } finally {
    if (fd !== undefined) closeSync(fd);
  }
  fsyncDir(parent);
}
