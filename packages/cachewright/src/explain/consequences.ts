/**
 * Lines that only ever follow (or head) the line that says what went wrong. They are folded into that finding and
 * are never findings of their own.
 */
export interface ConsequenceMessage {
  readonly trigger: string;
  readonly pattern: RegExp;
  /** Where the cause stands: above it, or below (a header, the head of a traceback). */
  readonly cause: "above" | "below";
}

export const consequenceMessages: readonly ConsequenceMessage[] = [
  // pip's second complaints about a wheel that could not be stored (wheel_builder.py, reference §3.7).
  { trigger: "Failed to build ", pattern: /^(?:ERROR: )*Failed to build (?:one or more wheels|installable wheels|'?[\w.-]+)/, cause: "above" },
  { trigger: "failed-wheel-build-for-install", pattern: /failed-wheel-build-for-install/, cause: "above" },
  { trigger: "Could not build wheels for", pattern: /Could not build wheels for/, cause: "above" },
  { trigger: "Failed building wheel for", pattern: /Failed building wheel for/, cause: "above" },
  // The hint is printed for every EACCES and often useless; a wheel cache is not cured by --user.
  { trigger: "Consider using the `--user`", pattern: /Consider using the `--user` option or check the permissions/, cause: "above" },
  { trigger: "Check the permissions.", pattern: /^Check the permissions\.$/, cause: "above" },
  { trigger: "Could not install packages due to", pattern: /Could not install packages due to an (?:OSError|EnvironmentError)\.\s*$/, cause: "below" },
  { trigger: "ERROR: Exception:", pattern: /ERROR: Exception:\s*$/, cause: "below" },
  { trigger: "Traceback (most recent call last)", pattern: /^(?:ERROR: Exception:\s*)?Traceback \(most recent call last\):?/, cause: "below" },
  { trigger: "If you believe this is a mistake", pattern: /If you believe this is a mistake, please contact your Python installation/, cause: "above" },
  { trigger: "See PEP 668 for", pattern: /See PEP 668 for the detailed specification/, cause: "above" },
  { trigger: "This error originates from a subprocess", pattern: /This error originates from a subprocess/, cause: "above" },
];
