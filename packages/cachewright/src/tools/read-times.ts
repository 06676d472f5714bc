/** Whether it is written down below a directory when a file was read. */
import type { Looker } from "../machine/machine.ts";

/** A mount point as `/proc/self/mounts` writes it: blanks and the like as octal numbers. */
function plain(field: string): string {
  return field.replace(/\\([0-7]{3})/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 8)));
}

/**
 * False on a file system that is mounted with `noatime` (or read-only), where nobody can tell what was used. True where
 * that is not known: relatime is the habit of Linux, macOS writes read times, too. The last mount at a place is the one that counts.
 */
export function keepsReadTimes(looker: Looker, directory: string): boolean {
  const mounts = looker.readFile("/proc/self/mounts");
  if (!mounts.ok) return true;
  let [best, options] = ["", ""];
  for (const line of mounts.value.toString("utf8").split("\n")) {
    const [, point, , flags = ""] = line.split(" ");
    if (point === undefined) continue;
    const at = plain(point);
    if (at.length >= best.length && (at === "/" || directory === at || directory.startsWith(`${at}/`))) [best, options] = [at, flags];
  }
  const set = options.split(",");
  return !set.includes("noatime") && !set.includes("ro");
}
