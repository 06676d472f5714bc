/** A real pseudo-terminal around the built command, and what a person would see on it. Python's standard library makes it. */
import { spawn, spawnSync } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { virtualScreen, type VirtualScreen } from "./virtual-screen.ts";

const program = join(import.meta.dirname, "../../bin/cachewright.cjs");

/** Keeps the terminal's other end open, so that its settings can be read before and after. */
const keeper = `
import base64, fcntl, json, os, pty, select, struct, subprocess, sys, termios, time
columns, rows, *argv = json.loads(sys.argv[1])
master, slave = os.openpty()
def resize(columns, rows): fcntl.ioctl(master, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
def tell(**what): sys.stdout.write(json.dumps(what) + "\\n"); sys.stdout.flush()
resize(columns, rows)
before = repr(termios.tcgetattr(slave))
child = subprocess.Popen(argv, stdin=slave, stdout=slave, stderr=slave, start_new_session=True, preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0))
rest = b""
asked = True
silent_since = time.monotonic()
while True:
    over = child.poll() is not None
    # Where nothing at all happens for ten minutes, nothing will: the test is to fail, and to hold up none after it.
    if time.monotonic() - silent_since > 600 and not over: child.kill()
    ready = select.select([master] + ([0] if asked else []), [], [], 0 if over else 0.02)[0]
    if ready: silent_since = time.monotonic()
    if master in ready: tell(out=base64.b64encode(os.read(master, 65536)).decode())
    elif over: break
    if 0 in ready:
        bytes = os.read(0, 65536)
        asked = bytes != b""
        if not asked and not over: child.kill()
        *lines, rest = (rest + bytes).split(b"\\n")
        for line in lines:
            order = json.loads(line)
            if "keys" in order: os.write(master, base64.b64decode(order["keys"]))
            if "size" in order: resize(*order["size"])
            if "signal" in order and child.poll() is None: child.send_signal(order["signal"])
tell(code=child.returncode, same=repr(termios.tcgetattr(slave)) == before)
`;

export const hasPython = spawnSync("python3", ["-c", "import pty, termios"], { stdio: "ignore" }).status === 0;

export interface Ended {
  /** Negative: the signal it died of. */
  readonly code: number;
  /** The terminal's settings are what they were. */
  readonly same: boolean;
}

export interface PseudoTerminal {
  readonly screen: VirtualScreen;
  press(keys: string | Buffer): void;
  resize(columns: number, rows: number): void;
  signal(number: number): void;
  /** When the screen shows that; fails when the program ends before. */
  shows(what: RegExp | string): Promise<string>;
  ended: Promise<Ended>;
}

export interface TerminalWish {
  readonly home: string;
  readonly columns?: number;
  readonly rows?: number;
  readonly env?: Readonly<Record<string, string>>;
}

export function inTerminal(args: readonly string[], { home, columns = 100, rows = 24, env = {} }: TerminalWish): PseudoTerminal {
  const screen = virtualScreen(columns, rows);
  const child = spawn("python3", ["-c", keeper, JSON.stringify([columns, rows, process.execPath, program, ...args])], {
    cwd: home, stdio: ["pipe", "pipe", "inherit"],
    env: { HOME: home, PATH: process.env["PATH"], LANG: "C.UTF-8", TERM: "xterm-256color", CACHEWRIGHT_STATE_DIR: join(home, "state"), ...env },
  });
  const waiting = new Set<() => void>();
  let end: Ended | undefined;
  const ended = new Promise<Ended>((resolve, reject) => {
    createInterface(child.stdout).on("line", (line) => {
      const told = JSON.parse(line) as { out?: string; code?: number; same?: boolean };
      if (told.out !== undefined) screen.write(Buffer.from(told.out, "base64"));
      else end = { code: told.code ?? -1, same: told.same === true };
      for (const look of waiting) look();
    }).on("close", () => (end === undefined ? reject(new Error("the terminal broke")) : resolve(end)));
  });
  const order = (what: unknown): void => void child.stdin.write(`${JSON.stringify(what)}\n`);
  return {
    screen, ended,
    press: (keys) => order({ keys: Buffer.from(keys as string).toString("base64") }),
    resize: (wide, high) => {
      screen.resize(wide, high);
      order({ size: [wide, high] });
    },
    signal: (signal) => order({ signal }),
    shows: (what) => new Promise((resolve, reject) => {
      const look = (): void => {
        const text = screen.text();
        const isThere = typeof what === "string" ? text.includes(what) : what.test(text);
        if (!isThere && end === undefined) return;
        waiting.delete(look);
        if (isThere) resolve(text);
        else reject(new Error(`it ended (${end?.code}) and never showed ${String(what)}:\n${text}`));
      };
      waiting.add(look);
      look();
    }),
  };
}
