import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import type { Guard } from "./guard.ts";
import { AppError } from "./app-error.ts";
import { birthOf } from "./born.ts";
import type { Hands, Look, Ran, Target, Walked, WalkedEntry } from "./hands.ts";
import type { FileType } from "./machine.ts";
import { pathFromBytes, pathToBytes } from "./path-bytes.ts";
import { errnoOf, pinnedFailure } from "./pinned-failure.ts";
import { ownUid } from "./proc.ts";

function native(file: string): string | Buffer {
  return /[\udc80-\udcff]/.test(file) ? pathToBytes(file) : file;
}

function attempt<T>(file: string, doing: string, act: () => T): T {
  try {
    return act();
  } catch (cause) {
    throw pinnedFailure(file, doing, cause);
  }
}

function typeOf(stat: fs.BigIntStats): FileType {
  if (stat.isFile()) return "file";
  if (stat.isDirectory()) return "dir";
  if (stat.isSymbolicLink()) return "link";
  if (stat.isFIFO()) return "fifo";
  return stat.isSocket() ? "socket" : "device";
}

function toLook(stat: fs.BigIntStats): Look {
  const guard: Guard = {
    type: typeOf(stat), dev: String(stat.dev), ino: String(stat.ino), uid: Number(stat.uid), gid: Number(stat.gid),
    mode: Number(stat.mode & 0o7777n), nlink: Number(stat.nlink), mount: null,
  };
  const times = { atime: stat.atimeNs, mtime: stat.mtimeNs };
  return { guard, size: Number(stat.size), allocated: Number(stat.blocks ?? 0n) * 512, times, ...birthOf(stat) };
}

function look(file: string): Look | undefined {
  try {
    const stat = fs.lstatSync(native(file), { bigint: true, throwIfNoEntry: false });
    return stat === undefined ? undefined : toLook(stat);
  } catch (error) {
    if (errnoOf(error) === "ENOTDIR") return undefined;
    throw pinnedFailure(file, "look at", error);
  }
}

/** The object now, after it was found to be the one that is meant. */
function check({ path: file, guard, ignore = [] }: Target): Guard {
  const now = look(file)?.guard;
  if (now === undefined) throw new AppError("E_CHANGED", `${file} is gone`);
  const fields = (["type", "dev", "ino", "uid", "gid", "mode", "nlink"] as const)
    .filter((field) => !ignore.includes(field) && !(field === "nlink" && guard.type === "dir") && now[field] !== guard[field]);
  if (fields.length === 0) return now;
  const what = fields.map((field) => `${field} was ${guard[field]}, is ${now[field]}`).join("; ");
  throw new AppError("E_CHANGED", `${file} has changed: ${what}`);
}

function refuseTaken(file: string): void {
  if (look(file) !== undefined) throw new AppError("E_REFUSED", `${file} already exists`);
}

function names(dir: string): string[] {
  return attempt(dir, "list", () => fs.readdirSync(native(dir), { encoding: "buffer" }).map(pathFromBytes));
}

function walk(root: string): Walked {
  const entries: WalkedEntry[] = [];
  const gaps: Walked["gaps"][number][] = [];
  const dev = look(root)?.guard.dev;
  const visit = (file: string, rel: string): void => {
    const seen = look(file);
    if (seen === undefined) return void gaps.push({ rel, why: "vanished" });
    const { guard, born, allocated } = seen;
    if (guard.dev !== dev) return void gaps.push({ rel, why: "other-mount" });
    entries.push({ rel, guard, born, allocated, linksInside: () => 1 });
    if (guard.type !== "dir") return;
    let children: string[] = [];
    try {
      children = names(file);
    } catch {
      gaps.push({ rel, why: "unreadable" });
    }
    for (const name of children) visit(path.join(file, name), rel === "" ? name : `${rel}/${name}`);
  };
  visit(root, "");
  return { entries, gaps };
}

function create(file: string, bytes: Uint8Array, mode: number): void {
  attempt(file, "write", () => {
    const fd = fs.openSync(native(file), "wx", 0o600);
    try {
      for (let at = 0; at < bytes.length;) at += fs.writeSync(fd, bytes, at);
      if (process.platform !== "win32") fs.fchmodSync(fd, mode);
      fs.fsyncSync(fd);
    } catch (error) {
      fs.rmSync(native(file), { force: true });
      throw error;
    } finally {
      fs.closeSync(fd);
    }
  });
}

function read(file: string, limit: number): Buffer {
  const now = look(file);
  if (now?.guard.type !== "file") throw new AppError("E_REFUSED", `${file} is not a regular file`);
  if (now.size > limit) throw new AppError("E_REFUSED", `${file} is larger than ${limit} bytes`);
  return attempt(file, "read", () => fs.readFileSync(native(file)));
}

function makeNameHands(): Pick<Hands, "makeDirectory" | "rename" | "replace" | "link" | "unlink" | "removeDirectory" | "removeTree" | "create"> {
  return {
    makeDirectory: (file, mode) => attempt(file, "make the directory", () => {
      fs.mkdirSync(native(file), { mode });
      if (process.platform !== "win32") fs.chmodSync(native(file), mode);
    }),
    rename: (target, to) => {
      check(target);
      refuseTaken(to);
      attempt(target.path, "rename", () => fs.renameSync(native(target.path), native(to)));
    },
    replace: (target, over) => {
      check(target);
      check(over);
      attempt(over.path, "replace", () => fs.renameSync(native(target.path), native(over.path)));
    },
    link: (target, to) => {
      check(target);
      attempt(to, "make a link at", () => fs.linkSync(native(target.path), native(to)));
    },
    unlink: (target) => {
      check(target);
      attempt(target.path, "remove", () => fs.unlinkSync(native(target.path)));
    },
    removeDirectory: (target) => {
      check(target);
      attempt(target.path, "remove", () => fs.rmdirSync(native(target.path)));
    },
    removeTree: (target) => {
      check(target);
      if (walk(target.path).gaps.some(({ why }) => why === "other-mount")) throw new AppError("E_REFUSED", `${target.path} holds another mount`);
      attempt(target.path, "remove", () => fs.rmSync(native(target.path), { recursive: true }));
    },
    create: (file, bytes, { mode }) => create(file, bytes, mode),
  };
}

function run([program = "", ...args]: readonly string[]): Ran {
  const done = spawnSync(program, args, { encoding: "utf8", env: { PATH: "/usr/bin:/bin:/usr/sbin:/sbin", LC_ALL: "C" } });
  if (done.error !== undefined) throw new AppError("E_STEP", `could not run ${program}: ${done.error.message}`, { cause: done.error });
  return { status: done.status ?? -1, stdout: done.stdout, stderr: done.stderr };
}

/**
 * Hands for systems where nothing can be held: every object is checked by its path right before. Somebody who may
 * write the same directory could still swap it, so these act with the user's own rights only, never with root's.
 */
export function pathHands(): Hands {
  if (ownUid() === 0) {
    throw new AppError("E_PRIVILEGE", "as root, changes are only made where files can be held while acting on them (Linux with /proc)", {
      hint: "run it as the user, without sudo; what needs root is printed as a command",
    });
  }
  return {
    look, names, read, walk,
    runOn: (target, argv) => {
      check(target);
      return run(argv);
    },
    runOnAll: (targets, argv) => run([...argv, ...targets.map((target) => (check(target), target.path))]),
    objectArg: (file) => file,
    argOf: (file) => file,
    chown: (target, to) => {
      check(target);
      attempt(target.path, "change the owner of", () => fs.lchownSync(native(target.path), to.uid, to.gid));
    },
    chmod: (target, mode) => {
      if (check(target).type === "link") throw new AppError("E_REFUSED", `${target.path} is a symbolic link; it has no mode of its own`);
      attempt(target.path, "change the mode of", () => fs.chmodSync(native(target.path), mode));
    },
    setTimes: (target, { atime, mtime }) => {
      check(target);
      attempt(target.path, "set the times of", () => fs.utimesSync(native(target.path), Number(atime) / 1e9, Number(mtime) / 1e9));
    },
    ...makeNameHands(),
    close: () => undefined,
  };
}
