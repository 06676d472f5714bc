import { spawnSync } from "node:child_process";
import { AppError } from "./app-error.ts";
import { isSingleExecutable } from "./own-files.ts";

/** An account a root process can become. */
export interface Account {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
  readonly home: string;
  readonly shell: string;
}

/** The word that makes the command line serve one request as somebody else instead of parsing arguments. */
export const userChildWord = "--serve-as-user";

const answerLimit = 256 << 20;

/** Variables of a fresh login; nothing of root's environment goes along. */
export function loginEnvironment(account: Account): Record<string, string> {
  return {
    HOME: account.home, USER: account.name, LOGNAME: account.name, SHELL: account.shell || "/bin/sh",
    PATH: "/usr/local/bin:/usr/bin:/bin", LANG: process.env["LANG"] ?? "C.UTF-8",
  };
}

/** What Node is started with to be this command again. */
function ownScript(): string[] {
  if (isSingleExecutable()) return [];
  const entry = process.argv[1];
  if (entry === undefined) throw new Error("the command line's own file is not known");
  return [entry];
}

/** Starts a child that becomes the account, hands it one request and returns its answer (JSON both ways). */
export function askUserChild(account: Account, request: unknown): unknown {
  const done = spawnSync(process.execPath, [...ownScript(), userChildWord], {
    input: JSON.stringify({ account, request }),
    env: loginEnvironment(account),
    cwd: "/",
    encoding: "utf8",
    maxBuffer: answerLimit,
    stdio: ["pipe", "pipe", "inherit"],
  });
  if (done.error !== undefined) throw done.error;
  let answer: { ok: true; value: unknown } | { ok: false; code: string; message: string; hint?: string } | undefined;
  try {
    answer = JSON.parse(done.stdout) as typeof answer;
  } catch {
    throw new AppError("E_STEP", `the process that acts as ${account.name} ended without an answer (exit ${done.status ?? done.signal})`);
  }
  if (answer === undefined || answer.ok === false) {
    throw new AppError((answer?.code ?? "E_STEP") as "E_STEP", answer?.message ?? "no answer", answer?.hint === undefined ? {} : { hint: answer.hint });
  }
  return answer.value;
}

/**
 * On SIGUSR1 Node opens its debugger to everybody on this machine, and the user may send signals to a process that has
 * become them: they would speak in its name to root. A listener takes the signal from the debugger.
 */
export function closeDebugger(): void {
  if (process.platform !== "win32") process.on("SIGUSR1", () => undefined);
}

/** Gives up root for good. Everything the process still needs must be loaded before: it may not be readable after. */
export function becomeUser(account: Account): void {
  closeDebugger();
  // Not in the type declarations; POSIX only, like the calls after it.
  (process as { initgroups?: (user: string, group: number) => void }).initgroups?.(account.name, account.gid);
  process.setgid?.(account.gid);
  process.setuid?.(account.uid);
  if (process.getuid?.() !== account.uid || process.geteuid?.() !== account.uid || process.getegid?.() !== account.gid) {
    throw new Error(`could not become ${account.name}`);
  }
  try {
    process.chdir(account.home);
  } catch {
    process.chdir("/");
  }
}

export function readRequest(text: string): { account: Account; request: unknown } {
  return JSON.parse(text) as { account: Account; request: unknown };
}
