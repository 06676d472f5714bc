/** Which programs run on this machine: for tools that have no lock to hold. */
import { basename } from "node:path";
import type { Machine } from "./machine.ts";
import { redact } from "./redact.ts";

export interface Running {
  readonly pid: string;
  /** Its first words, secrets taken out. */
  readonly command: string;
  /** Its words, whole. */
  readonly argv: readonly string[];
}

const interpreters = /^(?:python[\d.]*|pypy[\d.]*|sh|bash|dash|node)$/;

/** The names by which a command line may be known: its program, and what an interpreter was given to run. */
export function namesOf(argv: readonly string[]): string[] {
  const [program = "", ...rest] = argv;
  const name = basename(program);
  if (!interpreters.test(name)) return [name];
  const module = rest.indexOf("-m");
  if (module >= 0) return [name, (rest[module + 1] ?? "").split(".")[0] ?? ""];
  const script = rest.find((word) => !word.startsWith("-"));
  return script === undefined ? [name] : [name, basename(script)];
}

/** "pip3.11" is pip, too. */
const withoutVersion = (name: string): string => name.replace(/[\d.]+$/, "");

/** Processes of these names; undefined where the system does not tell. This process is none of them. */
export function runningNow(machine: Machine, commands: readonly string[], own: number): Running[] | undefined {
  const processes = machine.list("/proc");
  if (!processes.ok) return undefined;
  return processes.value.filter(({ name }) => /^\d+$/.test(name) && name !== String(own)).flatMap(({ name: pid }): Running[] => {
    const line = machine.readFile(`/proc/${pid}/cmdline`);
    const argv = line.ok ? line.value.toString("utf8").split("\0").filter((word) => word !== "") : [];
    return namesOf(argv).some((name) => commands.includes(name) || commands.includes(withoutVersion(name))) ? [{ pid, command: redact(argv.join(" ")).slice(0, 200), argv }] : [];
  });
}
