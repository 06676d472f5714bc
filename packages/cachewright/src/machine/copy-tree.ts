/**
 * A tree made again in another place, to go on with where it was stopped: what is there with the same size and time is
 * done. Only one's own files, in a directory that nobody else can enter.
 */
import { accessSync, chmodSync, chownSync, closeSync, constants, copyFileSync, fstatSync, linkSync, lstatSync, lutimesSync, mkdirSync, openSync, readdirSync, readlinkSync, rmSync, symlinkSync, utimesSync, type Stats } from "node:fs";
import { AppError } from "./app-error.ts";
import { pathFromBytes, pathToBytes } from "./path-bytes.ts";
import { ownUid } from "./proc.ts";

export interface CopyOptions {
  /** Files get a second name rather than a copy: nothing is written, and both must be on one file system. */
  readonly link: boolean;
  /** What a symbolic link leads to in the copy: (link, where it led) → where it shall lead. */
  readonly relink?: (path: string, target: string) => string;
  readonly onProgress?: (done: { readonly files: number; readonly bytes: number }) => void;
}

export interface Copied {
  readonly files: number;
  readonly bytes: number;
  /** Below `from`: neither file, directory nor link, or another's and not to be read. */
  readonly left: readonly { readonly path: string; readonly why: string }[];
}

interface Work extends CopyOptions {
  readonly from: string;
  readonly to: string;
  /** First names, in the copy, of files that have several. */
  readonly names: Map<string, string>;
  readonly left: { path: string; why: string }[];
  files: number;
  bytes: number;
}

/** Disk full and the like are E_STEP; what was done until then stays, for the next time. */
export function copyTree(from: string, to: string, options: CopyOptions): Copied {
  const work: Work = { ...options, from, to, names: new Map(), left: [], files: 0, bytes: 0 };
  copyDirectory("", work);
  return { files: work.files, bytes: work.bytes, left: work.left };
}

/** One that an earlier try left is closed for this one: it has the tree's own mode by then. Nothing is entered through a link. */
function makeOrEnter(target: string, isTop: boolean): void {
  const there = lstatSync(native(target), { throwIfNoEntry: false });
  if (there !== undefined && isTop) mustBeOwn(target);
  attempt(target, () => {
    if (there?.isDirectory() === true) return chmodSync(native(target), 0o700);
    if (there !== undefined) rmSync(native(target));
    mkdirSync(native(target), { mode: 0o700 });
  });
}

/** What an earlier try left is gone on with only where it was oneself who made it. */
function mustBeOwn(to: string): void {
  const stat = lstatSync(native(to));
  if (stat.isDirectory() && (ownUid() < 0 || stat.uid === ownUid())) return;
  throw new AppError("E_REFUSED", `${to} is there already, and is no directory of yours`, { hint: "it is none that an earlier try left: remove it, or choose another place" });
}

const native = (path: string): Buffer => pathToBytes(path);

function copyDirectory(rel: string, work: Work): void {
  const source = `${work.from}${rel}`;
  const target = `${work.to}${rel}`;
  const stat = lstatSync(native(source));
  const names = namesIn(source, work);
  if (names === undefined) return;
  makeOrEnter(target, rel === "");
  for (const bytes of names) copyEntry(`${rel}/${pathFromBytes(bytes)}`, work);
  removeGone(target, new Set(names.map((bytes) => pathFromBytes(bytes))));
  attempt(target, () => giveAttributes(target, stat));
}

/** What an earlier try brought and the tool has taken away since. */
function removeGone(target: string, names: ReadonlySet<string>): void {
  for (const bytes of readdirSync(native(target), { encoding: "buffer" })) {
    const name = pathFromBytes(bytes);
    if (!names.has(name)) attempt(target, () => rmSync(native(`${target}/${name}`), { recursive: true }));
  }
}

function namesIn(source: string, { left }: Work): readonly Buffer[] | undefined {
  try {
    return readdirSync(native(source), { encoding: "buffer" });
  } catch (error) {
    left.push({ path: source, why: `cannot be read (${codeOf(error)})` });
    return undefined;
  }
}

/** The group first: changing it takes setgid away. Who is not in that group leaves it, and the bit with it. The time comes last. */
function giveAttributes(target: string, { mode, gid, atimeMs, mtimeMs }: Stats): void {
  let kept = mode & 0o7777;
  if (lstatSync(native(target)).gid !== gid) {
    try {
      chownSync(native(target), -1, gid);
    } catch {
      kept &= 0o5777;
    }
  }
  chmodSync(native(target), kept);
  utimesSync(native(target), atimeMs / 1000, mtimeMs / 1000);
}

function copyEntry(rel: string, work: Work): void {
  const source = `${work.from}${rel}`;
  const target = `${work.to}${rel}`;
  const stat = lstatSync(native(source), { throwIfNoEntry: false });
  if (stat === undefined) return;
  if (stat.isDirectory()) return copyDirectory(rel, work);
  if (stat.isSymbolicLink()) copyLink(source, target, work);
  else if (stat.isFile()) copyFile({ source, target, stat }, work);
  else work.left.push({ path: source, why: "is neither a file nor a directory" });
  work.files += 1;
  work.onProgress?.({ files: work.files, bytes: work.bytes });
}

function copyLink(source: string, target: string, { relink }: Work): void {
  const led = pathFromBytes(readlinkSync(native(source), "buffer"));
  const leads = relink?.(source, led) ?? led;
  const there = lstatSync(native(target), { throwIfNoEntry: false });
  if (there?.isSymbolicLink() === true && pathFromBytes(readlinkSync(native(target), "buffer")) === leads) return;
  if (there !== undefined) rmSync(native(target), { recursive: true });
  attempt(target, () => symlinkSync(native(leads), native(target)));
  const { atimeMs, mtimeMs } = lstatSync(native(source));
  lutimesSync(native(target), atimeMs / 1000, mtimeMs / 1000);
}

interface OneFile {
  readonly source: string;
  readonly target: string;
  readonly stat: Stats;
}

function copyFile({ source, target, stat }: OneFile, work: Work): void {
  work.bytes += stat.size;
  const key = `${stat.dev}:${stat.ino}`;
  const first = stat.nlink > 1 ? work.names.get(key) : undefined;
  const there = lstatSync(native(target), { throwIfNoEntry: false });
  if (there !== undefined && isDone(there, stat, work.link)) {
    work.names.set(key, target);
    return;
  }
  if (there !== undefined) rmSync(native(target), { recursive: true });
  if (work.link) return attempt(target, () => linkSync(native(source), native(target)));
  if (first !== undefined) return attempt(target, () => linkSync(native(first), native(target)));
  if (!isReadable(source)) {
    work.left.push({ path: source, why: "may not be read" });
    return;
  }
  if (!copyContent(source, target, stat)) {
    work.left.push({ path: source, why: "is another object by now" });
    return;
  }
  attempt(target, () => {
    // A file that was cut short has another time, and is copied again.
    giveAttributes(target, stat);
  });
  if (stat.nlink > 1) work.names.set(key, target);
}

function isDone(there: Stats, stat: Stats, link: boolean): boolean {
  if (link) return there.ino === stat.ino && there.dev === stat.dev;
  return there.isFile() && there.size === stat.size && Math.abs(there.mtimeMs - stat.mtimeMs) < 2 && (there.mode & 0o7777) === (stat.mode & 0o7777);
}

/** In a cache that others write to, a name may lead to another file by now: held first, and compared. False: it does. */
function copyContent(source: string, target: string, { dev, ino }: Stats): boolean {
  if (process.platform !== "linux") {
    attempt(target, () => copyFileSync(native(source), native(target), constants.COPYFILE_FICLONE));
    return true;
  }
  let fd: number;
  try {
    fd = openSync(native(source), constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  } catch {
    return false;
  }
  try {
    const now = fstatSync(fd);
    if (!now.isFile() || now.dev !== dev || now.ino !== ino) return false;
    attempt(target, () => copyFileSync(`/proc/self/fd/${fd}`, native(target), constants.COPYFILE_FICLONE));
    return true;
  } finally {
    closeSync(fd);
  }
}

function isReadable(path: string): boolean {
  try {
    accessSync(native(path), constants.R_OK);
    return true;
  } catch {
    return false;
  }
}

function codeOf(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? "unknown error";
}

function attempt(path: string, act: () => void): void {
  try {
    act();
  } catch (cause) {
    const code = codeOf(cause);
    const why = code === "ENOSPC" ? "no space is left there" : code === "EDQUOT" ? "the quota is used up" : code;
    throw new AppError("E_STEP", `cannot write ${path}: ${why}`, { hint: "what is copied so far stays; the same command goes on with it", cause });
  }
}
