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

function use(at: At, token: string): void {
  fs.readFileSync(at(token));
  fs.writeFileSync(at(token), "changed by another\n", { flag: "r+" });
  fs.mkdirSync(at(`${token}-below`));
  fs.writeFileSync(at(`${token}-below`, token), "made by another\n", { flag: "wx" });
  fs.renameSync(at(`${token}-below`, token), at(token));
  fs.unlinkSync(at(token));
  fs.rmdirSync(at(`${token}-below`));
  fs.rmdirSync(at());
}

/** Does one part; answers with the errno of the first thing that failed. */
export function shareProbe({ do: part, directory, token, umask }: ShareAct): Answer<undefined> {
  if (!tokens.test(token)) throw new Error("a share probe is named by a token");
  const at: At = (...names) => pathToBytes(path.join(directory, `.cachewright-share-${token}`, ...names));
  const before = process.umask(umask);
  try {
    if (part === "make") make(at, token);
    else if (part === "use") use(at, token);
    else fs.rmSync(at(), { recursive: true, force: true });
    return { ok: true, value: undefined };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (typeof code !== "string") throw error;
    return { ok: false, errno: code };
  } finally {
    process.umask(before);
  }
}
