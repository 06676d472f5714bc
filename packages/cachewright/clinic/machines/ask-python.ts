/** What a tool that is a Python distribution says of many machines (answers.py). */
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import type { Said } from "./subject.ts";

export type Answer = { readonly said: Said } | { readonly died: string };

interface Given {
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
}

export function askPython(python: string, tool: string, machines: readonly Given[]): Answer[] {
  const { stdout, stderr, status } = spawnSync(python, ["-X", "utf8", "-W", "ignore", join(import.meta.dirname, "answers.py"), tool], {
    input: machines.map((one) => `${JSON.stringify(one)}\n`).join(""), encoding: "utf8", maxBuffer: 1 << 28, cwd: "/", env: { PATH: "/usr/bin:/bin", LANG: "C.UTF-8" },
  });
  const answers = stdout.trim().split("\n").filter((line) => line !== "").map((line) => JSON.parse(line) as Answer);
  if (status !== 0 || answers.length !== machines.length) throw new Error(`${tool}: ${answers.length} answers for ${machines.length} machines, exit ${status}:\n${stderr.slice(-2000)}`);
  return answers;
}
