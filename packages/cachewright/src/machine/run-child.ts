/**
 * Runs a command as if it had been typed without us, and keeps a copy of what it writes. Where that goes to a terminal or a
 * pipe, a relay stands between (relay/start.py); else the command gets our own open files.
 */
import { spawn, type ChildProcess, type StdioOptions } from "node:child_process";
import { readFileSync } from "node:fs";
import type { Socket } from "node:net";
import type { Ended } from "./ended.ts";
import { inheritedFds } from "./inherited-fds.ts";
import { outputPlaces, readWritten, type OutputPlaces } from "./output-places.ts";
import { relayPython } from "./relay-python.ts";
import { relayLead, relayServe, relayStart } from "./relay.generated.ts";

export interface RanChild {
  readonly ended: Ended;
  /** What it wrote, shortened in the middle; undefined where it could not be seen. */
  readonly output: Uint8Array | undefined;
}

/** Could be found, and yet not be executed. */
export interface NotExecuted {
  readonly errno: number;
}

interface Program {
  readonly path: string;
  readonly words: readonly string[];
}

/** Kept of what is written, at either end: the first complaint is there, and the last. */
const keep = 1 << 20;

const passedOn = ["SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT", "SIGWINCH", "SIGCONT", "SIGUSR1", "SIGUSR2"] as const;

export async function runChild(program: Program): Promise<RanChild | NotExecuted> {
  const places = outputPlaces();
  const ran = await withRelay(program, places) ?? await alone(program);
  if ("errno" in ran) return ran;
  const files = places.files.map((file) => readWritten(file, keep));
  const parts = [...(ran.output === undefined ? [] : [ran.output]), ...files];
  return { ended: ran.ended, output: parts.length === 0 ? undefined : Buffer.concat(parts.flatMap((part) => [part, Buffer.from("\n")])) };
}

/** Undefined where there is no relay to be had, and nothing was started. */
async function withRelay({ path, words }: Program, { stands, mode }: OutputPlaces): Promise<RanChild | NotExecuted | undefined> {
  const python = stands === "" ? undefined : relayPython();
  if (python === undefined) return undefined;
  const stdio = openFiles();
  const control = stdio.length;
  const hasCtype = process.env["LC_CTYPE"] === undefined ? "0" : "1";
  const child = spawn(python, ["-I", "-S", "-E", "-c", relayStart, relayLead, relayServe, mode, stands, String(control), String(keep), hasCtype, path, ...words], { stdio: [...stdio, "pipe"] as StdioOptions });
  const [answer, relayEnded] = await heard(child, child.stdio[control] as Socket | undefined);
  const line = answer.subarray(0, answer.indexOf("\n") + 1).toString("latin1");
  const [, what, number = "0"] = /^(exit|signal|failed) (\d+)\n$/.exec(line) ?? [];
  if (what === "failed") return { errno: Number(number) };
  if (what !== undefined) return { ended: what === "exit" ? { code: Number(number) } : { signal: Number(number) }, output: answer.subarray(line.length) };
  return relayEnded === undefined ? undefined : { ended: relayEnded, output: undefined };
}

/** Talks with the relay until both it and its last word have come. It has not started anything where it says nothing and ends with 3. */
async function heard(child: ChildProcess, control: Socket | undefined): Promise<[Buffer, Ended | undefined]> {
  const chunks: Buffer[] = [];
  const say = (number: number): void => { control?.write(Uint8Array.of(number)); };
  const signals = listen((name, number) => {
    say(number);
    if (name === "SIGCONT" && child.pid !== undefined) process.kill(child.pid, "SIGCONT");
  });
  control?.on("error", () => undefined);
  control?.on("data", (chunk: Buffer) => {
    if (chunks.length > 0 || !chunk.toString("latin1").startsWith("stop\n")) return chunks.push(chunk);
    // The whole job is about to be stopped, us too: a listener would keep that from us.
    signals.stoppable();
    say(255);
    return undefined;
  });
  // With its last word all is said; it may stay for those who still write.
  const said = new Promise<undefined>((resolve) => { control?.on("end", () => { if (chunks.length > 0) resolve(undefined); }); });
  const ended = await Promise.race([said, endOf(child)]);
  signals.close();
  return [Buffer.concat(chunks), ended];
}

function endOf(child: ChildProcess): Promise<Ended | undefined> {
  return new Promise((resolve) => {
    child.on("error", () => { resolve(undefined); });
    child.on("close", (code, name) => {
      if (name !== null) resolve({ signal: process.getBuiltinModule("node:os").constants.signals[name] });
      else resolve(code === 3 || code === null ? undefined : { code });
    });
  });
}

interface Signals {
  /** Until it is continued, this process stops as any other. */
  stoppable(): void;
  close(): void;
}

function listen(tell: (name: NodeJS.Signals, number: number) => void): Signals {
  const heardOne = (name: NodeJS.Signals, number: number): void => {
    if (name === "SIGCONT") process.removeListener("SIGTSTP", heardOne).on("SIGTSTP", heardOne);
    tell(name, number);
  };
  for (const name of [...passedOn, "SIGTSTP"] as const) process.on(name, heardOne);
  return {
    stoppable: () => { process.removeListener("SIGTSTP", heardOne); },
    close: () => { for (const name of [...passedOn, "SIGTSTP"] as const) process.removeListener(name, heardOne); },
  };
}

/** Every open file of ours at its own number. */
function openFiles(): (number | "ignore")[] {
  const further = inheritedFds();
  return Array.from({ length: Math.max(2, ...further) + 1 }, (_, fd) => (fd < 3 || further.includes(fd) ? fd : "ignore"));
}

/** With our own files; what goes to a terminal is not seen. */
async function alone({ path, words: [name, ...rest] }: Program): Promise<RanChild | NotExecuted> {
  const child = spawn(path, rest, { ...(name === undefined ? {} : { argv0: name }), stdio: openFiles() as StdioOptions });
  for (const signal of passedOn) {
    process.on(signal, () => { if (!(isTyped(signal) && isForeground())) child.kill(signal); });
  }
  const failure = new Promise<NotExecuted>((resolve) => { child.on("error", (error: NodeJS.ErrnoException) => { resolve({ errno: Math.abs(error.errno ?? 0) }); }); });
  const ended = endOf(child).then((one) => ({ ended: one ?? { code: 3 }, output: undefined }));
  return Promise.race([failure, ended]);
}

const isTyped = (signal: NodeJS.Signals): boolean => signal === "SIGINT" || signal === "SIGQUIT";

/** What is typed reaches the whole foreground group: the command has heard of it. */
function isForeground(): boolean {
  try {
    const [, , group, , , foreground] = readFileSync("/proc/self/stat", "latin1").replace(/^.*\) /, "").split(" ");
    return group === foreground;
  } catch {
    return true;
  }
}
