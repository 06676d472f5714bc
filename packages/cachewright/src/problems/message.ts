/** How tools word a problem, as data for `explain/`. */

export interface Message {
  /** Unique within the problem, e.g. "cache-disabled-21.1". */
  readonly id: string;
  readonly tool: string;
  /** Versions that print it, inclusive; absent = from the beginning / until today. */
  readonly since?: string;
  readonly until?: string;
  /** A literal that every such line contains, at least six characters, ASCII: the scan looks for it first. */
  readonly trigger: string;
  /**
   * Matched against one logical line: decoded, without ANSI codes, CI prefix and box drawing.
   * Named groups `path`, `line`, `key`, `version` … become the finding's `path` and params.
   */
  readonly pattern: RegExp;
  /** A real line, which must match: the contract test tries it. */
  readonly example: string;
  /** "notice": printed on a run that worked; never beats a failure for first place. */
  readonly weight?: "failure" | "notice";
  /** This line only ever follows another problem's line (pip's second complaint …); never a finding alone. */
  readonly consequence?: boolean;
}

/**
 * A claim on lines that carry an operating-system error and a path, in any tool's wording
 * (`[Errno 13] Permission denied: '/x'`, `Permission denied (os error 13)`, EACCES …).
 * Of all claims that fit, the highest `rank` wins; ties are a contract-test failure on the examples.
 */
export interface ErrorClaim {
  readonly errno: readonly string[];
  readonly path?: RegExp;
  readonly notPath?: RegExp;
  /** Matched against the logical line and up to ten before it. */
  readonly context?: RegExp;
  readonly rank: number;
  readonly example: string;
}

export interface ProblemMessages {
  readonly messages: readonly Message[];
  readonly claims?: readonly ErrorClaim[];
}
