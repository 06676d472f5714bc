import type { Problem, Remedy } from "./problem.ts";

/**
 * A problem that only a log can show here: its platform cannot be looked at, or it is over when the tool has ended.
 * `detect` finds nothing, so the cures are those of the page, with commands to copy; `explain` never calls it refuted.
 */
export function logOnlyProblem(about: Pick<Problem, "id" | "severity" | "tools">, cures: Readonly<Record<string, readonly string[]>>): Problem {
  const shownCures = Object.entries(cures).map(([id, shown]): Remedy => ({ id, needs: "user", steps: [], shown }));
  return { ...about, when: "asked", logOnly: true, shownCures, detect: () => [], remedies: () => [...shownCures] };
}
