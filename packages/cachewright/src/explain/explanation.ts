/** What a log says. Line numbers count from 1 and are those of the original log. */
export interface LogFinding {
  readonly problem: string;
  /** The path as the tool names it (escapes of `repr` undone); null where it names none. */
  readonly path: string | null;
  /** First and last line that say so, and the lines in between that do (`LINES_KEPT` at the most). */
  readonly lines: readonly [number, number];
  readonly allLines: readonly number[];
  /** How many lines say so; a lower bound when `Explanation.skipped` is not 0. */
  readonly count: number;
  /** The deciding line: redacted, control characters escaped, without CI prefix. */
  readonly text: string;
  /** The message's or claim's id, for tests and bug reports. */
  readonly by: string;
  readonly tool: string;
  /** The tool's version where the log states it. */
  readonly version?: string;
  /** Versions that word it so. */
  readonly since?: string;
  readonly until?: string;
  readonly params: Readonly<Record<string, string>>;
  readonly weight: "failure" | "notice";
  /** Problems that would print the same; only the machine can tell. */
  readonly alsoPossible: readonly string[];
  readonly consequences: readonly LogLine[];
}

export interface LogLine {
  readonly line: number;
  readonly text: string;
}

/** A failure that is neither a cache's nor a permission's. */
export interface NotOurs extends LogLine {
  readonly kind: NotOursKind;
  /** Problems of ours that can hide behind these words. */
  readonly alsoPossible: readonly string[];
}

export type NotOursKind =
  | "none-resolution-conflict" | "none-compile-error" | "none-network" | "none-ssl" | "none-python-version"
  | "none-no-matching-distribution" | "none-auth" | "none-memory" | "none-other";

/** A write that was refused, in words no problem claims. */
export interface Unexplained extends LogLine {
  readonly errno: string;
  readonly path: string | null;
}

export interface Explanation {
  /** Best first: failures before notices, causes before consequences, then order of appearance. */
  readonly findings: readonly LogFinding[];
  /** Set when no failure of ours explains what went wrong. */
  readonly notOurs: NotOurs | null;
  readonly unexplained: readonly Unexplained[];
  readonly lines: number;
  readonly bytes: number;
  /** The log begins, or ends, in the middle of something (a traceback). */
  readonly cut: { readonly head: boolean; readonly tail: boolean };
  /** Not a text: too many control characters. */
  readonly binary: boolean;
  /** Lines that looked telling but were not read because thousands like them were. */
  readonly skipped: number;
}
