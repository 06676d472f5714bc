import type { Terminal } from "../machine/terminal.ts";
import { columns } from "../report/text/wrap.ts";

export interface Progress {
  /** On a terminal only; elsewhere nothing is written, and what it would take to know it can be spared. */
  readonly isShown: boolean;
  /** What comes next: written at once, because it may take long until anything else can be said. */
  begin(text: string): void;
  /** How far it is: written a few times a second. */
  say(text: string): void;
  end(): void;
}

const silent: Progress = { isShown: false, begin: () => undefined, say: () => undefined, end: () => undefined };

/** One line on stderr that is written over, on terminals only. It never takes two: only one can be wiped again. */
export function progressOn(terminal: Terminal, now: () => number = Date.now): Progress {
  if (!terminal.isTerminal("err")) return silent;
  const width = terminal.width() - 1;
  let last = 0;
  let written = false;
  const write = (text: string): void => {
    last = now();
    written = true;
    terminal.err(`\r\u001b[K${cut(text, width)}`);
  };
  return {
    isShown: true,
    begin: write,
    say: (text) => {
      if (now() - last >= 100) write(text);
    },
    end: () => {
      if (written) terminal.err("\r\u001b[K");
      written = false;
    },
  };
}

/** Says what is under way for as long as it is. */
export async function during<T>(terminal: Terminal, text: string, work: () => T | Promise<T>): Promise<T> {
  const progress = progressOn(terminal);
  progress.begin(text);
  try {
    return await work();
  } finally {
    progress.end();
  }
}

function cut(text: string, width: number): string {
  if (columns(text) <= width) return text;
  let shown = "";
  for (const char of text) {
    if (columns(shown + char) > width) break;
    shown += char;
  }
  return shown;
}
