/**
 * A page or report that a person asked for, in the file they named. It is written beside its place and renamed into it:
 * nobody reads half of it, and what cannot be written whole leaves the old one. What is no file (a terminal, a FIFO,
 * /dev/null, the shell's `>(…)`) is written straight.
 */
import { randomBytes } from "node:crypto";
import * as fs from "node:fs";
import * as path from "node:path";
import { AppError } from "./app-error.ts";
import { pathFromBytes, pathToBytes } from "./path-bytes.ts";
import { fsyncDir } from "./pinned-file.ts";
import { closePinned, openPinned, pinningAvailable, placePath, type Pinned } from "./pinned.ts";
import { errnoOf } from "./pinned-failure.ts";
import { ownUid } from "./proc.ts";
import { resolvePath } from "./resolve-path.ts";
import { writeWhole } from "./write-whole.ts";

const { O_CREAT, O_EXCL, O_NOFOLLOW = 0, O_WRONLY } = fs.constants;
const mostLinks = 40;

const reasons: Readonly<Record<string, string>> = {
  ENOENT: "its directory is not there", ENOTDIR: "what should be its directory is a file", EACCES: "you may not write there", EISDIR: "it is a directory",
  EROFS: "the file system is read-only", ENOSPC: "no space is left there", EDQUOT: "your quota is used up", EPIPE: "its reader has gone", EBADF: "it is not open for writing",
  EPERM: "the system does not allow it", ENXIO: "nothing listens there", ELOOP: "it leads through too many symbolic links", ENAMETOOLONG: "its name is too long",
};

/** What is, or may come to be, at a name in a directory; the directory is held where the system can hold one. */
interface Place {
  readonly file: string;
  readonly at: (name: string) => string | Buffer;
  readonly directory: fs.Stats;
  readonly held: Pinned | undefined;
  readonly there: fs.Stats | undefined;
}

export function saveFile(file: string, text: string): void {
  const bytes = Buffer.from(text, "utf8");
  try {
    if (file.endsWith("/") || file.endsWith(path.sep)) throw errno("EISDIR");
    save(path.resolve(file), bytes, mostLinks);
  } catch (error) {
    if (error instanceof AppError && errnoOf(error) === undefined) throw new AppError("E_INPUT", `cannot write ${file}: ${error.message}`, { ...(error.hint !== undefined && { hint: error.hint }), cause: error });
    const code = errnoOf(error);
    if (code === undefined) throw error;
    throw new AppError("E_INPUT", `cannot write ${file}: ${reasons[code] ?? code}`, { cause: error });
  }
}

function errno(code: string): Error {
  return Object.assign(new Error(code), { code });
}

function save(file: string, bytes: Uint8Array, linksLeft: number): void {
  const given = ownDescriptor(file);
  if (given !== undefined) return writeWhole(given, bytes);
  const target = withPlace(file, (place) => {
    if (place.there?.isSymbolicLink() === true) return path.resolve(path.dirname(place.file), pathFromBytes(fs.readlinkSync(place.at(path.basename(place.file)), "buffer")));
    if (place.there?.isDirectory() === true) throw errno("EISDIR");
    if (place.there === undefined || place.there.isFile()) replace(place, bytes);
    else writeStraight(place, bytes);
    return undefined;
  });
  if (target === undefined) return;
  if (linksLeft === 0) throw errno("ELOOP");
  save(target, bytes, linksLeft - 1);
}

/** A descriptor that came with the command is written as the shell opened it: where its place is, and without a new look at its name. */
function ownDescriptor(file: string): number | undefined {
  if (file === "/dev/stdout") return 1;
  if (file === "/dev/stderr") return 2;
  const [, pid, fd] = /^\/(?:dev|proc\/(self|\d+))\/fd\/(\d+)$/.exec(file) ?? [];
  return fd === undefined || (pid !== undefined && pid !== "self" && pid !== String(process.pid)) ? undefined : Number(fd);
}

function withPlace<T>(file: string, act: (place: Place) => T): T {
  const real = resolvePath(file);
  const [parent, name] = [path.dirname(real), path.basename(real)];
  const held = pinningAvailable() ? openPinned(parent) : undefined;
  try {
    const at = (one: string): string | Buffer => (held === undefined ? pathToBytes(path.join(parent, one)) : placePath(held, one));
    const directory = held === undefined ? fs.statSync(pathToBytes(parent)) : fs.fstatSync(held.fd);
    const place = { file: real, at, directory, held, there: fs.lstatSync(at(name), { throwIfNoEntry: false }) };
    refuseForeign(place);
    return act(place);
  } finally {
    if (held !== undefined) closePinned(held);
  }
}

/**
 * Root writes nothing where somebody else said where: in a directory that others can write to, it follows no link, and
 * touches nothing of theirs. For everybody else what the kernel does by fs.protected_symlinks, _fifos and _regular
 * (proc_sys_fs(5)) holds here too, where links are read and not left to the kernel.
 */
function refuseForeign({ file, directory, there }: Place): void {
  const uid = ownUid();
  if (there === undefined || uid < 0) return;
  const link = there.isSymbolicLink();
  const what = `${file} is ${link ? "a symbolic link" : "there already"}`;
  if (uid === 0) {
    const open = directory.uid !== 0 || (directory.mode & 0o022) !== 0;
    if (!(open ? link || there.uid !== 0 : link && there.uid !== 0)) return;
    throw new AppError("E_REFUSED", `${what}${there.uid === 0 ? "" : ` and belongs to uid ${there.uid}`}${open ? `, in a directory that others than root can write to` : ""}; root ${link ? "does not follow it" : "does not replace it"}`, {
      hint: "run it without sudo, or name a file in a directory that only root can write to",
    });
  }
  const sticky = (directory.mode & 0o1002) === 0o1002;
  if (sticky && there.uid !== uid && there.uid !== directory.uid) {
    throw new AppError("E_REFUSED", `${what} and belongs to uid ${there.uid}, in a directory that everybody can write to`, { hint: "name a file in a directory of your own" });
  }
}

/** Where a rename cannot be had: a directory that may not be written, others' files in a sticky one, a file that is a mount of its own. */
const onlyInPlace = new Set(["EACCES", "EPERM", "EROFS", "EBUSY", "EXDEV"]);

function replace(place: Place, bytes: Uint8Array): void {
  const { at, held, there } = place;
  const name = path.basename(place.file);
  // Renaming would put another file over one that is protected.
  if (there !== undefined) fs.accessSync(at(name), fs.constants.W_OK);
  const fresh = at(`.cachewright-${randomBytes(6).toString("hex")}`);
  try {
    create(fresh, bytes, there);
    try {
      fs.renameSync(fresh, at(name));
    } catch (error) {
      fs.unlinkSync(fresh);
      throw error;
    }
  } catch (error) {
    if (there === undefined || !onlyInPlace.has(errnoOf(error) ?? "")) throw error;
    return writeOver(place, bytes);
  }
  if (held !== undefined) keepName(held);
}

/** What was written is whole by then; a directory that may be written but not read cannot be synced. */
function keepName(directory: Pinned): void {
  try {
    fsyncDir(directory);
  } catch {
    // After a power cut the old one may be back.
  }
}

/** As the umask and the directory's default ACL give it; in place of another as that one was. */
function create(fresh: string | Buffer, bytes: Uint8Array, old: fs.Stats | undefined): void {
  const fd = fs.openSync(fresh, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, old === undefined ? 0o666 : 0o600);
  try {
    writeWhole(fd, bytes);
    if (old !== undefined && process.platform !== "win32") takeAfter(fd, old);
    // Network file systems tell here that there is no room.
    fs.fsyncSync(fd);
  } catch (error) {
    fs.unlinkSync(fresh);
    throw error;
  } finally {
    fs.closeSync(fd);
  }
}

function takeAfter(fd: number, old: fs.Stats): void {
  const mode = old.mode & 0o777;
  const { uid, gid } = fs.fstatSync(fd);
  try {
    if (ownUid() === 0) fs.fchownSync(fd, old.uid, old.gid);
    else if (gid !== old.gid) fs.fchownSync(fd, uid, old.gid);
    fs.fchmodSync(fd, mode);
  } catch {
    // In another group: its members get no more than everybody.
    fs.fchmodSync(fd, mode & (0o707 | ((mode & 0o007) << 3)));
  }
}

/** The same object that was looked at, or nothing: a name can come to mean another one. */
function openThere({ file, at, there }: Place): number {
  const fd = fs.openSync(at(path.basename(file)), O_WRONLY | O_NOFOLLOW);
  const now = fs.fstatSync(fd);
  if (now.ino === there?.ino && now.dev === there.dev) return fd;
  fs.closeSync(fd);
  throw new AppError("E_CHANGED", "it was replaced by something else meanwhile");
}

function writeStraight(place: Place, bytes: Uint8Array): void {
  const fd = openThere(place);
  try {
    writeWhole(fd, bytes);
  } finally {
    fs.closeSync(fd);
  }
}

/** Cut to its length last: the room it has is used first. */
function writeOver(place: Place, bytes: Uint8Array): void {
  const fd = openThere(place);
  try {
    writeWhole(fd, bytes);
    fs.ftruncateSync(fd, bytes.length);
    fs.fsyncSync(fd);
  } finally {
    fs.closeSync(fd);
  }
}
