import type { Looker } from "../machine/machine.ts";
import { childOf } from "../machine/path-steps.ts";

/** Everything below a directory that is none itself; undefined: more than can be told one by one. */
export function filesBelow(looker: Pick<Looker, "list" | "lstat">, directory: string, limit: number): string[] | undefined {
  const files: string[] = [];
  const pending = [directory];
  for (let at = pending.pop(); at !== undefined; at = pending.pop()) {
    const entries = looker.list(at);
    for (const { name } of entries.ok ? entries.value : []) {
      const path = childOf(at, name);
      const stat = looker.lstat(path);
      if (stat.ok && stat.value.type === "dir") pending.push(path);
      else if (stat.ok) files.push(path);
      if (files.length > limit) return undefined;
    }
  }
  return files;
}
