import { join } from "node:path";
import type { Looker } from "../../machine/machine.ts";

/** `<root>/conda-meta/history` is there and can be appended to: conda's whole test (conda base/context.py `root_writable`). */
export function isCondaRootWritable(looker: Pick<Looker, "stat" | "access">, root: string | null): boolean {
  if (root === null) return false;
  const history = join(root, "conda-meta", "history");
  const stat = looker.stat(history);
  return stat.ok && stat.value.type === "file" && looker.access(history, "write") === "ok";
}
