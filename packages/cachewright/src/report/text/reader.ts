import type { Facts } from "../../facts/facts.ts";

/** Who the facts are about: what `fix` has to be told when root must act for somebody. */
export interface Reader {
  readonly user: string | undefined;
  readonly isRoot: boolean;
  /** False for the facts of another machine: a command typed here would act on the wrong one. */
  readonly here: boolean;
  /** Options of this call that `fix` must be given too: `--python PATH`. */
  readonly options: readonly string[];
}

export function readerFor(facts: Facts, here: boolean, options: readonly string[] = []): Reader {
  return { user: facts.user.name.ok ? facts.user.name.value : undefined, isRoot: facts.user.euid === 0, here, options };
}
