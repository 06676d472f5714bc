/** Ctrl-C during work that can end well by itself: it is asked for between two parts of the work. */
export interface Interruption {
  isStopped(): boolean;
  /** Ctrl-C ends the process again. */
  close(): void;
}

export function watchInterruption(): Interruption {
  let stopped = false;
  const stop = (): void => { stopped = true; };
  const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
  for (const signal of signals) process.once(signal, stop);
  return {
    isStopped: () => stopped,
    close() {
      for (const signal of signals) process.removeListener(signal, stop);
    },
  };
}
