import type { Facts } from "../facts/facts.ts";
import type { Finding, Problem, Remedy } from "./problem.ts";

/** For tests: the one finding a problem makes of the facts, and its cures. Nothing here is loaded by the command line. */
export interface Examined {
  readonly found: Finding;
  readonly cures: readonly Remedy[];
  readonly ids: readonly string[];
  /** The cure of that name; an error when it is not offered. */
  cure(id: string): Remedy;
}

export function examine(problem: Problem, facts: Facts): Examined {
  const [found, ...others] = problem.detect(facts);
  if (found === undefined || others.length > 0) throw new Error(`${problem.id}: ${found === undefined ? "found nothing" : `found ${others.length + 1} times: ${others.map((one) => one.subject).join(", ")}`}`);
  const cures = problem.remedies(found, facts);
  return {
    found, cures, ids: cures.map((cure) => cure.id),
    cure(id) {
      const cure = cures.find((one) => one.id === id);
      if (cure === undefined) throw new Error(`${problem.id} offers no ${id}, but ${cures.map((one) => one.id).join(", ")}`);
      return cure;
    },
  };
}
