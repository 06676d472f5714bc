import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { accessSync, closeSync, constants, fstatSync, lstatSync, openSync, readdirSync, readFileSync, readlinkSync, readSync, realpathSync, statfsSync, statSync, type BigIntStats, type Dirent, type Stats } from "node:fs";
import { release, userInfo } from "node:os";
import type { Answer, DirEntry, FileType, Identity, Looker, Machine, RunOptions, RunResult, Space, Stat } from "./machine.ts";
import { partOf } from "./part-of.ts";
import { nativePath, pathFromBytes } from "./path-bytes.ts";

/** Linux only; not in `constants`. Opens the object without its content: FIFOs and devices neither block nor react. */
const O_PATH = 0o10000000;
const defaultReadLimit = 1 << 20;

function errnoOf(error: unknown): string {
  const code = (error as NodeJS.ErrnoException).code;
  if (typeof code !== "string") throw error;
  return code;
}

function ask<T>(look: () => T): Answer<T> {
  try {
    return { ok: true, value: look() };
  } catch (error) {
    return { ok: false, errno: errnoOf(error) };
  }
}

const fileTypes: Readonly<Record<number, FileType>> = {
  0o010: "fifo", 0o020: "device", 0o040: "dir", 0o060: "device", 0o100: "file", 0o120: "link", 0o140: "socket",
};

function toStat({ mode, dev, ino, nlink, uid, gid, size, blocks, mtimeMs, atimeMs }: Stats, exact: () => BigIntStats): Stat {
  // Asking for large numbers twice is cheaper than for all numbers as large ones.
  const { dev: device, ino: inode } = Number.isSafeInteger(ino) && Number.isSafeInteger(dev) ? { dev, ino } : exact();
  return {
    type: fileTypes[(mode >> 9) & 0o170] ?? "file", dev: String(device), ino: String(inode), mode: mode & 0o7777, nlink, uid, gid, size,
    allocated: (blocks ?? 0) * 512, mtimeMs: Math.floor(mtimeMs), atimeMs: Math.floor(atimeMs),
  };
}

function statWith(call: typeof lstatSync | typeof statSync, path: string): Answer<Stat> {
  try {
    // An absent path is the usual answer here, and an exception costs more than the system call.
    const stat = call(nativePath(path), { throwIfNoEntry: false });
    return stat === undefined ? { ok: false, errno: "ENOENT" } : { ok: true, value: toStat(stat, () => call(nativePath(path), { bigint: true })) };
  } catch (error) {
    return { ok: false, errno: errnoOf(error) };
  }
}

function direntType(entry: Dirent<string> | Dirent<Buffer>): FileType | undefined {
  if (entry.isDirectory()) return "dir";
  if (entry.isFile()) return "file";
  if (entry.isSymbolicLink()) return "link";
  if (entry.isFIFO()) return "fifo";
  if (entry.isSocket()) return "socket";
  if (entry.isBlockDevice() || entry.isCharacterDevice()) return "device";
  return undefined;
}

function list(path: string): DirEntry[] {
  const entries = readdirSync(nativePath(path), { withFileTypes: true, encoding: "utf8" });
  // U+FFFD stands for bytes that are not UTF-8: ask again for the bytes themselves.
  if (entries.some((entry) => entry.name.includes("\ufffd"))) {
    return readdirSync(nativePath(path), { withFileTypes: true, encoding: "buffer" })
      .map((entry) => ({ name: pathFromBytes(entry.name), type: direntType(entry) }));
  }
  return entries.map((entry) => ({ name: entry.name, type: direntType(entry) }));
}

function accessOf(path: string, want: "read" | "write" | "search"): string {
  const bit = want === "read" ? constants.R_OK : want === "write" ? constants.W_OK : constants.X_OK;
  try {
    accessSync(nativePath(path), bit);
    return "ok";
  } catch (error) {
    return errnoOf(error);
  }
}

/** Reading counts as a use (atime) for everybody who asks later what may go, ours shall not; Linux grants that to a file's owner. */
const quietly = constants.O_NOATIME ?? 0;

function openToRead(path: string | Buffer, flags = 0): number {
  const usual = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0) | flags;
  if (quietly === 0) return openSync(path, usual);
  try {
    return openSync(path, usual | quietly);
  } catch (error) {
    if (errnoOf(error) !== "EPERM") throw error;
    return openSync(path, usual);
  }
}

/** Opens for reading only what is known to be a regular file: opening a foreign FIFO would hang, a device may react. */
function openRegular(path: string): number {
  if (process.platform !== "linux") {
    if (!statSync(nativePath(path)).isFile()) throw Object.assign(new Error("not a regular file"), { code: "ENOTREG" });
    return openToRead(nativePath(path));
  }
  const pin = openSync(nativePath(path), O_PATH);
  try {
    if (!fstatSync(pin).isFile()) throw Object.assign(new Error("not a regular file"), { code: "ENOTREG" });
    return openToRead(`/proc/self/fd/${pin}`);
  } finally {
    closeSync(pin);
  }
}

function readFile(path: string, limit = defaultReadLimit): Buffer | undefined {
  // Files of /proc say size 0 and are trusted: plain reading is enough there.
  if (path.startsWith("/proc/")) return readFileSync(path);
  // Most settings files are not there, and an exception costs more than the system call.
  if (statSync(nativePath(path), { throwIfNoEntry: false }) === undefined) return undefined;
  const fd = openRegular(path);
  try {
    const size = fstatSync(fd).size;
    if (size > limit) throw Object.assign(new Error("file too large"), { code: "EFBIG" });
    const bytes = Buffer.alloc(size);
    let length = 0;
    while (length < size) {
      const read = readSync(fd, bytes, length, size - length, length);
      if (read === 0) break;
      length += read;
    }
    return bytes.subarray(0, length);
  } finally {
    closeSync(fd);
  }
}

function withRegular<T>(path: string, read: (fd: number, size: number) => T): T {
  const fd = openRegular(path);
  try {
    return read(fd, fstatSync(fd).size);
  } finally {
    closeSync(fd);
  }
}

function readPart(path: string, { offset, length }: { readonly offset: number; readonly length: number }): Buffer {
  return withRegular(path, (fd, size) => partOf(fd, Math.min(offset, size), Math.min(length, Math.max(0, size - offset))));
}

function readEnd(path: string, length: number): Buffer {
  return withRegular(path, (fd, size) => partOf(fd, Math.max(0, size - length), Math.min(length, size)));
}

/**
 * Four system calls where lstat and `readPart` make eight. Without a pin, as a device or FIFO can only be met when it has
 * just taken the place of a file: O_NONBLOCK opens a FIFO without waiting.
 */
function readEnds(path: string, { first, last }: { readonly first: number; readonly last: number }): { stat: Stat; first: Buffer; last: Buffer } {
  const fd = openToRead(nativePath(path), constants.O_NOFOLLOW ?? 0);
  try {
    const stat = toStat(fstatSync(fd), () => fstatSync(fd, { bigint: true }));
    if (stat.type !== "file") throw Object.assign(new Error("not a regular file"), { code: "ENOTREG" });
    const start = partOf(fd, 0, Math.min(stat.size, stat.size <= first + last ? stat.size : first));
    const end = start.length < stat.size ? partOf(fd, stat.size - last, last) : start.subarray(Math.max(0, start.length - last));
    return { stat, first: start.subarray(0, first), last: end };
  } finally {
    closeSync(fd);
  }
}

/** Large enough that a system call costs nothing beside the digest, small enough to stay in a processor's cache. */
const digestPiece = 256 * 1024;

function digest(path: string, algorithms: readonly string[]): { readonly bytes: number; readonly digests: Record<string, string> } {
  return withRegular(path, (fd) => {
    const hashes = algorithms.map((name) => createHash(name));
    const piece = Buffer.allocUnsafe(digestPiece);
    let bytes = 0;
    for (let read = readSync(fd, piece, 0, piece.length, bytes); read > 0; read = readSync(fd, piece, 0, piece.length, bytes)) {
      for (const hash of hashes) hash.update(read === piece.length ? piece : piece.subarray(0, read));
      bytes += read;
    }
    return { bytes, digests: Object.fromEntries(algorithms.map((name, i) => [name, hashes[i]?.digest("hex") ?? ""])) };
  });
}

function space(path: string): Space {
  const stat = statfsSync(nativePath(path));
  return {
    available: stat.bavail * stat.bsize,
    total: stat.blocks * stat.bsize,
    inodesFree: stat.ffree,
    inodesTotal: stat.files,
  };
}

function identity(): Identity {
  const gid = process.getgid?.() ?? -1;
  return {
    uid: process.getuid?.() ?? -1,
    euid: process.geteuid?.() ?? -1,
    gid,
    egid: process.getegid?.() ?? -1,
    groups: [...new Set([gid, ...(process.getgroups?.() ?? [])])],
  };
}

function umask(): number {
  const status = ask(() => readFileSync("/proc/self/status", "latin1"));
  const line = status.ok ? /^Umask:\s*([0-7]+)/m.exec(status.value) : null;
  return line?.[1] === undefined ? process.umask() : Number.parseInt(line[1], 8);
}

function run(argv: readonly string[], options: RunOptions = {}): Answer<RunResult> {
  const [program, ...args] = argv;
  const done = spawnSync(program ?? "", args, {
    encoding: "utf8",
    timeout: options.timeout ?? 5000,
    maxBuffer: 1 << 20,
    stdio: ["ignore", "pipe", "pipe"],
    // Messages are read by us: never in the user's language.
    env: { PATH: "/usr/bin:/bin:/usr/sbin:/sbin:/usr/local/bin", LC_ALL: "C", ...options.env },
    ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
  });
  if (done.error !== undefined) return { ok: false, errno: errnoOf(done.error) };
  return { ok: true, value: { status: done.status, stdout: done.stdout, stderr: done.stderr } };
}

const looker: Looker = {
  lstat: (path) => statWith(lstatSync, path),
  stat: (path) => statWith(statSync, path),
  list: (path) => ask(() => list(path)),
  readlink: (path) => ask(() => pathFromBytes(readlinkSync(nativePath(path), "buffer"))),
  realpath: (path) => ask(() => pathFromBytes(realpathSync.native(nativePath(path) as string, "buffer"))),
  access: accessOf,
  readFile: (path, limit) => {
    const read = ask(() => readFile(path, limit));
    return read.ok && read.value === undefined ? { ok: false, errno: "ENOENT" } : read as Answer<Buffer>;
  },
  readEnd: (path, length) => ask(() => readEnd(path, length)),
  readPart: (path, part) => ask(() => readPart(path, part)),
  readEnds: (path, want) => ask(() => readEnds(path, want)),
  digest: (path, algorithms) => ask(() => digest(path, algorithms)),
  space: (path) => ask(() => space(path)),
};

/** The working directory, or "/" when it has been deleted below us. */
function currentDirectory(): string {
  const cwd = ask(() => process.cwd());
  return cwd.ok ? cwd.value : "/";
}

/** This machine as the current process sees it. `env` and `cwd` replace the process's own (root looking for somebody). */
export function nodeMachine(as: { env?: Record<string, string>; cwd?: string } = {}): Machine {
  return {
    ...looker,
    platform: process.platform,
    arch: process.arch,
    kernel: release(),
    node: process.versions.node,
    env: as.env ?? { ...process.env },
    cwd: as.cwd ?? currentDirectory(),
    identity: identity(),
    umask: umask(),
    account: () => ask(() => {
      const { username, homedir } = userInfo();
      return { name: username, home: homedir };
    }),
    run,
    now: () => new Date(),
  };
}
