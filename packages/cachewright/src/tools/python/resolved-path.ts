import { dirname, join } from "node:path";
import type { Looker } from "../../machine/machine.ts";

/** `Path.resolve()` of an absolute path: links are followed as far as it is there, and ".." goes up from where they lead. POSIX. */
export function resolvedPath(looker: Looker, path: string): string {
  const whole = looker.realpath(path);
  if (whole.ok) return whole.value;
  return path.split("/").filter((part) => part !== "" && part !== ".").reduce((at, part) => {
    if (part === "..") return dirname(at);
    const next = join(at, part);
    const real = looker.realpath(next);
    return real.ok ? real.value : next;
  }, "/");
}
