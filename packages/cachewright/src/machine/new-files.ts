/**
 * Files that a person asked for: written in a directory beside the place they are meant for, and put there when they are
 * whole. Nothing that is there already is ever written over, but for files named as one's own.
 */
import * as fs from "node:fs";
import * as path from "node:path";
import { AppError } from "./app-error.ts";
import { pathToBytes } from "./path-bytes.ts";

/** Part of a regular file. */
export interface FilePart {
  readonly path: string;
  readonly offset: number;
  readonly length: number;
}

export interface GrowingFile {
  readonly size: () => number;
  append(bytes: Uint8Array): void;
  /** Overwrites bytes that were appended already. */
  patch(offset: number, bytes: Uint8Array): void;
  close(): void;
}

/** "copied", or why the source could not be read: it may have gone, or become something else. What cannot be written is thrown. */
export type CopyOutcome = "copied" | { readonly unread: string };

export interface NewFiles {
  /** Where they lie until they are put in their place. */
  readonly directory: string;
  write(name: string, bytes: Uint8Array): void;
  /** Copies, or shares the blocks where the file system can (FICLONE): later changes of either file do not reach the other. */
  copy(name: string, part: FilePart): CopyOutcome;
  grow(name: string): GrowingFile;
  remove(name: string): void;
  makeDirectory(name: string): void;
  /** Becomes the directory itself, which must not be there, or be empty. */
  become(): void;
  /** Puts one file into the directory that is there. A name that is taken is E_REFUSED, unless it is to be replaced. */
  moveIn(name: string, how?: { readonly replace: boolean }): void;
  /** Takes away what is not put in its place. */
  close(): void;
}

const pieceSize = 1 << 20;

function failure(what: string, error: unknown): AppError {
  const { code = "unknown error" } = error as NodeJS.ErrnoException;
  const hint = code === "ENOSPC" || code === "EDQUOT" ? { hint: "there is not enough room; what was written so far is taken away again" } : {};
  return new AppError("E_STEP", `${what} (${code})`, { ...hint, cause: error });
}

function attempt<T>(what: string, act: () => T): T {
  try {
    return act();
  } catch (error) {
    if (error instanceof AppError || typeof (error as NodeJS.ErrnoException).code !== "string") throw error;
    throw failure(what, error);
  }
}

const native = (name: string): string | Buffer => (/[\udc80-\udcff]/.test(name) ? pathToBytes(name) : name);

/** `destination`: absolute, links resolved; its parent must be there. */
export function newFiles(destination: string): NewFiles {
  const directory = path.join(path.dirname(destination), `.${path.basename(destination)}.new-${process.pid}-${Date.now().toString(36)}`);
  attempt(`cannot write into ${path.dirname(destination)}`, () => fs.mkdirSync(native(directory)));
  let isThere = true;
  const at = (name: string): string => path.join(directory, inside(name));
  return {
    directory,
    write: (name, bytes) => attempt(`cannot write ${at(name)}`, () => fs.writeFileSync(native(at(name)), bytes, { flag: "wx" })),
    copy: (name, part) => attempt(`cannot write ${at(name)}`, () => copyPart(part, at(name))),
    grow: (name) => attempt(`cannot write ${at(name)}`, () => grow(at(name))),
    remove: (name) => fs.rmSync(native(at(name)), { force: true }),
    makeDirectory: (name) => attempt(`cannot make ${at(name)}`, () => fs.mkdirSync(native(at(name)), { recursive: true })),
    become() {
      attempt(`cannot put ${destination} in its place: something came there meanwhile`, () => fs.renameSync(native(directory), native(destination)));
      isThere = false;
    },
    moveIn(name, { replace } = { replace: false }) {
      const to = path.join(destination, inside(name));
      attempt(`cannot put ${to} in its place`, () => {
        fs.mkdirSync(native(path.dirname(to)), { recursive: true });
        if (replace) fs.renameSync(native(at(name)), native(to));
        else placeOnce(at(name), to);
      });
    },
    close() {
      if (isThere) fs.rmSync(native(directory), { recursive: true, force: true });
      isThere = false;
    },
  };
}

/** Names come from caches and files of others: none may lead out. */
function inside(name: string): string {
  if (path.isAbsolute(name) || name.includes("\0") || name.split(/[/\\]/).some((part) => part === ".." || part === "." || part === "")) throw new AppError("E_REFUSED", `${JSON.stringify(name)} is no name for a file here`);
  return name;
}

/** link(2) fails on a taken name, rename(2) would replace it. */
function placeOnce(from: string, to: string): void {
  try {
    fs.linkSync(native(from), native(to));
    fs.unlinkSync(native(from));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "EEXIST") throw new AppError("E_REFUSED", `${to} is there already`);
    // vfat, some network file systems and Android know no second name.
    if (code !== "EPERM" && code !== "ENOTSUP" && code !== "EOPNOTSUPP" && code !== "ENOSYS" && code !== "EMLINK") throw error;
    fs.copyFileSync(native(from), native(to), fs.constants.COPYFILE_EXCL);
    fs.unlinkSync(native(from));
  }
}

/** A regular file or nothing; neither FIFOs nor devices are waited for. */
function openSource(file: string): { readonly fd: number; readonly size: number } | { readonly unread: string } {
  let fd: number;
  try {
    fd = fs.openSync(native(file), fs.constants.O_RDONLY | (fs.constants.O_NONBLOCK ?? 0) | (fs.constants.O_NOFOLLOW ?? 0));
  } catch (error) {
    return { unread: `it cannot be read (${(error as NodeJS.ErrnoException).code ?? "unknown error"})` };
  }
  const stat = fs.fstatSync(fd);
  if (stat.isFile()) return { fd, size: stat.size };
  fs.closeSync(fd);
  return { unread: "it is not a regular file" };
}

const shorter: CopyOutcome = { unread: "it is shorter than it was" };

function copyPart({ path: from, offset, length }: FilePart, to: string): CopyOutcome {
  const source = openSource(from);
  if ("unread" in source) return source;
  try {
    if (offset + length > source.size) return shorter;
    if (offset === 0 && length === source.size && shareBlocks(from, to)) return "copied";
    return copyPieces(source.fd, { offset, length }, to);
  } finally {
    fs.closeSync(source.fd);
  }
}

function copyPieces(fd: number, { offset, length }: Omit<FilePart, "path">, to: string): CopyOutcome {
  const file = grow(to);
  try {
    const piece = Buffer.allocUnsafe(Math.min(pieceSize, Math.max(length, 1)));
    for (let done = 0; done < length;) {
      let read: number;
      try {
        read = fs.readSync(fd, piece, 0, Math.min(piece.length, length - done), offset + done);
      } catch (error) {
        return { unread: `it cannot be read (${(error as NodeJS.ErrnoException).code ?? "unknown error"})` };
      }
      if (read === 0) return shorter;
      file.append(piece.subarray(0, read));
      done += read;
    }
    return "copied";
  } finally {
    file.close();
  }
}

/** btrfs, xfs, bcachefs, APFS; everywhere else it fails at once. The copy gets the modes of a new file, not the cache's. */
function shareBlocks(from: string, to: string): boolean {
  try {
    fs.copyFileSync(native(from), native(to), fs.constants.COPYFILE_EXCL | fs.constants.COPYFILE_FICLONE_FORCE);
    fs.chmodSync(native(to), 0o666 & ~process.umask());
    return true;
  } catch {
    fs.rmSync(native(to), { force: true });
    return false;
  }
}

function grow(file: string): GrowingFile {
  const fd = fs.openSync(native(file), "wx", 0o666);
  let size = 0;
  const put = (bytes: Uint8Array, offset: number): void => {
    try {
      for (let at = 0; at < bytes.length;) at += fs.writeSync(fd, bytes, at, bytes.length - at, offset + at);
    } catch (error) {
      throw failure(`cannot write ${file}`, error);
    }
  };
  return {
    size: () => size,
    append(bytes) {
      put(bytes, size);
      size += bytes.length;
    },
    patch: (offset, bytes) => put(bytes, offset),
    close: () => fs.closeSync(fd),
  };
}
