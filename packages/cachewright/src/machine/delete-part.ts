/**
 * Deletes directories from held parents. Every directory is opened through its parent's descriptor (`/proc/self/fd/N/name`,
 * O_NOFOLLOW), and names are removed in what was opened: whoever swaps something meanwhile only loses what they put there.
 * Descriptors belong to the process, so threads may share them. Where there is no /proc, paths have to do.
 */
import { chmodSync, closeSync, constants, fstatSync, lstatSync, openSync, readdirSync, rmdirSync, unlinkSync } from "node:fs";
import type { MessagePort } from "node:worker_threads";
import type { Errno } from "./machine.ts";
import { mountIdOf } from "./mount-id.ts";
import { pathFromBytes, pathToBytes } from "./path-bytes.ts";
import { DEEPEST } from "./pinned-tree.ts";
import { sharedState, takeJob } from "./weigh-part.ts";
import type { WorkingDirectory } from "./working-directory.ts";

export interface LeftBehind {
  readonly path: string;
  /** EXDEV: another mount, EFBIG: nested too deep. */
  readonly errno: Errno;
}

/** A directory to be deleted, by its name in a held one. */
export interface DoomedName {
  /** What goes before the name in a system call. */
  readonly base: string;
  readonly name: string;
  /** The path of the parent, for people. */
  readonly parent: string;
  readonly depth: number;
}

/** How the root's mount is known again. With `mount`, ids are compared, before anything a FUSE daemon would have to answer. */
export interface OwnMount {
  readonly held: boolean;
  readonly device: number;
  readonly mount: number | null;
  /** Mount points below; only where ids are not compared. */
  readonly others: ReadonlySet<string>;
}

export interface DeleteTask {
  readonly kind: "delete";
  readonly jobs: readonly DoomedName[];
  readonly own: OwnMount;
  readonly shared: SharedArrayBuffer;
  readonly thread: number;
  readonly port: MessagePort;
}

export interface Deletion {
  readonly own: OwnMount;
  /** To step into what is held. */
  readonly step?: WorkingDirectory | undefined;
  removed: number;
  readonly left: LeftBehind[];
}

interface OpenDirectory extends DoomedName {
  readonly fd: number;
  readonly inside: string;
  readonly path: string;
  readonly directories: string[];
}

/** linux/fcntl.h; missing in `fs.constants`. */
const O_PATH = 0o10000000;
const HOLD = O_PATH | (constants.O_NOFOLLOW ?? 0) | (constants.O_DIRECTORY ?? 0);
const LONE_SURROGATE = /\p{Surrogate}/u;
const MOST_TOLD = 1000;
/** To step into a directory pays from the second name on. */
const FEW = 1;

export function exactPath(path: string): string | Buffer {
  return LONE_SURROGATE.test(path) ? pathToBytes(path) : path;
}

function errnoIn(error: unknown): Errno {
  const code = (error as NodeJS.ErrnoException).code;
  if (code === undefined) throw error;
  return code;
}

function leave({ left }: Deletion, path: string, errno: Errno): void {
  if (errno !== "ENOENT" && left.length < MOST_TOLD) left.push({ path, errno });
}

/** `at`: what goes before the name in a system call; nothing in the directory that was stepped into. */
function remove(deletion: Deletion, { at, path }: { at: string; path: string }, name: string): void {
  try {
    unlinkSync(exactPath(at + name));
    deletion.removed++;
  } catch (error) {
    leave(deletion, `${path}/${name}`, errnoIn(error));
  }
}

/** Throws why a directory that was opened is not looked into. An own one that was made read-only is opened up: it is to go, too. */
function enter({ own }: Deletion, fd: number, { path, depth }: { path: string; depth: number }): void {
  const refuse = (code: Errno): never => {
    throw Object.assign(new Error(path), { code });
  };
  if (depth > DEEPEST) refuse("EFBIG");
  if (own.mount !== null) {
    if (mountIdOf(fd) !== own.mount) refuse("EXDEV");
    return;
  }
  const stat = own.held ? fstatSync(fd) : lstatSync(exactPath(path));
  if (!stat.isDirectory()) refuse("ENOTDIR");
  if (stat.dev !== own.device || own.others.has(path)) refuse("EXDEV");
  if ((stat.mode & 0o700) !== 0o700 && stat.uid === process.geteuid?.()) chmodSync(own.held ? `/proc/self/fd/${fd}` : exactPath(path), 0o700);
}

/** Names and which of them are directories. */
function list(inside: string): { name: string; directory: boolean }[] {
  const plain = readdirSync(exactPath(inside), { withFileTypes: true });
  if (!plain.some(({ name }) => name.includes("\ufffd"))) return plain.map((entry) => ({ name: entry.name, directory: entry.isDirectory() }));
  return readdirSync(exactPath(inside), { withFileTypes: true, encoding: "buffer" }).map((entry) => ({ name: pathFromBytes(entry.name), directory: entry.isDirectory() }));
}

/** Removes what is no directory, and keeps the names of the others. */
function empty(deletion: Deletion, directory: OpenDirectory): void {
  const { inside, directories, path, fd } = directory;
  const names = list(inside);
  const step = fd < 0 ? undefined : deletion.step;
  if (names.length > FEW) step?.into(inside);
  const at = step !== undefined && names.length > FEW ? "" : inside;
  for (const { name, directory: isDirectory } of names) {
    if (isDirectory) directories.push(name);
    else remove(deletion, { at, path }, name);
  }
}

function closeIfHeld({ fd }: { fd: number }): void {
  if (fd >= 0) closeSync(fd);
}

/** Opens a doomed directory and removes its files. undefined: it stays, and that was told, or it is gone. */
export function openDoomed(deletion: Deletion, doomed: DoomedName): OpenDirectory | undefined {
  const { base, name, parent, depth } = doomed;
  const path = `${parent === "/" ? "" : parent}/${name}`;
  let fd = -1;
  try {
    if (deletion.own.held) fd = openSync(exactPath(base + name), HOLD);
    enter(deletion, fd, { path, depth });
    const inside = fd < 0 ? `${path}/` : `/proc/self/fd/${fd}/`;
    const directory = { ...doomed, fd, inside, path, directories: [] };
    empty(deletion, directory);
    return directory;
  } catch (error) {
    closeIfHeld({ fd });
    leave(deletion, path, errnoIn(error));
    return undefined;
  }
}

/** Lets go of an emptied directory and removes it. One in which something stayed stays, and only what stayed is told. */
export function closeDoomed(deletion: Deletion, directory: OpenDirectory): void {
  closeIfHeld(directory);
  try {
    rmdirSync(exactPath(directory.base + directory.name));
    deletion.removed++;
  } catch (error) {
    const errno = errnoIn(error);
    const known = deletion.left.length > 0 && (errno === "ENOTEMPTY" || errno === "EEXIST");
    if (!known) leave(deletion, directory.path, errno);
  }
}

export function doomedIn({ inside, path, depth }: OpenDirectory, name: string): DoomedName {
  return { base: inside, name, parent: path, depth: depth + 1 };
}

/** One directory's worth of work. False when there is no more. */
export function deleteNext(deletion: Deletion, stack: OpenDirectory[], take: () => DoomedName | undefined): boolean {
  const top = stack.at(-1);
  const name = top?.directories.pop();
  if (top !== undefined && name === undefined) {
    stack.pop();
    closeDoomed(deletion, top);
    return true;
  }
  const doomed = top === undefined ? take() : doomedIn(top, name as string);
  if (doomed === undefined) return false;
  const opened = openDoomed(deletion, doomed);
  if (opened !== undefined) stack.push(opened);
  return true;
}

/** Lets go of what is open when the work stops half-way. */
export function letGo(stack: OpenDirectory[]): void {
  for (const each of stack.splice(0)) closeIfHeld(each);
}

export type { OpenDirectory };

/** `words` of the shared state beyond those of every crew. */
export const STOP = 1;
export const STARTED = 2;
export const DONE = 3;

/**
 * The whole life of a thread. It is counted as started before it asks whether to stop, and as done after its last system
 * call: the asking thread closes the descriptors of the parents only when all that started are done.
 */
export function deletePart({ jobs, own, shared, thread, port }: DeleteTask): void {
  const state = sharedState(shared);
  const deletion: Deletion = { own, removed: 0, left: [] };
  const stack: OpenDirectory[] = [];
  Atomics.add(state.words, STARTED, 1);
  try {
    while (Atomics.load(state.words, STOP) === 0 && deleteNext(deletion, stack, () => jobs[takeJob(state)])) {
      state.counts[thread * 2] = deletion.removed;
    }
  } finally {
    letGo(stack);
    port.postMessage({ removed: deletion.removed, left: deletion.left });
    Atomics.add(state.words, DONE, 1);
    Atomics.notify(state.words, DONE);
  }
}
