import { redact } from "./redact.ts";

/** Stable codes of the errors a person can meet; each belongs to one exit code. Never reused. */
export type ErrorCode =
  | "E_USAGE" | "E_UNKNOWN_ID" | "E_INPUT" | "E_CONFIG" | "E_FACTS" | "E_JOURNAL" | "E_STATE"
  | "E_LOCKED" | "E_CHANGED" | "E_REFUSED" | "E_STEP" | "E_NOT_UNDOABLE" | "E_FOREIGN_RUN" | "E_PRIVILEGE";

const exitCodes: Record<ErrorCode, number> = {
  E_USAGE: 2, E_UNKNOWN_ID: 2, E_INPUT: 2, E_CONFIG: 2, E_FACTS: 2, E_JOURNAL: 2, E_STATE: 2, E_FOREIGN_RUN: 2, E_PRIVILEGE: 2,
  E_LOCKED: 3, E_CHANGED: 3, E_REFUSED: 3, E_STEP: 3, E_NOT_UNDOABLE: 3,
};

/** An error for a person: what, why, and what to do (`hint`). Anything else that is thrown is our bug (exit 70). */
export class AppError extends Error {
  override readonly name = "AppError";
  readonly code: ErrorCode;
  readonly hint: string | undefined;
  constructor(code: ErrorCode, message: string, options: { hint?: string; cause?: unknown } = {}) {
    super(redact(message), options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.hint = options.hint === undefined ? undefined : redact(options.hint);
  }
  get exitCode(): number {
    return exitCodes[this.code];
  }
}
