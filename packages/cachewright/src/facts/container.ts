import type { Machine } from "../machine/machine.ts";
import type { Fact } from "./facts.ts";

/** Signs of a container, most telling first. */
export function containerFact(machine: Machine): Fact<string> {
  if (machine.platform !== "linux") return { ok: false, reason: "absent", from: { call: "container signs" } };
  const files: readonly [string, string][] = [["/run/.containerenv", "podman"], ["/.dockerenv", "docker"]];
  for (const [path, value] of files) {
    if (machine.lstat(path).ok) return { ok: true, value, from: { path } };
  }
  if (machine.env["KUBERNETES_SERVICE_HOST"] !== undefined) {
    return { ok: true, value: "kubernetes", from: { env: "KUBERNETES_SERVICE_HOST" } };
  }
  const named = machine.env["container"];
  if (named !== undefined && named !== "") return { ok: true, value: named, from: { env: "container" } };
  // BuildKit's steps have neither file nor variable; their root is mounted by its executor.
  const mounts = machine.readFile("/proc/self/mountinfo");
  if (mounts.ok && /\/buildkit\/|\/buildkitd/.test(mounts.value.toString("latin1"))) {
    return { ok: true, value: "buildkit", from: { path: "/proc/self/mountinfo" } };
  }
  return { ok: false, reason: "absent", from: { path: "/.dockerenv" } };
}
