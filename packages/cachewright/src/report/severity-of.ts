import type { Severity } from "../problems/problem.ts";
import { texts } from "../problems/texts.generated.ts";

/** The severity of a problem nothing of this machine is known about: the one its page states. */
export function severityOf(problem: string): Severity {
  return texts[problem]?.severity ?? "warning";
}
