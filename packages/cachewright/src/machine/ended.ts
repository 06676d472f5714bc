/** How a command ended. */
export type Ended = { readonly code: number } | { readonly signal: number };

const patience = 2000;

/** Ends this process as the command ended, so that whoever waits sees the same: of a signal, if it was one. */
export function endLike(ended: Ended): never {
  if ("code" in ended) process.exit(ended.code);
  const { signal } = ended;
  try {
    const [name] = Object.entries(process.getBuiltinModule("node:os").constants.signals).find(([, number]) => number === signal) ?? [];
    // Node ignores some (SIGPIPE) and has uses for others (SIGUSR1): the last listener's going brings back what the system does.
    if (name !== undefined && name !== "SIGKILL" && name !== "SIGSTOP") {
      process.removeAllListeners(name);
      const none = (): void => undefined;
      process.on(name as NodeJS.Signals, none);
      process.removeListener(name as NodeJS.Signals, none);
    }
    process.kill(process.pid, signal);
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, patience);
  } catch {
    // A signal this system does not let us send.
  }
  process.exit(128 + signal);
}
