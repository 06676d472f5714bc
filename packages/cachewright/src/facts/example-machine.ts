import { nodeMachine } from "../machine/node-machine.ts";
import type { Answer, Machine } from "../machine/machine.ts";

/**
 * For tests: this machine with parts of it replaced, so that what a test says does not depend on where it runs. Nothing
 * here is loaded by the command line.
 */
export function machineWith(change: Partial<Machine> = {}): Machine {
  return { ...nodeMachine({ env: {}, cwd: "/" }), ...change };
}

/** Answers for some files by their path; the others are as they are on this machine. */
export function withFiles(files: Readonly<Record<string, string | Buffer>>, change: Partial<Machine> = {}): Machine {
  const real = machineWith(change);
  return {
    ...real,
    readFile(path, limit): Answer<Buffer> {
      const text = files[path];
      return text === undefined ? real.readFile(path, limit) : { ok: true, value: Buffer.from(text) };
    },
    lstat: (path) => (files[path] === undefined ? real.lstat(path) : real.lstat("/proc/self/status")),
  };
}

export const nothing = { ok: false, errno: "ENOENT" } as const;
