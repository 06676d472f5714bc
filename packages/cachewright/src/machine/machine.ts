/**
 * The one door to the operating system. Everything that reads or changes the machine takes a `Machine`
 * (or a narrower part of it) as a value; nothing outside `machine/` imports node:fs, node:os,
 * node:child_process or touches `process`.
 *
 * All looking is synchronous: a diagnosis is a few hundred system calls, and the event loop would cost
 * more than they do.
 */
export type Errno = string;

export type FileType = "file" | "dir" | "link" | "fifo" | "socket" | "device";

/** What lstat(2) says. `dev` and `ino` are decimal strings: they do not fit a double on every file system. */
export interface Stat {
  readonly type: FileType;
  readonly dev: string;
  readonly ino: string;
  /** Permission bits only, 0o7777. */
  readonly mode: number;
  readonly nlink: number;
  readonly uid: number;
  readonly gid: number;
  /** Bytes as a reader sees them. */
  readonly size: number;
  /** Bytes on disk (512 × st_blocks). */
  readonly allocated: number;
  readonly mtimeMs: number;
  readonly atimeMs: number;
}

/** Every look answers with a value or with the errno the kernel gave; nothing throws for a foreign file. */
export type Answer<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly errno: Errno };

export interface DirEntry {
  readonly name: string;
  /** As readdir tells it; `undefined` where the file system does not. Never follows links. */
  readonly type: FileType | undefined;
}

export interface Space {
  /** Bytes an ordinary user can still write. */
  readonly available: number;
  readonly total: number;
  /** Inodes; 0 total where the file system has no such limit (btrfs). */
  readonly inodesFree: number;
  readonly inodesTotal: number;
}

export interface Identity {
  /** -1 on Windows. */
  readonly uid: number;
  readonly euid: number;
  readonly gid: number;
  readonly egid: number;
  /** Supplementary groups, the primary one included. */
  readonly groups: readonly number[];
}

/** Looking. Read only by construction: it has no verb that changes anything. */
export interface Looker {
  lstat(path: string): Answer<Stat>;
  /** Follows links. */
  stat(path: string): Answer<Stat>;
  list(path: string): Answer<DirEntry[]>;
  readlink(path: string): Answer<string>;
  realpath(path: string): Answer<string>;
  /** access(2) with the real uid: "ok", or the errno (EACCES, EROFS, EPERM …). */
  access(path: string, want: "read" | "write" | "search"): "ok" | Errno;
  /**
   * A regular file's bytes, `limit` at the most (default 1 MiB). A FIFO, socket, device or directory answers
   * with ENOTREG without being opened for reading; a longer file with EFBIG.
   */
  readFile(path: string, limit?: number): Answer<Buffer>;
  /** The last bytes of a regular file, `length` at the most; otherwise as `readFile`. */
  readEnd(path: string, length: number): Answer<Buffer>;
  /** Bytes from the middle of a regular file, fewer where it ends before; otherwise as `readFile`. */
  readPart(path: string, part: { readonly offset: number; readonly length: number }): Answer<Buffer>;
  /**
   * In one opening of a regular file: what lstat says of it, its first bytes and its last, which overlap in a short one.
   * For looks into thousands of files that a listing has called regular. Links are not followed.
   */
  readEnds(path: string, want: { readonly first: number; readonly last: number }): Answer<{ readonly stat: Stat; readonly first: Buffer; readonly last: Buffer }>;
  /** Digests of a whole regular file of any size, in hexadecimal, by algorithm as OpenSSL names them; it is read in pieces. */
  digest(path: string, algorithms: readonly string[]): Answer<{ readonly bytes: number; readonly digests: Readonly<Record<string, string>> }>;
  space(path: string): Answer<Space>;
}

export interface Machine extends Looker {
  readonly platform: NodeJS.Platform;
  readonly arch: string;
  readonly kernel: string;
  /** Version of the Node that runs us. */
  readonly node: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  readonly identity: Identity;
  readonly umask: number;
  /** The account behind the real uid as the system's own look-up (NSS) knows it. */
  account(): Answer<{ name: string; home: string }>;
  /** Runs a program without a shell; only for the few look-ups the kernel has no file for (getfacl, lsattr). */
  run(argv: readonly string[], options?: RunOptions): Answer<RunResult>;
  now(): Date;
}

export interface RunOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  /** Milliseconds; default 5,000. Answers ETIMEDOUT. */
  readonly timeout?: number;
}

export interface RunResult {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}
