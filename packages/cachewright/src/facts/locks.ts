import { dirname, join } from "node:path";
import { redact } from "../machine/redact.ts";
import { pipAtLeast } from "../tools/pip/version.ts";
import type { LockFact, PipUseFact } from "./facts.ts";
import { holdersOf } from "./lock-holders.ts";
import { lookToWrite, type Looks } from "./looks.ts";

/** Directories a plain look spends on a cache. */
const quickLook = 200;
/** Characters kept of a command line. */
const mostOfCommand = 120;

/** pip's own locks, until 19.2 (`lockfile`, MkdirLockFile beside an entry; LinkLockFile beside the self check). */
function oldPipLocks(looks: Looks, cache: string, whole: boolean): string[] {
  const found: string[] = [];
  let left = whole ? Number.POSITIVE_INFINITY : quickLook;
  const pending = [{ path: join(cache, "http"), depth: 0 }];
  for (let at = pending.shift(); at !== undefined && left > 0; at = pending.shift()) {
    left -= 1;
    const entries = looks.machine.list(at.path);
    for (const { name, type } of entries.ok ? entries.value : []) {
      if (at.depth === 5 && type === "dir" && /^[0-9a-f]+\.lock$/.test(name)) found.push(join(at.path, name));
      if (at.depth < 5 && type === "dir" && /^[0-9a-f]$/.test(name)) pending.push({ path: join(at.path, name), depth: at.depth + 1 });
    }
  }
  const check = join(cache, "selfcheck.json.lock");
  return looks.machine.lstat(check).ok ? [...found, check] : found;
}

function commandOf(looks: Looks, pid: number): string {
  const answer = looks.machine.readFile(`/proc/${pid}/cmdline`, 1 << 16);
  const words = answer.ok ? answer.value.toString("utf8").split("\0").filter((word) => word !== "").join(" ") : "";
  return redact(words === "" ? "a process whose command cannot be read" : words.replace(/\s+/g, " ").slice(0, mostOfCommand));
}

/**
 * Numbers that the name of a lock's owner may end with: `HOST.-THREADPID`, a thread in up to eight hexadecimal digits and
 * the process behind it without anything in between. Undefined for another host's.
 */
export function possiblePids(name: string, host: string): number[] | undefined {
  if (!name.startsWith(`${host}.-`)) return undefined;
  const digits = name.slice(host.length + 2);
  return [1, 2, 3, 4, 5, 6, 7, 8].flatMap((length) => (/^[0-9a-f]+$/.test(digits.slice(0, length)) && /^[1-9]\d*$/.test(digits.slice(length)) ? [Number(digits.slice(length))] : []));
}

/** Processes that may be the owner: alive, and a Python. */
function ownersOf(looks: Looks, lock: string): { pids: number[]; known: boolean } {
  const host = looks.machine.readFile("/proc/sys/kernel/hostname");
  const entries = looks.machine.list(lock);
  const names = (host.ok && entries.ok ? entries.value : []).map(({ name }) => (host.ok ? possiblePids(name, host.value.toString("utf8").trim()) : undefined));
  const pids = names.flatMap((one) => one ?? []);
  const alive = [...new Set(pids)].filter((pid) => looks.machine.lstat(`/proc/${pid}`).ok && /pip|python/.test(commandOf(looks, pid)));
  return { pids: alive, known: names.length > 0 && names.every((one) => one !== undefined && one.length > 0) };
}

/** Whoever writes one small file does not take an hour. */
const overdueMs = 3_600_000;

function existingLock(looks: Looks, path: string): LockFact[] {
  const stat = looks.machine.lstat(path);
  if (!stat.ok) return [];
  const { pids, known } = ownersOf(looks, path);
  const isOverdue = looks.machine.now().getTime() - stat.value.mtimeMs > overdueMs;
  // Of a fresh lock whose owner nobody can tell nothing is said.
  if (pids.length === 0 && !known && !isOverdue) return [];
  lookToWrite(looks, path);
  return [{
    path, tool: "pip", kind: "exists", since: new Date(stat.value.mtimeMs).toISOString(),
    holders: isOverdue ? [] : pids.map((pid) => ({ pid, command: commandOf(looks, pid), shared: false })),
  }];
}

function toolOf(path: string): LockFact["tool"] {
  return /\/uv(?:\/|-[0-9a-f]+\.lock$)|\/\.venv\/\.lock$/.test(path) ? "uv" : "other";
}

function kernelLock(looks: Looks, path: string): LockFact[] {
  const stat = looks.machine.stat(path);
  if (!stat.ok || stat.value.type !== "file") return [];
  const holders = holdersOf(looks.machine, path, stat.value);
  if (holders.length === 0) return [];
  lookToWrite(looks, path);
  return [{
    path, tool: toolOf(path), kind: "kernel", since: new Date(stat.value.mtimeMs).toISOString(),
    holders: holders.map(({ pid, shared, uid }) => ({ pid, command: commandOf(looks, pid), shared, ...(uid === undefined ? {} : { uid }) })),
  }];
}

export interface LockRequest {
  readonly uses: readonly PipUseFact[];
  /** Root of uv's cache, and directories of environments, that may hold a `.lock`. */
  readonly places: readonly string[];
  /** Paths a log names. */
  readonly paths: readonly string[];
  readonly home: string | undefined;
  /** Somebody asks for locks: those that are held are looked for too. */
  readonly asked: boolean;
}

/** uv names a path below the working directory from there. */
function named(looks: Looks, { paths, home }: LockRequest): string[] {
  return paths.filter((path) => /lock/i.test(path.slice(path.lastIndexOf("/")))).flatMap((path) =>
    path.startsWith("/") ? [path] : [looks.machine.cwd, ...(home === undefined ? [] : [home])].map((directory) => join(directory, path)));
}

export function lockFacts(looks: Looks, request: LockRequest): LockFact[] {
  const old = request.uses.filter((use) => use.cacheReal !== null && use.cacheOff === null && !pipAtLeast(use.pip, "19.3"));
  const caches = [...new Set(old.flatMap((use) => use.cacheReal ?? []))];
  const left = caches.flatMap((cache) => oldPipLocks(looks, cache, request.asked)).flatMap((path) => existingLock(looks, path));
  if (!request.asked) return left;
  const known = new Set(left.map(({ path }) => path));
  const files = new Set([...request.places.map((place) => join(place, ".lock")), ...named(looks, request)].filter((path) => dirname(path) !== path && !known.has(path)));
  return [...left, ...[...files].flatMap((path) => kernelLock(looks, path))];
}
