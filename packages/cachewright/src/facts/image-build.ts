import { join } from "node:path";
import type { Machine } from "../machine/machine.ts";
import { pipCacheEntries } from "../tools/pip/cache.ts";
import type { Facts, Source } from "./facts.ts";

type Build = NonNullable<Facts["imageBuild"]>;

/** Entries looked at, of each cache; beyond, the weight is a lower bound. */
const mostEntries = 50_000;

/** What makes an image here. A container that runs has none of these. */
function signOf(machine: Machine): { by: Build["by"]; from: Source } | undefined {
  if (machine.platform !== "linux") return undefined;
  // BuildKit gives its steps /etc/resolv.conf and /etc/hosts out of its own state directory. Its other mounts are on any host that builds.
  const mounts = machine.readFile("/proc/self/mountinfo");
  const line = mounts.ok ? mounts.value.toString("latin1").split("\n").findIndex((one) => /^\d+ \d+ \S+ \S*\/buildkit\/\S+ \/etc\/(?:resolv\.conf|hosts) /.test(one)) : -1;
  if (line >= 0) return { by: "buildkit", from: { path: "/proc/self/mountinfo", line: line + 1 } };
  return machine.lstat("/kaniko/executor").ok ? { by: "kaniko", from: { path: "/kaniko/executor" } } : undefined;
}

/** Clock ticks of /proc are 100 a second on every Linux (USER_HZ). */
const ticks = 100;

/** When this step of the build began: its first process did. What is older lies in a layer that is made already. */
function startOf(machine: Machine): number {
  const stat = machine.readFile("/proc/1/stat");
  const boot = machine.readFile("/proc/stat", 1 << 22);
  // The name, in parentheses, may hold blanks; the start time is the 20th field after it (proc(5)).
  const started = stat.ok ? Number(stat.value.toString("latin1").split(") ").at(-1)?.split(" ")[19]) : Number.NaN;
  const booted = boot.ok ? Number(/^btime (\d+)/m.exec(boot.value.toString("latin1"))?.[1]) : Number.NaN;
  const at = (booted + started / ticks) * 1000;
  return Number.isFinite(at) ? at : Number.POSITIVE_INFINITY;
}

type Weight = Build["caches"][number];

/** Files of another tool's cache; what an environment links to as well weighs nothing more. */
function weightOf(machine: Machine, path: string, since: number): Weight {
  let [left, bytes, entries] = [mostEntries, 0, 0];
  const pending = [path];
  for (let at = pending.pop(); at !== undefined && left > 0; at = pending.pop()) {
    const listed = machine.list(at);
    for (const { name } of listed.ok ? listed.value : []) {
      left -= 1;
      const seen = machine.lstat(join(at, name));
      if (!seen.ok) continue;
      if (seen.value.type === "dir") pending.push(join(at, name));
      else if (seen.value.type === "file" && seen.value.nlink === 1 && seen.value.mtimeMs >= since) [bytes, entries] = [bytes + seen.value.allocated, entries + 1];
    }
  }
  return { path, bytes, entries, complete: left > 0 };
}

/** While an image is built: what pip, and the other tools, have cached since this step began. */
export function imageBuild(machine: Machine, caches: readonly string[], others: readonly string[] = []): Build | undefined {
  const sign = signOf(machine);
  if (sign === undefined) return undefined;
  const since = startOf(machine);
  return {
    ...sign,
    caches: [...others.map((path) => weightOf(machine, path, since)), ...caches.map((path) => {
      const budget = { left: mostEntries };
      const entries = pipCacheEntries(machine, path, machine.now().getTime(), budget).filter(({ paths }) => paths.some((file) => {
        const seen = machine.lstat(file);
        return seen.ok && seen.value.mtimeMs >= since;
      }));
      return { path, bytes: entries.reduce((sum, { bytes }) => sum + bytes, 0), entries: entries.length, complete: budget.left > 0 };
    })],
  };
}
