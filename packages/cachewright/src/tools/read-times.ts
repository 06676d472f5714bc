/** Whether it is written down below a directory when a file was read. */
import type { Looker } from "../machine/machine.ts";
import { mountPath } from "../machine/mount-text.ts";

/** How a file system notes reading (mount(8)): always, at most once a day, never; "unknown" where nothing tells. The last mount at a place counts. */
export function readTimesKept(looker: Looker, directory: string): "exact" | "daily" | "never" | "unknown" {
  const mounts = looker.readFile("/proc/self/mounts", 4 << 20);
  if (!mounts.ok) return "unknown";
  let [best, options] = ["", ""];
  for (const line of mounts.value.toString("latin1").split("\n")) {
    const [, point, , flags = ""] = line.split(" ");
    if (point === undefined) continue;
    const at = mountPath(point);
    if (at.length >= best.length && (at === "/" || directory === at || directory.startsWith(`${at}/`))) [best, options] = [at, flags];
  }
  if (best === "") return "unknown";
  const set = options.split(",");
  if (set.includes("noatime") || set.includes("ro")) return "never";
  return set.includes("relatime") ? "daily" : "exact";
}

/** True where that is not known: relatime is the habit of Linux, macOS writes read times, too. */
export function keepsReadTimes(looker: Looker, directory: string): boolean {
  return readTimesKept(looker, directory) !== "never";
}
