/**
 * Locks of other programs, held while something of theirs is changed. Node has neither flock(2) nor fcntl(2) locks, so a
 * child holds them: flock(1) of util-linux, or Python. It lets go when its standard input ends, also when we are killed.
 */
import { spawn } from "node:child_process";
import { closeSync, constants, fstatSync, openSync } from "node:fs";
import { AppError } from "./app-error.ts";

export interface WantedLock {
  readonly how: "flock" | "fcntl";
  readonly path: string;
}

export interface HeldLock {
  release(): void;
}

export type LockAnswer =
  | { readonly state: "held"; readonly lock: HeldLock }
  | { readonly state: "busy" }
  /** The file is not there. It is not made: looking after a cache leaves nothing of its own in it. */
  | { readonly state: "absent" }
  /** Nothing on this machine can hold it. */
  | { readonly state: "unable"; readonly why: string };

/** Only the system's own programs: as root nothing is run that somebody put on PATH. */
const systemPath = "/usr/bin:/bin:/usr/sbin:/sbin:/usr/local/bin";
const busyExit = 75;

const python = `
import fcntl, sys
how, path = sys.argv[1:3]
f = open(path, "r+b", 0)
try:
    (fcntl.flock if how == "flock" else fcntl.lockf)(f, fcntl.LOCK_EX | fcntl.LOCK_NB)
except OSError as error:
    import errno
    sys.exit(${busyExit} if error.errno in (errno.EAGAIN, errno.EACCES) else 1)
sys.stdout.write("held\\n"); sys.stdout.flush()
sys.stdin.read()
`;

function holders({ how, path }: WantedLock): (readonly [string, ...string[]])[] {
  const byPython = ["python3", "-I", "-S", "-c", python, how, path] as const;
  const byFlock = ["flock", "--exclusive", "--nonblock", "--conflict-exit-code", String(busyExit), path, "sh", "-c", "echo held; read -r _ || :"] as const;
  return how === "flock" ? [byFlock, byPython] : [byPython];
}

/** Takes the lock at once or not at all. */
export async function holdLock(wanted: WantedLock): Promise<LockAnswer> {
  if (!exists(wanted)) return { state: "absent" };
  const failures: string[] = [];
  for (const argv of holders(wanted)) {
    const answer = await holdBy(argv);
    if (answer.state !== "unable") return answer;
    failures.push(answer.why);
  }
  return { state: "unable", why: failures.join("; ") };
}

function exists({ path }: WantedLock): boolean {
  let fd: number;
  try {
    fd = openSync(path, constants.O_RDWR | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  } catch (error) {
    if (errnoOf(error) === "ENOENT") return false;
    throw cannotOpen(path, error);
  }
  const isFile = fstatSync(fd).isFile();
  closeSync(fd);
  // flock(1) would wait for a pipe's other end for ever.
  if (!isFile) throw new AppError("E_REFUSED", `the lock ${path} is no file`, { hint: "who may not lock a cache must not change it" });
  return true;
}

function errnoOf(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? "unknown error";
}

function cannotOpen(path: string, error: unknown): AppError {
  return new AppError("E_REFUSED", `the lock ${path} cannot be opened (${errnoOf(error)})`, { hint: "who may not lock a cache must not change it", cause: error });
}

function holdBy([program, ...args]: readonly [string, ...string[]]): Promise<LockAnswer> {
  return new Promise((resolve) => {
    const child = spawn(program, args, { stdio: ["pipe", "pipe", "pipe"], env: { PATH: systemPath, LC_ALL: "C" } });
    let said = "";
    child.stderr.on("data", (chunk) => (said += String(chunk)));
    child.stdin.on("error", () => undefined);
    child.stdout.once("data", () => resolve({ state: "held", lock: { release: () => void child.stdin.end() } }));
    child.once("error", (error) => resolve({ state: "unable", why: `${program}: ${error.message}` }));
    child.once("exit", (code) => resolve(code === busyExit ? { state: "busy" } : { state: "unable", why: `${program}: ${said.trim() || `exit ${code}`}` }));
  });
}
