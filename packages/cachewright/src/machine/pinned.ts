/**
 * Objects of the file system that are held, not named. An `O_PATH` descriptor stays with one object whatever happens
 * to its names, opens FIFOs, sockets and devices without touching them, and is acted on through /proc/self/fd.
 * Node has no *at system calls; `/proc/self/fd/N/name` is their equal: the kernel resolves `name` in the held directory.
 */
import { closeSync, constants, openSync, statfsSync } from "node:fs";
import type { Buffer } from "node:buffer";
import { AppError } from "./app-error.ts";
import { errnoOf, pinnedFailure } from "./pinned-failure.ts";
import { mountIdOf } from "./mount-id.ts";
import { pathToBytes } from "./path-bytes.ts";

export interface Pinned {
  /** An O_PATH descriptor; -1 once closed, so that a late use fails instead of meeting another object. */
  readonly fd: number;
  /** The path it was reached by, for people. It may mean something else by now. */
  readonly path: string;
}

/** A name in a held directory. */
export interface Place {
  readonly parent: Pinned;
  readonly name: string;
}

/** linux/fcntl.h; the same on every architecture Node runs on, missing in `fs.constants`. */
const O_PATH = 0o10000000;
const PROC_SUPER_MAGIC = 0x9fa0;
const OBJECT = O_PATH | (constants.O_NOFOLLOW ?? 0);
const DIRECTORY = OBJECT | (constants.O_DIRECTORY ?? 0);

let available: boolean | undefined;

/** Whether objects can be pinned and their mounts told apart: Linux with a real /proc. */
export function pinningAvailable(): boolean {
  available ??= probePinning();
  return available;
}

function probePinning(): boolean {
  if (process.platform !== "linux") return false;
  let fd: number | undefined;
  try {
    if (statfsSync("/proc").type !== PROC_SUPER_MAGIC) return false;
    fd = openSync("/", DIRECTORY);
    return mountIdOf(fd) !== null;
  } catch {
    return false;
  } finally {
    if (fd !== undefined) closeSync(fd);
  }
}

/** The path that means the held object itself, links included, to any system call that follows links. */
export function fdPath(pinned: Pinned): string {
  return `/proc/self/fd/${pinned.fd}`;
}

/** The path that means `name` in the held directory. Refuses what would leave it. */
export function placePath(parent: Pinned, name: string): Buffer {
  if (name === "" || name === "." || name === ".." || name.includes("/")) {
    throw new AppError("E_REFUSED", `${JSON.stringify(name)} is not the name of an entry`);
  }
  return pathToBytes(`${fdPath(parent)}/${name}`);
}

export function pathIn(parent: Pinned, name: string): string {
  return parent.path === "/" ? `/${name}` : `${parent.path}/${name}`;
}

/** Pins `name` in a held directory, whatever kind of object it is; a link is pinned itself. */
export function openPinnedAt(parent: Pinned, name: string): Pinned {
  const path = pathIn(parent, name);
  try {
    return { fd: openSync(placePath(parent, name), OBJECT), path };
  } catch (cause) {
    throw pinnedFailure(path, "look at", cause);
  }
}

/** As `openPinnedAt`; undefined where there is nothing of that name. */
export function openPinnedIfAny(parent: Pinned, name: string): Pinned | undefined {
  try {
    return openPinnedAt(parent, name);
  } catch (error) {
    if (errnoOf(error) === "ENOENT") return undefined;
    throw error;
  }
}

function openDirectoryAt(parent: Pinned, name: string): Pinned {
  const path = pathIn(parent, name);
  try {
    return { fd: openSync(placePath(parent, name), DIRECTORY), path };
  } catch (cause) {
    throw pinnedFailure(path, "walk through", cause);
  }
}

function openRoot(): Pinned {
  if (!pinningAvailable()) throw new AppError("E_PRIVILEGE", "this system offers no way to hold a file while acting on it (Linux with /proc does)");
  return { fd: openSync("/", DIRECTORY), path: "/" };
}

/**
 * Pins the object at an absolute path, walking from "/" through held directories. A link on the way is E_CHANGED
 * (callers give resolved paths); the last component is pinned itself, link or not.
 */
export function openPinned(path: string): Pinned {
  if (!path.startsWith("/")) throw new AppError("E_REFUSED", `${path} is not an absolute path`);
  const names = path.split("/").filter((name) => name !== "");
  let held = openRoot();
  for (const [index, name] of names.entries()) {
    const parent = held;
    try {
      held = index === names.length - 1 ? openPinnedAt(parent, name) : openDirectoryAt(parent, name);
    } finally {
      closePinned(parent);
    }
  }
  return held;
}

/** Lets go. A second call does nothing. */
export function closePinned(pinned: Pinned): void {
  const { fd } = pinned;
  if (fd < 0) return;
  (pinned as { fd: number }).fd = -1;
  closeSync(fd);
}

export function withPinned<T>(path: string, act: (pinned: Pinned) => T): T {
  const pinned = openPinned(path);
  try {
    return act(pinned);
  } finally {
    closePinned(pinned);
  }
}

/** Pins the parent of `path` and gives the place of its last component, which need not exist. */
export function withPlace<T>(path: string, act: (place: Place) => T): T {
  const cut = path.lastIndexOf("/");
  return withPinned(path.slice(0, cut) || "/", (parent) => act({ parent, name: path.slice(cut + 1) }));
}
