import type { Variable, Variables } from "./source.ts";

/** More than files have. Each command keeps the variables of its moment: without an end they would fill the memory. */
const most = 400;

/** With one more, or one changed. The map that was given stays as it is. */
export function withVariable(variables: Variables, name: string, variable: Variable): Variables {
  return variables.size >= most && !variables.has(name) ? variables : new Map(variables).set(name, variable);
}
