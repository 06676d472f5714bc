import { randomBytes } from "node:crypto";
import * as fs from "node:fs";
import * as path from "node:path";
import { AppError } from "./app-error.ts";
import { distrust } from "./state-dir.ts";

/** A private file that only ever grows by whole, fsynced lines. */
export interface AppendFile {
  readonly path: string;
  readonly fd: number;
  /** Length up to the last line that was written whole. */
  length: number;
}

const { O_APPEND, O_CREAT, O_EXCL, O_NOFOLLOW = 0, O_NONBLOCK = 0, O_RDONLY, O_RDWR } = fs.constants;

/** Makes a new name durable. Windows cannot open directories; its file systems journal names themselves. */
export function fsyncDirectory(dir: string): void {
  if (process.platform === "win32") return;
  const fd = fs.openSync(dir, fs.constants.O_RDONLY);
  try {
    fs.fsyncSync(fd);
  } finally {
    fs.closeSync(fd);
  }
}

/** Makes a private directory; its parent must be there. An existing one is E_STATE unless `reuse`. */
export function makePrivateDirectory(dir: string, { reuse = false } = {}): void {
  try {
    fs.mkdirSync(dir, { mode: 0o700 });
    fsyncDirectory(path.dirname(dir));
  } catch (cause) {
    if (reuse && (cause as NodeJS.ErrnoException).code === "EEXIST") return;
    throw new AppError("E_STATE", `cannot make ${dir}: ${(cause as Error).message}; nothing was changed`, { cause });
  }
}

export function createAppendFile(file: string): AppendFile {
  try {
    const fd = fs.openSync(file, O_RDWR | O_APPEND | O_CREAT | O_EXCL | O_NOFOLLOW, 0o600);
    fsyncDirectory(path.dirname(file));
    return { path: file, fd, length: 0 };
  } catch (cause) {
    throw new AppError("E_STATE", `cannot make ${file}: ${(cause as Error).message}; nothing was changed`, { cause });
  }
}

function foreign(file: string, why: string): AppError {
  return new AppError("E_FOREIGN_RUN", `${file} ${why}: what it says is not followed`, {
    hint: "only the user who made a run can look after it",
  });
}

/** Where nothing can be written a journal can still be read: `runs` shows it, and the first line that is added fails. */
function openForMore(file: string): number {
  try {
    return fs.openSync(file, O_RDWR | O_APPEND | O_NOFOLLOW | O_NONBLOCK);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EROFS") throw error;
    return fs.openSync(file, O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
  }
}

/** Opens a journal for more lines. One that others own or may write, or that stands in such a directory, is E_FOREIGN_RUN. */
export function openAppendFile(file: string, uid: number): AppendFile {
  for (const dir of [path.dirname(file), path.dirname(path.dirname(file))]) {
    const why = distrust(dir, uid);
    if (why !== undefined) throw foreign(dir, why);
  }
  const seen = fs.lstatSync(file, { throwIfNoEntry: false });
  if (seen === undefined) throw new AppError("E_JOURNAL", `${file} is not there`);
  if (!seen.isFile()) throw foreign(file, "is not a regular file");
  if (uid >= 0 && seen.uid !== uid) throw foreign(file, `belongs to uid ${seen.uid}`);
  const fd = openForMore(file);
  const stat = fs.fstatSync(fd);
  const why = uid < 0 ? undefined
    : !stat.isFile() ? "is not a regular file"
    : stat.uid !== uid ? `belongs to uid ${stat.uid}`
    : (stat.mode & 0o022) !== 0 ? "is writable by others"
    : stat.nlink !== 1 ? "has a second name" : undefined;
  if (why === undefined) return { path: file, fd, length: stat.size };
  fs.closeSync(fd);
  throw foreign(file, why);
}

export function readAppendFile(file: AppendFile): Buffer {
  const bytes = Buffer.alloc(fs.fstatSync(file.fd).size);
  let length = 0;
  while (length < bytes.length) {
    const read = fs.readSync(file.fd, bytes, length, bytes.length - length, length);
    if (read === 0) break;
    length += read;
  }
  return bytes.subarray(0, length);
}

/**
 * Writes one line and waits until it is on the disk. When that fails (ENOSPC, EDQUOT, EIO) the file is cut back to
 * its last whole line, so that a later line never joins a torn one.
 */
export function appendLine(file: AppendFile, line: string): void {
  const bytes = Buffer.from(`${line}\n`, "utf8");
  try {
    if (fs.fstatSync(file.fd).size !== file.length) fs.ftruncateSync(file.fd, file.length);
    for (let at = 0; at < bytes.length;) at += fs.writeSync(file.fd, bytes, at, bytes.length - at);
    fs.fsyncSync(file.fd);
    file.length += bytes.length;
  } catch (cause) {
    try {
      fs.ftruncateSync(file.fd, file.length);
    } catch {
      // The torn line stays; readers know it by its missing line end.
    }
    const { code, message } = cause as NodeJS.ErrnoException;
    // Only `openForMore` leaves a descriptor that cannot be written.
    throw new AppError("E_STATE", `cannot write the journal ${file.path}: ${code === "EBADF" ? "the file system is read-only" : message}`, { cause });
  }
}

export function closeAppendFile(file: AppendFile): void {
  fs.closeSync(file.fd);
}

/** Takes up room on the disk that can be given back when it is needed. E_STATE where there is not that much. */
export function reserveRoom(file: string, bytes: number): void {
  try {
    const fd = fs.openSync(file, "wx", 0o600);
    try {
      // Random bytes: file systems that compress or leave out zeros would keep no room.
      const block = randomBytes(4096);
      for (let at = 0; at < bytes;) at += fs.writeSync(fd, block, 0, Math.min(block.length, bytes - at));
      fs.fsyncSync(fd);
    } finally {
      fs.closeSync(fd);
    }
  } catch (cause) {
    throw new AppError("E_STATE", `no room for the journal ${path.dirname(file)}: ${(cause as Error).message}; nothing was changed`, { cause });
  }
}

export function releaseRoom(file: string): void {
  fs.rmSync(file, { force: true });
}

/** Names in a directory of ours; empty where it is not there. */
export function listPrivateDirectory(dir: string): string[] {
  try {
    return fs.readdirSync(dir).sort();
  } catch {
    return [];
  }
}

/** Deletes a directory of our own state. */
export function removePrivateDirectory(dir: string): void {
  fs.rmSync(dir, { recursive: true, force: true });
}
