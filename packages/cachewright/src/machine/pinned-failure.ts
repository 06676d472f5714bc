import { AppError, type ErrorCode } from "./app-error.ts";

/** What these mean of a path that was there before: somebody changed it. */
const changed = new Set(["ENOENT", "ENOTDIR", "ELOOP", "ESTALE"]);
const taken = new Set(["EEXIST", "ENOTEMPTY"]);

/** The errno behind an error of this module or of node:fs. */
export function errnoOf(error: unknown): string | undefined {
  if (error instanceof AppError) return errnoOf(error.cause);
  const code = error instanceof Error ? (error as NodeJS.ErrnoException).code : undefined;
  return typeof code === "string" ? code : undefined;
}

function codeFor(errno: string): ErrorCode {
  if (changed.has(errno)) return "E_CHANGED";
  return taken.has(errno) ? "E_REFUSED" : "E_STEP";
}

/** A system call's failure for a person; anything else that was thrown is passed on as it is. */
export function pinnedFailure(path: string, doing: string, cause: unknown): unknown {
  const errno = errnoOf(cause);
  if (cause instanceof AppError || errno === undefined || !/^E[A-Z0-9]+$/.test(errno)) return cause;
  return new AppError(codeFor(errno), `could not ${doing} ${path}: ${errno}`, { cause });
}
