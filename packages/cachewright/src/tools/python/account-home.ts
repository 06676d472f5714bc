import type { Looker } from "../../machine/machine.ts";

/** The home of an account by its name, for `~name`. Accounts of a directory service are not in the file: they are unknown here. */
export function accountHome(looker: Looker, name: string): string | undefined {
  const file = looker.readFile("/etc/passwd", 8 << 20);
  const line = file.ok ? file.value.toString("utf8").split("\n").find((one) => one.startsWith(`${name}:`)) : undefined;
  return line?.split(":")[5] || undefined;
}
