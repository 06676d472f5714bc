import { closeSync, constants, fstatSync, openSync, readdirSync, readSync, type Dirent } from "node:fs";
import { Buffer } from "node:buffer";
import { AppError } from "./app-error.ts";
import type { DirEntry, FileType } from "./machine.ts";
import { pathFromBytes } from "./path-bytes.ts";
import { fdPath, type Pinned } from "./pinned.ts";
import { pinnedFailure } from "./pinned-failure.ts";

const CHUNK = 64 * 1024;

function typeOf(entry: Dirent<Buffer>): FileType | undefined {
  if (entry.isFile()) return "file";
  if (entry.isDirectory()) return "dir";
  if (entry.isSymbolicLink()) return "link";
  if (entry.isFIFO()) return "fifo";
  if (entry.isSocket()) return "socket";
  return entry.isCharacterDevice() || entry.isBlockDevice() ? "device" : undefined;
}

/** The entries of a held directory, in no order. */
export function listPinned(pinned: Pinned): DirEntry[] {
  try {
    const entries = readdirSync(fdPath(pinned), { encoding: "buffer", withFileTypes: true });
    return entries.map((entry) => ({ name: pathFromBytes(entry.name), type: typeOf(entry) }));
  } catch (cause) {
    throw pinnedFailure(pinned.path, "list", cause);
  }
}

/** Only the names: a third of the price of `listPinned`. */
export function namesInPinned(pinned: Pinned): string[] {
  try {
    return readdirSync(fdPath(pinned), { encoding: "buffer" }).map(pathFromBytes);
  } catch (cause) {
    throw pinnedFailure(pinned.path, "list", cause);
  }
}

function readUpTo(fd: number, limit: number): Buffer {
  const chunks: Buffer[] = [];
  for (let left = limit; left > 0; ) {
    const chunk = Buffer.alloc(Math.min(left, CHUNK));
    const length = readSync(fd, chunk, 0, chunk.length, null);
    if (length === 0) break;
    chunks.push(chunk.subarray(0, length));
    left -= length;
  }
  return Buffer.concat(chunks);
}

/** A held regular file's bytes. Anything else, and a file of more than `limit` bytes, is E_REFUSED and never opened for reading. */
export function readPinned(pinned: Pinned, limit: number): Buffer {
  const stat = fstatSync(pinned.fd);
  if (!stat.isFile()) throw new AppError("E_REFUSED", `${pinned.path} is not a regular file`);
  if (stat.size > limit) throw new AppError("E_REFUSED", `${pinned.path} is larger than ${limit} bytes`);
  let fd: number | undefined;
  try {
    // O_NONBLOCK: a lease held by somebody else must not make us wait.
    fd = openSync(fdPath(pinned), constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOCTTY);
    const bytes = readUpTo(fd, limit + 1);
    if (bytes.length > limit) throw new AppError("E_REFUSED", `${pinned.path} grew beyond ${limit} bytes`);
    return bytes;
  } catch (cause) {
    throw pinnedFailure(pinned.path, "read", cause);
  } finally {
    if (fd !== undefined) closeSync(fd);
  }
}
