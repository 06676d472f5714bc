/**
 * A tree made again in another place, to go on with where it was stopped: what is there with the same size and time is
 * done, what the tree does not have goes. Only in a directory of one's own that nobody else can enter: nothing in it
 * can have been put there, or be swapped, by somebody else.
 */
import { chmodSync, constants, copyFileSync, linkSync, lstatSync, lutimesSync, mkdirSync, readdirSync, readlinkSync, rmSync, symlinkSync, utimesSync, type Stats } from "node:fs";
import { AppError } from "./app-error.ts";
import { pathFromBytes, pathToBytes } from "./path-bytes.ts";

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
  makePrivate(to);
  const work: Work = { ...options, from, to, names: new Map(), left: [], files: 0, bytes: 0 };
  copyDirectory("", work);
  return { files: work.files, bytes: work.bytes, left: work.left };
}

const native = (path: string): Buffer => pathToBytes(path);

/** What somebody else has made there, or can enter, is not gone on with. */
function makePrivate(to: string): void {
  const there = lstatSync(native(to), { throwIfNoEntry: false });
  if (there === undefined) return attempt(to, () => mkdirSync(native(to), { mode: 0o700 }));
  const euid = process.geteuid?.() ?? -1;
  const isOurs = there.isDirectory() && (euid < 0 || (there.uid === euid && (there.mode & 0o077) === 0));
  if (!isOurs) throw new AppError("E_REFUSED", `${to} is there already, and is no private directory of one's own`, { hint: "what is in it may be anybody's: take it away first, or choose another place" });
}

function copyDirectory(rel: string, work: Work): void {
  const source = `${work.from}${rel}`;
  const target = `${work.to}${rel}`;
  const stat = lstatSync(native(source));
  const isNew = makeOrEnter(target);
  const names = readdirSync(native(source), { encoding: "buffer" }).map(pathFromBytes);
  if (!isNew) dropOthers(target, new Set(names));
  for (const name of names) copyEntry(`${rel}/${name}`, work);
  if (rel === "") return;
  attempt(target, () => {
    chmodSync(native(target), stat.mode & 0o7777);
    utimesSync(native(target), stat.atimeMs / 1000, stat.mtimeMs / 1000);
  });
}

/** True: made just now. One that an earlier try left is opened for this one. */
function makeOrEnter(target: string): boolean {
  const there = lstatSync(native(target), { throwIfNoEntry: false });
  if (there?.isDirectory() === true) {
    if ((there.mode & 0o700) !== 0o700) attempt(target, () => chmodSync(native(target), 0o700));
    return false;
  }
  attempt(target, () => {
    if (there !== undefined) rmSync(native(target));
    mkdirSync(native(target), { mode: 0o700 });
  });
  return true;
}

/** What went out of the tree since an earlier try, and what that try brought from another tree. */
function dropOthers(target: string, names: ReadonlySet<string>): void {
  for (const bytes of readdirSync(native(target), { encoding: "buffer" })) {
    const name = pathFromBytes(bytes);
    if (!names.has(name)) attempt(`${target}/${name}`, () => rmSync(native(`${target}/${name}`), { recursive: true }));
  }
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
  attempt(target, () => {
    copyFileSync(native(source), native(target), constants.COPYFILE_FICLONE);
    chmodSync(native(target), stat.mode & 0o7777);
    // The time comes last: a file that was cut short has another, and is copied again.
    utimesSync(native(target), stat.atimeMs / 1000, stat.mtimeMs / 1000);
  });
  if (stat.nlink > 1) work.names.set(key, target);
}

function isDone(there: Stats, stat: Stats, link: boolean): boolean {
  if (link) return there.ino === stat.ino && there.dev === stat.dev;
  return there.isFile() && there.size === stat.size && Math.abs(there.mtimeMs - stat.mtimeMs) < 2 && (there.mode & 0o7777) === (stat.mode & 0o7777);
}

function attempt(path: string, act: () => void): void {
  try {
    act();
  } catch (cause) {
    const { code = "unknown error" } = cause as NodeJS.ErrnoException;
    const why = code === "ENOSPC" ? "no space is left there" : code === "EDQUOT" ? "the quota is used up" : code;
    throw new AppError("E_STEP", `cannot write ${path}: ${why}`, { hint: "what is copied so far stays; the same command goes on with it", cause });
  }
}
