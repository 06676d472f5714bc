/** How tools word a problem, as data for `explain/`. */

export interface Message {
  /** Unique within the problem, e.g. "cache-disabled-21.1". */
  readonly id: string;
  readonly tool: string;
  /** Versions that print it, inclusive; absent = from the beginning / until today. */
  readonly since?: string;
  readonly until?: string;
  /**
   * A literal that every such line contains, at least six bytes of UTF-8, printable: the scan looks for it first.
   * Of several, one is enough: a terminal that wraps lines may break one of them.
   */
  readonly trigger: string | readonly string[];
  /**
   * Matched against one logical line: decoded, without ANSI codes, CI prefix and box drawing.
   * Named groups `path`, `line`, `key`, `version` … become the finding's `path` and params.
   */
  readonly pattern: RegExp;
  /** A real line, which must match: the contract test tries it. Further lines are its surroundings. */
  readonly example: string;
  /** Something the ten lines before, the line or the ten lines after must say; or must not. */
  readonly context?: RegExp;
  readonly notContext?: RegExp;
  /** Where messages of several problems match one line, the highest rank has it (default 0). */
  readonly rank?: number;
  /** Problems that print the very same line; only the machine can tell. */
  readonly alsoPossible?: readonly string[];
  /** Folded into a finding of one of these problems when the log has one. */
  readonly consequenceOf?: readonly string[];
  /** "notice": printed on a run that worked; never beats a failure for first place. */
  readonly weight?: "failure" | "notice";
  /** This line only ever follows another problem's line (pip's second complaint …); never a finding alone. */
  readonly consequence?: boolean;
}

/**
 * A claim on lines that carry an operating-system error and a path, in any tool's wording
 * (`[Errno 13] Permission denied: '/x'`, `Permission denied (os error 13)`, EACCES …).
 * Named groups of `path` become params; the group `root` is what repeats are folded by: a hundred files of one
 * site-packages are one finding.
 * Of all claims that fit, the highest `rank` wins; ties are a contract-test failure on the examples.
 */
export interface ErrorClaim {
  readonly errno: readonly string[];
  readonly path?: RegExp;
  readonly notPath?: RegExp;
  /** What the line itself must say besides. */
  readonly line?: RegExp;
  /** Matched against the logical line, up to ten before it and up to ten after it. */
  readonly context?: RegExp;
  readonly notContext?: RegExp;
  readonly rank: number;
  readonly example: string;
  readonly alsoPossible?: readonly string[];
}

export interface ProblemMessages {
  readonly messages: readonly Message[];
  readonly claims?: readonly ErrorClaim[];
}
