import { spawnSync } from "node:child_process";
import { AppError } from "./app-error.ts";
import { pathFromBytes } from "./path-bytes.ts";
import type { Pinned } from "./pinned.ts";
import { errnoOf } from "./pinned-failure.ts";

/** How a program started by `runOnPinned` names the held object; a second one is `/proc/self/fd/4`. */
export const PINNED_ARG = "/proc/self/fd/3";

/** Only the system's own programs may act with root's rights: PATH is the caller's, or worse. */
const SYSTEM_PATH = "/usr/sbin:/usr/bin:/sbin:/bin:/run/current-system/sw/bin";

export interface PinnedRun {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a system program with the held objects as descriptors 3, 4 …, in the C locale and with nothing else of our environment. */
export function runOnPinned(pinned: Pinned | readonly Pinned[], argv: readonly [string, ...string[]], input = ""): PinnedRun {
  const held = "fd" in pinned ? [pinned] : pinned;
  const [program, ...args] = argv;
  const child = spawnSync(program, args, {
    input,
    stdio: ["pipe", "pipe", "pipe", ...held.map(({ fd }) => fd)],
    env: { PATH: SYSTEM_PATH, LC_ALL: "C" },
    cwd: "/",
  });
  if (child.error !== undefined || child.status === null) {
    const why = errnoOf(child.error) === "ENOENT" ? "it is not installed" : (errnoOf(child.error) ?? `ended by ${child.signal}`);
    throw new AppError("E_STEP", `could not run ${program}: ${why}`, { cause: child.error });
  }
  return { status: child.status, stdout: pathFromBytes(child.stdout), stderr: pathFromBytes(child.stderr) };
}

/** As `runOnPinned`; anything but exit 0 is E_STEP with what the program said. */
export function mustRunOnPinned(pinned: Pinned | readonly Pinned[], argv: readonly [string, ...string[]], input = ""): string {
  const run = runOnPinned(pinned, argv, input);
  if (run.status === 0) return run.stdout;
  const first = Array.isArray(pinned) ? (pinned[0] as Pinned) : (pinned as Pinned);
  throw new AppError("E_STEP", `${argv[0]} failed on ${first.path} (exit ${run.status}): ${run.stderr.trim()}`);
}
