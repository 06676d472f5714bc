import { closeSync, constants, openSync } from "node:fs";
import { isMainThread } from "node:worker_threads";

/**
 * Stepping into held directories, so that system calls take bare names: a name below /proc/self/fd/N costs as much again as
 * the unlink of a file in memory. The working directory is the whole process's: `back` before anything else gets its turn.
 */
export interface WorkingDirectory {
  into(directory: string): void;
  back(): void;
  close(): void;
}

/** linux/fcntl.h; missing in `fs.constants`. */
const O_PATH = 0o10000000;

/** undefined where there is no way back, and in threads, which may not step anywhere. Needs /proc. */
export function workingDirectory(): WorkingDirectory | undefined {
  if (!isMainThread) return undefined;
  let fd: number | undefined;
  try {
    fd = openSync(".", O_PATH | (constants.O_DIRECTORY ?? 0));
    const home = `/proc/self/fd/${fd}`;
    process.chdir(home);
    let away = false;
    return {
      into: (directory) => {
        process.chdir(directory);
        away = true;
      },
      back: () => {
        if (away) process.chdir(home);
        away = false;
      },
      close: () => closeSync(fd as number),
    };
  } catch {
    if (fd !== undefined) closeSync(fd);
    return undefined;
  }
}
