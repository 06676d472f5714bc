import { randomBytes } from "node:crypto";
import * as fs from "node:fs";
import * as path from "node:path";
import { AppError } from "./app-error.ts";
import type { Machine } from "./machine.ts";

type Owner = Pick<Machine, "env" | "identity" | "account">;

interface Candidate {
  readonly dir: string;
  /** Parents may be made, by their owner only. */
  readonly makeParents: boolean;
}

const rootState = "/var/lib/cachewright";
const probeBytes = 64 * 1024;

function homeOf({ env, account }: Owner): string | undefined {
  if (env["HOME"] !== undefined && path.isAbsolute(env["HOME"])) return env["HOME"];
  const known = account();
  return known.ok && path.isAbsolute(known.value.home) ? known.value.home : undefined;
}

/** Where state may be, best first. Root's is never below a home, and never where an inherited variable of a user points. */
function candidates(machine: Owner): Candidate[] {
  const { env, identity } = machine;
  const absolute = (value: string | undefined) => (value !== undefined && path.isAbsolute(value) ? [value] : []);
  const asked = absolute(env["CACHEWRIGHT_STATE_DIR"]).map((dir) => ({ dir, makeParents: identity.euid !== 0 }));
  if (identity.euid === 0) return [...asked, { dir: rootState, makeParents: true }];
  const home = homeOf(machine);
  return [
    ...asked,
    ...absolute(env["XDG_STATE_HOME"]).map((dir) => ({ dir: path.join(dir, "cachewright"), makeParents: true })),
    ...(home === undefined ? [] : [{ dir: path.join(home, ".local", "state", "cachewright"), makeParents: true }]),
    ...(identity.euid < 0 ? [] : [{ dir: `/var/tmp/cachewright-${identity.euid}`, makeParents: false }]),
  ];
}

/** Why a directory's word is not taken; undefined when it is ours alone to write. */
export function distrust(dir: string, uid: number): string | undefined {
  const stat = fs.lstatSync(dir, { throwIfNoEntry: false });
  if (stat === undefined) return "is not there";
  if (!stat.isDirectory()) return "is not a directory";
  if (uid < 0) return undefined;
  if (stat.uid !== uid) return `belongs to uid ${stat.uid}`;
  return (stat.mode & 0o022) === 0 ? undefined : "is writable by others";
}

/** Makes `dir` and what is missing above it, each 0700 (XDG base directory specification), below a directory of our own. */
function make({ dir, makeParents }: Candidate, uid: number): void {
  const missing: string[] = [];
  let existing = dir;
  while (fs.lstatSync(existing, { throwIfNoEntry: false }) === undefined && path.dirname(existing) !== existing) {
    missing.unshift(existing);
    existing = path.dirname(existing);
  }
  if (missing.length > 1 && !makeParents) throw new Error(`${path.dirname(dir)} is not there`);
  // Anybody's /var/tmp will do for one directory; a chain is only made in a place that is the user's own.
  if (missing.length > 1 && uid >= 0 && fs.statSync(existing).uid !== uid) throw new Error(`${existing} belongs to another user`);
  for (const each of missing) fs.mkdirSync(each, { mode: 0o700 });
}

/** A real write is the only proof that a journal can be kept here. */
function probe(dir: string, bytes: number): void {
  const file = path.join(dir, `.probe-${process.pid}-${randomBytes(4).toString("hex")}`);
  const fd = fs.openSync(file, "wx", 0o600);
  try {
    const block = Buffer.alloc(Math.min(bytes, 1 << 20), 0x2e);
    for (let left = bytes; left > 0;) left -= fs.writeSync(fd, block, 0, Math.min(left, block.length));
    fs.fsyncSync(fd);
  } finally {
    fs.closeSync(fd);
    fs.rmSync(file, { force: true });
  }
}

/**
 * The directory where runs are journalled: the first that can be made, is the user's alone and takes a real write.
 * The usual places may be the very thing that is ill; then the next one serves. `bytes`: room the journal will need.
 */
export function chooseStateDir(machine: Owner, { bytes = probeBytes }: { bytes?: number } = {}): string {
  const uid = machine.identity.euid;
  const tried: string[] = [];
  for (const candidate of candidates(machine)) {
    try {
      make(candidate, uid);
      const why = distrust(candidate.dir, uid);
      if (why !== undefined) throw new Error(why);
      probe(candidate.dir, bytes);
      return candidate.dir;
    } catch (error) {
      tried.push(`${candidate.dir}: ${(error as Error).message}`);
    }
  }
  throw new AppError("E_STATE", `no place to keep a journal, so nothing is changed\n  ${tried.join("\n  ")}`, {
    hint: "set CACHEWRIGHT_STATE_DIR to a directory of your own that can be written",
  });
}

/** Every place where this user's runs may be found, the preferred one first. Makes nothing. */
export function existingStateDirs(machine: Owner): string[] {
  const dirs = candidates(machine).map(({ dir }) => dir);
  return [...new Set(dirs)].filter((dir) => {
    try {
      return distrust(dir, machine.identity.euid) === undefined;
    } catch {
      return false;
    }
  });
}
