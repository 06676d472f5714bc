import type { Terminal } from "../machine/terminal.ts";

export interface Progress {
  say(text: string): void;
  end(): void;
}

/** One line on stderr that is written over, a few times a second, on terminals only. */
export function progressOn(terminal: Terminal, now: () => number = Date.now): Progress {
  if (!terminal.isTerminal("err")) return { say: () => undefined, end: () => undefined };
  let last = 0;
  let written = false;
  return {
    say: (text) => {
      if (now() - last < 100) return;
      last = now();
      written = true;
      terminal.err(`\r\u001b[K${text}`);
    },
    end: () => {
      if (written) terminal.err("\r\u001b[K");
      written = false;
    },
  };
}
