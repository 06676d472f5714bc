/** Every place of a file that sets a variable, once each. */
import type { Source, Variable, Variables } from "./source.ts";

export interface Setting extends Variable {
  readonly name: string;
  readonly range: NonNullable<Variable["range"]>;
}

export function settingsIn({ steps }: Source): readonly Setting[] {
  const seen = new Set<Variables>();
  const found = new Map<string, Setting>();
  const take = (variables: Variables): void => {
    if (seen.has(variables)) return;
    seen.add(variables);
    for (const [name, variable] of variables) {
      const { range } = variable;
      if (range === undefined) continue;
      const key = `${range.start} ${name}`;
      // Behind an `if` the same place is known less well: the first sight of it counts.
      if (!found.has(key)) found.set(key, { ...variable, name, range });
    }
  };
  for (const { variables, commands } of steps) {
    take(variables);
    for (const command of commands) take(command.variables);
  }
  return [...found.values()].filter(({ range }) => range.end > range.start);
}
