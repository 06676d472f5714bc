import * as fs from "node:fs";
import * as path from "node:path";
import { AppError } from "./app-error.ts";
import { lifeOf, ownMark, type ProcessMark } from "./proc.ts";

export interface RunLock {
  readonly path: string;
  release(): void;
}

interface Holder {
  readonly mark: ProcessMark;
  readonly since: string;
}

/** A holder that cannot be seen from here (a container, another host) is believed this long; no apply takes longer. */
const unseenLimit = 60 * 60 * 1000;
/** Between creating the lock and writing its holder lie microseconds; an older empty lock belongs to nobody. */
const emptyLimit = 10 * 1000;

function create(file: string): boolean {
  try {
    const fd = fs.openSync(file, "wx", 0o600);
    try {
      fs.writeSync(fd, JSON.stringify({ mark: ownMark(), since: new Date().toISOString() }));
      fs.fsyncSync(fd);
    } catch (error) {
      // A lock that nobody is named in would keep everybody out.
      fs.unlinkSync(file);
      throw error;
    } finally {
      fs.closeSync(fd);
    }
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw new AppError("E_STATE", `cannot lock ${file}: ${(error as Error).message}`, { cause: error });
  }
}

function parseHolder(text: string): Holder | null {
  try {
    const value = JSON.parse(text) as Holder;
    return typeof value.mark.pid === "number" && typeof value.since === "string" ? value : null;
  } catch {
    return null;
  }
}

/** What stands in the way: the text of the lock, its holder, and whether that holder still counts. */
function lookAt(file: string): { text: string; holder: Holder | null; counts: boolean } | null {
  try {
    const age = Date.now() - fs.lstatSync(file).mtimeMs;
    const text = fs.readFileSync(file, "utf8");
    const holder = parseHolder(text);
    if (holder === null) return { text, holder, counts: age < emptyLimit };
    const life = lifeOf(holder.mark);
    return { text, holder, counts: life === "alive" || (life === "unseen" && age < unseenLimit) };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
}

/**
 * Takes a dead holder's lock away. Two processes may find it dead at once: only the one that holds `.takeover`
 * looks again and unlinks, so the fresh lock of the other is never taken for the dead one.
 */
function clearDead(file: string, seen: string): void {
  const takeover = `${file}.takeover`;
  if (!create(takeover)) {
    const other = lookAt(takeover);
    if (other !== null && !other.counts) fs.rmSync(takeover, { force: true });
    return;
  }
  try {
    const now = lookAt(file);
    if (now !== null && now.text === seen && !now.counts) fs.unlinkSync(file);
  } finally {
    fs.rmSync(takeover, { force: true });
  }
}

function lockedError(file: string, holder: Holder | null): AppError {
  const who = holder === null ? "another cachewright" : `another cachewright (process ${holder.mark.pid}) since ${holder.since}`;
  return new AppError("E_LOCKED", `${who} is changing things here: ${file}`, {
    hint: "wait until it has ended, then try again; nothing was changed",
  });
}

/** One run at a time in a state directory. A dead holder's lock is taken over, a live one is E_LOCKED. */
export function takeRunLock(stateDir: string): RunLock {
  const file = path.join(stateDir, "lock");
  for (let attempt = 0; attempt < 20; attempt += 1) {
    if (create(file)) return { path: file, release: () => fs.rmSync(file, { force: true }) };
    const held = lookAt(file);
    if (held?.counts) throw lockedError(file, held.holder);
    if (held !== null) clearDead(file, held.text);
  }
  throw lockedError(file, null);
}

/** Whether a run is going on in a state directory right now. */
export function isRunLocked(stateDir: string): boolean {
  return lookAt(path.join(stateDir, "lock"))?.counts ?? false;
}
