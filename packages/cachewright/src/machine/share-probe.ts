import { randomBytes } from "node:crypto";
import * as fs from "node:fs";
import * as path from "node:path";
import type { Answer } from "./machine.ts";
import { pathToBytes } from "./path-bytes.ts";

/**
 * The proof that two users can keep one cache: one makes what pip makes, a directory with a file, under a umask that is
 * usual; the other reads it, adds to it, replaces and removes it. Each act runs in a process that is that user.
 */
export interface ShareAct {
  readonly do: "make" | "use" | "clean";
  readonly directory: string;
  /** From `shareToken`. Every name is made of it: a member who swaps the directory for a link leads nobody to a file they have. */
  readonly token: string;
  readonly umask: number;
}

const tokens = /^[0-9a-f]{24}$/;

export function shareToken(): string {
  return randomBytes(12).toString("hex");
}

type At = (...names: string[]) => Buffer;

function make(at: At, token: string): void {
  fs.mkdirSync(at(), 0o777);
  fs.writeFileSync(at(token), "made by one\n", { mode: 0o666, flag: "wx" });
}

/**
 * What the other made lies in their directory: by now it may be a link to a file of ours, another name of one, or a FIFO
 * that keeps us waiting. None of these is opened or changed.
 */
function openOthers(file: Buffer): number {
  const { O_RDWR, O_NOFOLLOW = 0, O_NONBLOCK = 0, O_NOCTTY = 0 } = fs.constants;
  const fd = fs.openSync(file, O_RDWR | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY);
  const stat = fs.fstatSync(fd);
  if (stat.isFile() && stat.nlink === 1) return fd;
  fs.closeSync(fd);
  throw Object.assign(new Error("it is not the file that was made"), { code: "EPERM" });
}

function use(at: At, token: string): void {
  const fd = openOthers(at(token));
  try {
    fs.readSync(fd, Buffer.alloc(64));
    fs.writeSync(fd, "changed by another\n", 0);
  } finally {
    fs.closeSync(fd);
  }
  fs.mkdirSync(at(`${token}-below`));
  fs.writeFileSync(at(`${token}-below`, token), "made by another\n", { flag: "wx" });
  fs.renameSync(at(`${token}-below`, token), at(token));
  fs.unlinkSync(at(token));
  fs.rmdirSync(at(`${token}-below`));
  fs.rmdirSync(at());
}

/** By name, never a whole tree: a directory that another member swaps for a link meanwhile leads to nothing of these names. */
function clean(at: At, token: string): void {
  const gone = (act: () => void): void => {
    try {
      act();
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
    }
  };
  gone(() => fs.unlinkSync(at(`${token}-below`, token)));
  gone(() => fs.rmdirSync(at(`${token}-below`)));
  gone(() => fs.unlinkSync(at(token)));
  gone(() => fs.rmdirSync(at()));
}

/** Does one part; answers with the errno of the first thing that failed. */
export function doSharePart({ do: part, directory, token }: Omit<ShareAct, "umask">): Answer<undefined> {
  if (!tokens.test(token)) throw new Error("a share probe is named by a token");
  const at: At = (...names) => pathToBytes(path.join(directory, `.cachewright-share-${token}`, ...names));
  try {
    if (part === "make") make(at, token);
    else if (part === "use") use(at, token);
    else clean(at, token);
    return { ok: true, value: undefined };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (typeof code !== "string") throw error;
    return { ok: false, errno: code };
  }
}

/** The same under the act's umask, which is the whole process's. */
export function shareProbe({ umask, ...part }: ShareAct): Answer<undefined> {
  const before = process.umask(umask);
  try {
    return doSharePart(part);
  } finally {
    process.umask(before);
  }
}
