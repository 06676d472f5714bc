/** Ctrl-C during work that can end well by itself: it is asked for between two parts of the work. */
export interface Interruption {
  isStopped(): boolean;
  /** After the work was ended well: ends the process by the signal that came, as if nobody had listened, so that a script that called it stops, too. */
  endAsAsked(): void;
  /** Ctrl-C ends the process again. */
  close(): void;
}

export function watchInterruption(): Interruption {
  let came: NodeJS.Signals | undefined;
  const stop = (signal: NodeJS.Signals): void => { came = signal; };
  const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
  for (const signal of signals) process.once(signal, stop);
  const close = (): void => {
    for (const signal of signals) process.removeListener(signal, stop);
  };
  return {
    isStopped: () => came !== undefined,
    endAsAsked() {
      close();
      if (came !== undefined) process.kill(process.pid, came);
    },
    close,
  };
}
