import type { Answer, Machine, Stat } from "../machine/machine.ts";
import { isLook } from "../machine/one-look.ts";
import { parentOf } from "../machine/path-steps.ts";
import { steppingRealpath } from "../machine/stepping-realpath.ts";
import type { Facts, PathFact, Source } from "./facts.ts";

/**
 * The record of every look one collection takes: nothing is asked of the kernel twice, and whatever was
 * seen can be replayed. `unknown` takes what should have been seen and could not be.
 */
export interface Looks {
  readonly machine: Machine;
  readonly paths: Map<string, PathFact>;
  readonly unknown: Facts["unknown"];
}

export function startLooks(machine: Machine): Looks {
  const paths = new Map<string, PathFact>();
  const lstat = (path: string): Answer<Pick<Stat, "type">> => {
    const { state, type, errno } = paths.get(path) ?? {};
    if (state === "present" && type !== undefined) return { ok: true, value: { type } };
    return errno === undefined ? machine.lstat(path) : { ok: false, errno };
  };
  return { machine: isLook(machine) ? machine : { ...machine, realpath: steppingRealpath(machine, lstat) }, paths, unknown: [] };
}

function toFact(path: string, answer: Answer<Stat>): PathFact {
  if (!answer.ok) {
    const absent = answer.errno === "ENOENT" || answer.errno === "ENOTDIR";
    return { path, state: absent ? "absent" : "denied", errno: answer.errno };
  }
  const { type, uid, gid, mode, nlink, dev, ino, size, mtimeMs } = answer.value;
  return { path, state: "present", type, uid, gid, mode, nlink, dev, ino, size, mtimeMs };
}

/** What lstat says of the path. */
export function look(looks: Looks, path: string): PathFact {
  const known = looks.paths.get(path);
  if (known !== undefined) return known;
  const seen = toFact(path, looks.machine.lstat(path));
  if (seen.type === "link") {
    const target = looks.machine.readlink(path);
    if (target.ok) seen.linkTo = target.value;
  }
  looks.paths.set(path, seen);
  return seen;
}

/** The same with what access(2) answers to this user. */
export function lookWithAccess(looks: Looks, path: string): PathFact {
  const seen = look(looks, path);
  if (seen.access === undefined && seen.state === "present" && seen.type !== "link") {
    const { machine } = looks;
    seen.access = {
      read: machine.access(path, "read"),
      write: machine.access(path, "write"),
      search: machine.access(path, "search"),
    };
  }
  return seen;
}

/** Looks at the path and at every directory above it, so that a refusal can be explained from the facts alone. */
export function lookChain(looks: Looks, path: string): PathFact {
  for (let at = parentOf(path); ; at = parentOf(at)) {
    const known = looks.paths.has(at);
    look(looks, at);
    if (known || at === parentOf(at)) break;
  }
  return look(looks, path);
}

/** The path itself or the nearest directory above it that lstat finds, as pip's own check walks. */
export function nearestExisting(looks: Looks, path: string): PathFact {
  for (let at = path; ; at = parentOf(at)) {
    const seen = look(looks, at);
    if (seen.state === "present" || at === parentOf(at)) return seen;
  }
}

/** What decides whether the path can be written or set aside: itself or the nearest directory above, and the parent of that. */
export function lookToWrite(looks: Looks, path: string): void {
  lookChain(looks, path);
  const top = nearestExisting(looks, path);
  lookWithAccess(looks, top.path);
  lookWithAccess(looks, parentOf(top.path));
}

export function cannotSee(looks: Looks, what: string, why: string, from: Source): void {
  looks.unknown.push({ what, why, from });
}

/** The directories on the way from `root` down to what is below it, the root included; none for the root itself. */
export function directoriesBetween(root: string, path: string): string[] {
  const directories: string[] = [];
  for (let at = path; at.length > root.length;) {
    at = parentOf(at);
    directories.push(at);
  }
  return directories;
}
