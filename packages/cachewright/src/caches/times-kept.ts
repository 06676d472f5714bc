import type { Machine } from "../machine/machine.ts";

/** How a file system notes that a file was read (mount(8)): always, at most once a day, never; "unknown" without /proc. */
export function timesKept(machine: Machine, path: string): "exact" | "daily" | "never" | "unknown" {
  const mounts = machine.readFile("/proc/self/mountinfo", 4 << 20);
  if (!mounts.ok) return "unknown";
  const lines = mounts.value.toString("utf8").split("\n").map((line) => line.split(" "));
  const above = lines.filter(([, , , , point = ""]) => point !== "" && (path === point || path.startsWith(point === "/" ? "/" : `${point}/`)));
  // Of several on one point the last covers the others.
  const options = above.reduce<readonly string[]>((best, line) => ((line[4] ?? "").length >= (best[4] ?? "").length ? line : best), [])[5]?.split(",");
  if (options === undefined) return "unknown";
  if (options.includes("noatime") || options.includes("ro")) return "never";
  return options.includes("relatime") ? "daily" : "exact";
}
