/**
 * The other door to the process: what the person typed, sees and answers. Writing goes straight to the file
 * descriptors: `process.stdout` costs 3 ms at start-up, and a report is one write.
 */
import { closeSync, fstatSync, openSync, readSync, type Stats } from "node:fs";
import { styleText } from "node:util";
import { AppError } from "./app-error.ts";
import { mayHoldSecret, redact } from "./redact.ts";
import { pause, writeWhole } from "./write-whole.ts";

export type Stream = "out" | "err";
export type Style = "red" | "yellow" | "green" | "blue" | "cyan" | "bold" | "dim" | "inverse";
export type Paint = (style: Style, text: string) => string;

export interface Terminal {
  /** Text for people; secrets are taken out here, so that no report can forget it. */
  out(text: string): void;
  err(text: string): void;
  /** One JSON value on stdout, its strings without secrets. */
  json(value: unknown): void;
  /** Colours for that stream, or text unchanged where colour is not wanted. */
  paint(stream: Stream): Paint;
  /** Columns of stdout; 80 where it is no terminal. */
  width(): number;
  /** Whether symbols beyond ASCII can be shown. */
  unicode(): boolean;
  isTerminal(stream: Stream | "in"): boolean;
  /** Asks on the terminal; only a clear yes is yes. */
  confirm(question: string): boolean;
  /** The bytes of a file, a pipe or (`-`) of stdin, as they come. A chunk is only good until the next is asked for. */
  chunks(path: string): Iterable<Uint8Array>;
  /** Writes a file the person asked for, whole or not at all (`-` = stdout). */
  save(path: string, text: string): Promise<void>;
}

interface Surroundings {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly platform: NodeJS.Platform;
}

const fds: Record<Stream | "in", number> = { in: 0, out: 1, err: 2 };

/** https://no-color.org, https://force-color.org: a set and not empty NO_COLOR wins. */
export function wantsColour(env: Surroundings["env"], terminal: boolean): boolean {
  if (env["NO_COLOR"]) return false;
  const force = env["FORCE_COLOR"];
  if (force !== undefined) return force !== "0" && force !== "false";
  return terminal && env["TERM"] !== "dumb";
}

export function wantsUnicode({ env, platform }: Surroundings): boolean {
  if (platform === "win32") return env["WT_SESSION"] !== undefined || env["TERM_PROGRAM"] === "vscode";
  if (platform === "darwin") return true;
  return /utf-?8/i.test(env["LC_ALL"] || env["LC_CTYPE"] || env["LANG"] || "");
}

/** False once the reader has gone (EPIPE), which is its right: `cachewright doctor | head -1`. */
function writeAll(fd: number, text: string): boolean {
  try {
    writeWhole(fd, Buffer.from(text, "utf8"));
    return true;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "EPIPE" || code === "EBADF") return false;
    throw new AppError("E_INPUT", `the output cannot be written (${code ?? "unknown error"})`);
  }
}

/** -1 at the end. */
function readSome(fd: number, into: Uint8Array): number {
  for (;;) {
    try {
      return readSync(fd, into, 0, into.length, null) || -1;
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === "EAGAIN") pause(5);
      else if (code === "EOF") return -1;
      else throw error;
    }
  }
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: "there is no such file", EACCES: "you may not read it", EISDIR: "it is a directory", EPERM: "the system refuses to open it",
};

function cannotRead(path: string, error: unknown): AppError {
  const code = (error as NodeJS.ErrnoException).code ?? "unknown error";
  return new AppError("E_INPUT", `cannot read ${path}: ${reasons[code] ?? code}`);
}

function* chunksOf(path: string): Generator<Uint8Array> {
  let fd = 0;
  try {
    if (path !== "-") fd = openSync(path, "r");
    // A new buffer each time would be 100 MB of garbage for a 100 MB log; readers take what they keep.
    const buffer = Buffer.allocUnsafe(1 << 16);
    for (;;) {
      const length = readSome(fd, buffer);
      if (length < 0) return;
      yield buffer.subarray(0, length);
    }
  } catch (error) {
    if (error instanceof AppError || typeof (error as NodeJS.ErrnoException).code !== "string") throw error;
    throw cannotRead(path === "-" ? "standard input" : path, error);
  } finally {
    if (fd > 2) closeSync(fd);
  }
}

function readLine(fd: number): string {
  const byte = Buffer.alloc(256);
  let line = "";
  while (!line.includes("\n")) {
    const length = readSome(fd, byte);
    if (length < 0) break;
    line += byte.toString("utf8", 0, length);
  }
  return line.trim();
}

function characterDevice(fd: number): Stats | undefined {
  try {
    const stat = fstatSync(fd);
    return stat.isCharacterDevice() ? stat : undefined;
  } catch {
    return undefined;
  }
}

/** Loading node:tty costs 2 ms, so files, pipes and Linux's /dev/null are told apart without it. */
function isTerminal(stream: Stream | "in", platform: NodeJS.Platform): boolean {
  const stat = characterDevice(fds[stream]);
  if (stat === undefined || (platform === "linux" && stat.rdev === 0x103)) return false;
  return stream === "in" ? process.stdin.isTTY : stream === "out" ? process.stdout.isTTY : process.stderr.isTTY;
}

export function nodeTerminal(): Terminal {
  const { env, platform } = process;
  const open: Record<Stream, boolean> = { out: true, err: true };
  const write = (stream: Stream, text: string): void => {
    if (open[stream] && text !== "") open[stream] = writeAll(fds[stream], text);
  };
  return {
    out: (text) => write("out", redact(text)),
    err: (text) => write("err", redact(text)),
    // Redacting the finished JSON could eat a backslash; each string by itself cannot break it.
    json: (value) => {
      const text = JSON.stringify(value, null, 2);
      write("out", `${mayHoldSecret(text) ? JSON.stringify(value, (_, part: unknown) => (typeof part === "string" ? redact(part) : part), 2) : text}\n`);
    },
    paint: (stream) => (wantsColour(env, isTerminal(stream, platform)) ? (style, text) => styleText(style, text) : (_, text) => text),
    width: () => (isTerminal("out", platform) ? process.stdout.columns || 80 : 80),
    unicode: () => wantsUnicode({ env, platform }),
    isTerminal: (stream) => isTerminal(stream, platform),
    confirm: (question) => {
      write("err", `${question} [y/N] `);
      return /^y(?:es)?$/i.test(readLine(0));
    },
    chunks: chunksOf,
    save: async (path, text) => {
      if (path === "-") return write("out", text);
      (await import("./save-file.ts")).saveFile(path, text);
    },
  };
}
