import type { MappedText } from "../mapped-text.ts";
import type { Account, Command, Unread, Variables } from "../source.ts";

/** What holds where a script begins. */
export interface Surroundings {
  readonly variables: Variables;
  readonly account: Account;
}

export interface Commands {
  readonly commands: readonly Command[];
  readonly unread: readonly Unread[];
  /** What the script leaves set for one that goes on in the same shell. */
  readonly variables: Variables;
}

/** The simple commands of a shell script, in the order they stand, with `sh -c "…"` opened and wrappers taken off. */
export function readCommands(_script: MappedText, { variables }: Surroundings): Commands {
  return { commands: [], unread: [], variables };
}
