/**
 * The whole terminal, for commands that draw on it: the alternate screen, keys as they are pressed, and everything as it
 * was when it is left, whichever way: by a key, an error, or a signal.
 */
import { writeSync } from "node:fs";
import { isPasting, lastKey, readKeys, type Key } from "./key-names.ts";

export interface ScreenSize {
  readonly columns: number;
  readonly rows: number;
}

export type EndSignal = "SIGINT" | "SIGTERM" | "SIGHUP" | "SIGQUIT";

export type ScreenEvent =
  | { readonly kind: "key"; readonly key: Key }
  /** The size is another one, or the terminal was somebody else's for a while. */
  | { readonly kind: "size" }
  | { readonly kind: "end"; readonly signal: EndSignal };

export interface Screen {
  size(): ScreenSize;
  /** These lines from the top, none wider than the screen: what differs from the last ones, in one write. */
  show(lines: readonly string[]): void;
  next(): Promise<ScreenEvent>;
  /** Whether `next` has something already. */
  hasNext(): boolean;
  /** Keys pressed before now were meant for what was shown then. */
  forgetKeys(): void;
  /** Resolves when the program is to end: Ctrl-C or a signal. Does not take the event away. */
  ended(): Promise<void>;
  /** Gives the terminal back to the shell, as Ctrl-Z does, until it goes on. */
  suspend(): void;
  /** Everything as it was; may be called again. */
  close(): void;
}

const CSI = "\u001b[";
/** Alternate screen, no cursor, no wrapping at the edge, pasted text marked. */
const enter = `${CSI}?1049h${CSI}?25l${CSI}?7l${CSI}?2004h${CSI}0m${CSI}2J`;
const leave = `${CSI}0m${CSI}2J${CSI}?2004l${CSI}?7h${CSI}?25h${CSI}?1049l`;
/** Terminals that know it show what stands between as one. */
const [together, done] = [`${CSI}?2026h`, `${CSI}?2026l`];
/** How long the rest of a sequence may take, ms: a slow line sends ESC and what follows in two. */
const WAIT_MS = 100;
const signals: readonly EndSignal[] = ["SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT"];

/** All of it; a terminal that has gone takes nothing any more. */
function write(text: string): void {
  const bytes = Buffer.from(text, "utf8");
  for (let at = 0; at < bytes.length; ) {
    try {
      at += writeSync(1, bytes, at);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EAGAIN") return;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 2);
    }
  }
}

function sizeNow(): ScreenSize {
  const [columns = 0, rows = 0] = process.stdout.getWindowSize?.() ?? [];
  return { columns: columns > 0 ? columns : 80, rows: rows > 0 ? rows : 24 };
}

interface Queue extends Pick<Screen, "next" | "hasNext" | "forgetKeys" | "ended"> {
  push(event: ScreenEvent): void;
}

function isEnd(event: ScreenEvent): boolean {
  return event.kind === "end" || (event.kind === "key" && "name" in event.key && event.key.name === "ctrl-c");
}

function newQueue(): Queue {
  let events: ScreenEvent[] = [];
  let waiting: ((event: ScreenEvent) => void) | undefined;
  let [end, markEnd] = endPromise();
  return {
    push: (event) => {
      if (isEnd(event)) markEnd();
      const asked = waiting;
      waiting = undefined;
      if (asked === undefined) events.push(event);
      else asked(event);
    },
    next: () => new Promise((resolve) => {
      const first = events.shift();
      if (first === undefined) waiting = resolve;
      else resolve(first);
    }),
    hasNext: () => events.length > 0,
    forgetKeys: () => {
      events = events.filter((event) => event.kind !== "key" || isEnd(event));
      if (!events.some(isEnd)) [end, markEnd] = endPromise();
    },
    ended: () => end,
  };
}

function endPromise(): [Promise<void>, () => void] {
  let mark: () => void = () => undefined;
  const promise = new Promise<void>((resolve) => { mark = resolve; });
  return [promise, mark];
}

/** Pieces of sequences are put together; a lone ESC is one when nothing has followed for a while. */
function keyReader(push: (key: Key) => void): { take(bytes: Buffer): void; stop(): void } {
  let rest = Buffer.alloc(0);
  let timer: NodeJS.Timeout | undefined;
  const settle = (): void => {
    lastKey(rest).forEach(push);
    rest = Buffer.alloc(0);
  };
  return {
    take: (bytes) => {
      clearTimeout(timer);
      const read = readKeys(Buffer.concat([rest, bytes]));
      rest = Buffer.from(read.rest);
      read.keys.forEach(push);
      if (rest.length > 0 && !isPasting(rest)) timer = setTimeout(settle, WAIT_MS);
    },
    stop: () => clearTimeout(timer),
  };
}

/** Lines that are another than before, each at its place: where nothing is moved, nothing flickers. */
function difference(lines: readonly string[], before: readonly string[]): string {
  const count = Math.max(lines.length, before.length);
  let text = "";
  for (let at = 0; at < count; at++) {
    const line = lines[at] ?? "";
    // Cleared first: after the last column the cursor still stands on it, and would clear it.
    if (line !== before[at]) text += `${CSI}${at + 1};1H${CSI}0m${CSI}2K${line}`;
  }
  return text === "" ? "" : `${together}${text}${CSI}0m${done}`;
}

/** Stdin and stdout have to be terminals. */
export function openScreen(): Screen {
  const { stdin, stdout } = process;
  const queue = newQueue();
  const keys = keyReader((key) => queue.push({ kind: "key", key }));
  let shown: readonly string[] = [];
  let isOpen = false;
  let waking: NodeJS.Timeout | undefined;
  const take = (bytes: Buffer): void => keys.take(bytes);
  const hangUp = (): void => queue.push({ kind: "end", signal: "SIGHUP" });
  const begin = (): void => {
    isOpen = true;
    shown = [];
    stdin.setRawMode(true);
    write(enter);
  };
  const end = (): void => {
    if (!isOpen) return;
    isOpen = false;
    write(leave);
    try {
      stdin.setRawMode(false);
    } catch {
      // The terminal has gone, and its settings with it.
    }
  };
  const again = (): void => {
    // Who had the terminal meanwhile may have set it otherwise, and Node believes that it knows.
    end();
    begin();
    queue.push({ kind: "size" });
  };
  const resized = (): void => {
    shown = [];
    write(`${CSI}0m${CSI}2J`);
    queue.push({ kind: "size" });
  };
  const onSignal = signals.map((signal) => [signal, () => queue.push({ kind: "end", signal })] as const);
  for (const [signal, tell] of onSignal) process.on(signal, tell);
  process.on("SIGCONT", again).on("exit", end);
  stdout.on("resize", resized).on("error", hangUp);
  stdin.on("data", take).on("end", hangUp).on("error", hangUp);
  begin();
  return {
    ...queue,
    size: sizeNow,
    show: (lines) => {
      write(difference(lines, shown));
      shown = [...lines];
    },
    suspend: () => {
      end();
      process.kill(process.pid, "SIGTSTP");
      // A process without a shell to go on from does not stop (POSIX 2.4.3, orphaned process groups): the screen comes back.
      waking = setTimeout(() => {
        if (!isOpen) again();
      }, WAIT_MS);
    },
    close: () => {
      clearTimeout(waking);
      keys.stop();
      end();
      for (const [signal, tell] of onSignal) process.removeListener(signal, tell);
      process.removeListener("SIGCONT", again).removeListener("exit", end);
      stdout.removeListener("resize", resized).removeListener("error", hangUp);
      stdin.removeListener("data", take).removeListener("end", hangUp).removeListener("error", hangUp).pause();
    },
  };
}

/** The process ends as one that nobody had asked for this signal: who started it sees that. */
export function dieOf(signal: EndSignal): void {
  process.kill(process.pid, signal);
}
