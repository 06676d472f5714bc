import { spawnSync } from "node:child_process";
import { AppError } from "./app-error.ts";

const lastLines = 5;

/** Runs a program without a shell, in this process's environment, and waits for it. Anything but exit 0 is E_STEP with its last words. */
export function runProgram(argv: readonly string[], env: Readonly<Record<string, string>> = {}): void {
  const [program = "", ...args] = argv;
  const done = spawnSync(program, args, {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "pipe"],
    maxBuffer: 64 << 20,
    env: { ...process.env, ...env },
  });
  if (done.error !== undefined) throw new AppError("E_STEP", `could not run ${program}: ${done.error.message}`, { cause: done.error });
  if (done.status === 0) return;
  const said = (done.stderr.trim() || done.stdout.trim()).split("\n").slice(-lastLines).join("\n");
  const how = done.signal === null ? `exit ${done.status}` : `ended by ${done.signal}`;
  throw new AppError("E_STEP", `${program} failed (${how})${said === "" ? "" : `: ${said}`}`);
}
