import { randomBytes } from "node:crypto";
import * as fs from "node:fs";
import * as path from "node:path";
import { AppError } from "./app-error.ts";
import type { Answer } from "./machine.ts";
import { openHands } from "./open-hands.ts";
import { pathToBytes } from "./path-bytes.ts";
import { ownUid } from "./proc.ts";

function errnoOf(error: unknown): string {
  const code = (error as NodeJS.ErrnoException).code;
  if (typeof code !== "string") throw error;
  return code;
}

function write(file: Buffer): void {
  const fd = fs.openSync(file, "wx", 0o600);
  try {
    fs.writeSync(fd, "cachewright probe\n");
    fs.fsyncSync(fd);
  } finally {
    fs.closeSync(fd);
  }
}

/** The probe leaves no trace: not even the directory's time tells of it, where the user may set it. */
function bringTimeBack(directory: string, before: fs.BigIntStats): void {
  if (process.platform !== "linux" || Number(before.uid) !== ownUid()) return;
  const hands = openHands();
  try {
    const real = fs.realpathSync.native(pathToBytes(directory), "utf8");
    const now = hands.look(real);
    if (now?.guard.ino === String(before.ino)) hands.setTimes({ path: real, guard: now.guard }, { atime: now.times.atime, mtime: before.mtimeNs });
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
  } finally {
    hands.close();
  }
}

function removeIfAny(file: Buffer): void {
  try {
    fs.unlinkSync(file);
  } catch {
    // It was never made, or is renamed or deleted already.
  }
}

/**
 * Does what a tool does to write into its cache: create a file, sync it, rename it, delete it. Who may write is asked
 * of the kernel in this very directory. Answers with the errno of the first thing that failed; cleans up always.
 */
export function probeDirectory(directory: string): Answer<undefined> {
  const name = path.join(directory, `.cachewright-probe-${process.pid}-${randomBytes(4).toString("hex")}`);
  const [file, renamed] = [pathToBytes(name), pathToBytes(`${name}.renamed`)];
  let before: fs.BigIntStats | undefined;
  try {
    before = fs.statSync(pathToBytes(directory), { bigint: true });
    write(file);
    fs.renameSync(file, renamed);
    fs.unlinkSync(renamed);
    return { ok: true, value: undefined };
  } catch (error) {
    return { ok: false, errno: errnoOf(error) };
  } finally {
    for (const each of [file, renamed]) removeIfAny(each);
    if (before !== undefined) bringTimeBack(directory, before);
  }
}
