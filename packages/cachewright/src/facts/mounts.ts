import type { Machine } from "../machine/machine.ts";
import type { Fact, Facts, MountFact } from "./facts.ts";

const file = "/proc/self/mountinfo";

/** Octal escapes of mountinfo: blank, tab, newline and backslash (proc_pid_mountinfo(5)). */
function unescape(text: string): string {
  return text.replace(/\\([0-7]{3})/g, (_, octal: string) => String.fromCharCode(Number.parseInt(octal, 8)));
}

export function parseMountInfo(text: string): MountFact[] {
  const mounts: MountFact[] = [];
  text.split("\n").forEach((line, index) => {
    const [before, after] = line.split(" - ");
    const fields = before?.split(" ") ?? [];
    const [id, , , , point, options] = fields;
    const [type, source, superOptions] = after?.split(" ") ?? [];
    if (id === undefined || point === undefined || options === undefined || type === undefined) return;
    mounts.push({
      id: Number(id),
      point: unescape(point),
      type,
      source: unescape(source ?? ""),
      options: options.split(","),
      superOptions: (superOptions ?? "").split(","),
      line: index + 1,
    });
  });
  return mounts;
}

export function readMounts(machine: Machine): Fact<MountFact[]> {
  if (machine.platform !== "linux") return { ok: false, reason: "absent", from: { call: "mount table" } };
  const answer = machine.readFile(file);
  if (!answer.ok) return { ok: false, reason: answer.errno === "ENOENT" ? "absent" : "denied", from: { path: file } };
  return { ok: true, value: parseMountInfo(answer.value.toString("latin1")), from: { path: file } };
}

function isAtOrBelow(path: string, directory: string): boolean {
  return path === directory || directory === "/" || path.startsWith(`${directory}/`);
}

/** The mount a (resolved) path lies on. Of several mounted over each other the last listed is the one in sight. */
export function mountOf(mounts: readonly MountFact[], path: string): MountFact | undefined {
  let best: MountFact | undefined;
  for (const mount of mounts) {
    if (isAtOrBelow(path, mount.point) && mount.point.length >= (best?.point.length ?? 0)) best = mount;
  }
  return best;
}

export function mountOfPath(facts: Facts, path: string): MountFact | undefined {
  return facts.mounts.ok ? mountOf(facts.mounts.value, path) : undefined;
}

/** Read-only for everybody: by its own option, by its file system's, or stopped after an error (`emergency_ro`). */
export function isReadOnlyMount(mount: MountFact): boolean {
  return mount.options.includes("ro") || mount.superOptions.includes("ro") || stoppedAfterError(mount);
}

export function stoppedAfterError(mount: MountFact): boolean {
  return mount.superOptions.includes("emergency_ro") || mount.options.includes("emergency_ro");
}
