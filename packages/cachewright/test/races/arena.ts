/**
 * The ground of a race: a home with a pip cache in which some entries are foreign, and an outside that nothing done to
 * the cache may reach. Whatever must be looked at or put back during the race is held by descriptor, out of the
 * attacker's reach.
 */
import { chmodSync, chownSync, constants, fstatSync, linkSync, mkdirSync, openSync, symlinkSync, writeFileSync } from "node:fs";

const O_PATH = 0o10000000;

/** Who owns the cache, and attacks. */
export const ATTACKER = { uid: 12345, gid: 12345 };

export interface Arena {
  /** The cache: what a defender is let loose on. */
  readonly root: string;
  readonly outside: string;
  /** Makes the cache's foreign entries root's again. */
  makeForeign(): void;
  /** How many of the foreign entries belong to the cache's owner now. */
  givenBack(): number;
  /** Which outside objects have another owner or mode than at first. */
  changedOutside(): string[];
}

interface Held {
  readonly path: string;
  readonly fd: number;
}

const hold = (path: string): Held => ({ path, fd: openSync(path, O_PATH | constants.O_NOFOLLOW) });

function look({ fd }: Held): string {
  const { uid, gid, mode } = fstatSync(fd);
  return `${uid}:${gid} ${mode.toString(8)}`;
}

function makeDir(path: string, owner: { uid: number; gid: number }): string {
  mkdirSync(path, { recursive: true });
  chmodSync(path, 0o755);
  chownSync(path, owner.uid, owner.gid);
  return path;
}

function makeFile(path: string, mode: number): string {
  writeFileSync(path, "x");
  chmodSync(path, mode);
  return path;
}

const ROOT = { uid: 0, gid: 0 };

/** A directory's worth of objects; the cache and the outside have the same names, so that a swap hits something. */
function fill(top: string): string[] {
  const inner = makeDir(`${top}/b`, ROOT);
  return [inner, makeFile(`${inner}/entry`, 0o644), makeFile(`${inner}/more`, 0o600), makeFile(`${top}/entry`, 0o644)];
}

function buildOutside(outside: string): string[] {
  makeDir(outside, ROOT);
  const top = makeDir(`${outside}/a`, ROOT);
  return [outside, top, ...fill(top), makeFile(`${outside}/secret`, 0o600), makeFile(`${outside}/moved`, 0o600)];
}

function buildCache(root: string, outside: string): string[] {
  for (const part of ["", "/http-v2", "/http-v2/a", "/http-v2/m", "/wheels", "/wheels/1", "/wheels/2"]) makeDir(`${root}${part}`, ATTACKER);
  // The attackers' material, beside what it is swapped with.
  symlinkSync(`${outside}/a`, `${root}/../.link`);
  symlinkSync(`${outside}/a`, `${root}/http-v2/.link`);
  symlinkSync(`${outside}/a/b`, `${root}/http-v2/a/.link`);
  // Not the file the hard links are made to: that one must have a single name between two swaps.
  linkSync(`${outside}/moved`, `${root}/wheels/1/moving`);
  return [...fill(`${root}/http-v2/a`), ...fill(`${root}/http-v2/m`), makeFile(`${root}/wheels/swapped.whl`, 0o600), makeFile(`${root}/wheels/calm.whl`, 0o644)];
}

/** Builds the arena in an empty directory of root's. */
export function arena(ground: string): Arena {
  const [root, outside] = [`${ground}/home/.cache/pip`, `${ground}/outside`];
  const victims = buildOutside(outside).map(hold);
  makeDir(`${ground}/home`, ATTACKER);
  makeDir(`${ground}/home/.cache`, ATTACKER);
  const foreign = buildCache(root, outside).map(hold);
  const first = victims.map(look);
  return {
    root,
    outside,
    makeForeign: () => foreign.forEach(({ fd }) => chownSync(`/proc/self/fd/${fd}`, 0, 0)),
    givenBack: () => foreign.filter(({ fd }) => fstatSync(fd).uid === ATTACKER.uid).length,
    changedOutside: () => victims.flatMap((victim, index) => (look(victim) === first[index] ? [] : [`${victim.path}: was ${first[index]}, is ${look(victim)}`])),
  };
}
