/** Processes of containers and other mount namespaces: what is not mounted there, they cannot use. */
import type { Machine } from "../machine/machine.ts";
import { mountPath } from "../machine/mount-text.ts";

interface Mount {
  /** "8:1" */
  readonly device: string;
  /** The part of the file system that is mounted. */
  readonly part: string;
  readonly point: string;
}

/** proc_pid_mountinfo(5) */
function mountsIn(machine: Machine, pid: string): Mount[] {
  const file = machine.readFile(`/proc/${pid}/mountinfo`, 4 << 20);
  return (file.ok ? file.value.toString("latin1") : "").split("\n").flatMap((line): Mount[] => {
    const [, , device, part, point] = line.split(" ");
    return device === undefined || part === undefined || point === undefined ? [] : [{ device, part: mountPath(part), point: mountPath(point) }];
  });
}

const isWithin = (path: string, above: string): boolean => path === above || path.startsWith(above === "/" ? "/" : `${above}/`);

/** Of several on one point the last covers the others. */
function mountOf(mounts: readonly Mount[], path: string): Mount | undefined {
  return mounts.filter(({ point }) => isWithin(path, point)).reduce<Mount | undefined>((best, mount) => (best === undefined || mount.point.length >= best.point.length ? mount : best), undefined);
}

/** Whether no mount of that process's shows the directory, or anything above or below of it. In doubt no. */
export function isOutOfReach(machine: Machine, root: string, pid: string): boolean {
  const [own, its] = [machine.readlink("/proc/self/ns/mnt"), machine.readlink(`/proc/${pid}/ns/mnt`)];
  if (!own.ok || !its.ok || own.value === its.value) return false;
  const mount = mountOf(mountsIn(machine, "self"), root);
  const theirs = mountsIn(machine, pid);
  if (mount === undefined || theirs.length === 0) return false;
  const below = root.slice(mount.point === "/" ? 0 : mount.point.length);
  const place = `${mount.part === "/" ? "" : mount.part}${below}` || "/";
  return !theirs.some(({ device, part }) => device === mount.device && (isWithin(place, part) || isWithin(part, place)));
}
