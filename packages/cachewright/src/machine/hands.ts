/**
 * Changing. The counterpart of `Looker`: every verb that touches the machine names the object it means by a guard and
 * throws E_CHANGED when another one is met. On Linux objects are held (`pinned-hands.ts`); elsewhere they are checked
 * right before (`path-hands.ts`), and only with the user's own rights.
 */
import type { Guard } from "./guard.ts";
import type { ExactTimes } from "./pinned-attributes.ts";
import type { GuardField } from "./pinned-guard.ts";
import type { TreeGap } from "./pinned-tree.ts";

export interface Look {
  readonly guard: Guard;
  readonly size: number;
  readonly allocated: number;
  readonly times: ExactTimes;
  /** Worth writing down: known not to be the ctime under another name. */
  readonly born: Born;
  /** As the system tells it now, to be compared with what was written down. */
  readonly bornNow: Born;
}

/** When an object was made, in nanoseconds. Inode numbers are used again, moments are not. */
export type Born = string | undefined;

/** An object that is meant, and the fields of its guard that may differ. */
export interface Target {
  readonly path: string;
  readonly guard: Guard;
  readonly ignore?: readonly GuardField[];
}

/** Which object, whatever its owner and mode are by then. */
export type ObjectId = Pick<Guard, "dev" | "ino">;

export interface Owner {
  readonly uid: number;
  readonly gid: number;
}

export interface WalkedEntry {
  /** Relative to the root, "" for the root itself. */
  readonly rel: string;
  readonly guard: Guard;
  readonly born: Born;
  readonly allocated: number;
  /** How many of the object's names are certainly inside the tree. Known once the walk has ended. */
  readonly linksInside: () => number;
}

export interface Walked {
  readonly entries: readonly WalkedEntry[];
  readonly gaps: readonly TreeGap[];
}

export interface Ran {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Hands {
  /** lstat of the object itself; undefined where there is nothing. */
  look(path: string): Look | undefined;
  /** `meant`: the directory of that number, or E_CHANGED. */
  names(path: string, meant?: ObjectId): string[];
  /** A regular file's bytes; anything else, and more than `limit`, is E_REFUSED. */
  read(path: string, limit: number, meant?: ObjectId): Buffer;
  /** Everything at and below `path` on its mount. Links are met, never followed. */
  walk(path: string): Walked;
  /** getfacl and the like; `argv` names the object by `objectArg`. */
  runOn(target: Target, argv: readonly [string, ...string[]]): Ran;
  /** The same for many objects at once: the program's last arguments name them, in order, as `argOf` does. */
  runOnAll(targets: readonly Target[], argv: readonly [string, ...string[]]): Ran;
  readonly objectArg: (path: string) => string;
  /** How the program is told the object of that number. */
  readonly argOf: (path: string, number: number) => string;
  chown(target: Target, to: Owner): void;
  chmod(target: Target, mode: number): void;
  setTimes(target: Target, times: ExactTimes): void;
  /** An existing name is E_REFUSED. */
  makeDirectory(path: string, mode: number, owner?: Owner): void;
  /** Never replaces: a taken name is E_REFUSED. */
  rename(target: Target, to: string): void;
  /** Puts the object in the place of another one of the same directory, which must be `over`. */
  replace(target: Target, over: Target): void;
  link(target: Target, to: string): void;
  unlink(target: Target): void;
  removeDirectory(target: Target): void;
  /** A directory with all that is in it; nothing on another mount. */
  removeTree(target: Target): void;
  /** A new file, on disk when this returns. */
  create(path: string, bytes: Uint8Array, options: { mode: number; owner?: Owner }): void;
  /** Lets go of what is held. */
  close(): void;
}
