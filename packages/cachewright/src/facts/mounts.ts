import type { Machine } from "../machine/machine.ts";
import { mountPath } from "../machine/mount-text.ts";
import { parentOf } from "../machine/path-steps.ts";
import type { Fact, Facts, MountFact } from "./facts.ts";

const file = "/proc/self/mountinfo";

/** `text` is decoded as latin1: names are bytes. */
export function parseMountInfo(text: string): MountFact[] {
  const mounts: MountFact[] = [];
  const parents = new Map<MountFact, number>();
  text.split("\n").forEach((line, index) => {
    const [before, after] = line.split(" - ");
    const fields = before?.split(" ") ?? [];
    const [id, parent, , , point, options] = fields;
    const [type, source, superOptions] = after?.split(" ") ?? [];
    if (id === undefined || point === undefined || options === undefined || type === undefined) return;
    const mount: MountFact = {
      id: Number(id),
      point: mountPath(point),
      type,
      source: mountPath(source ?? ""),
      options: options.split(","),
      superOptions: (superOptions ?? "").split(","),
      line: index + 1,
    };
    mounts.push(mount);
    parents.set(mount, Number(parent));
  });
  return inSight(mounts, (mount) => parents.get(mount) ?? mount.id);
}

/**
 * Without the mounts that others lie over. Which mount a path leads to is a walk from the root: at each name the mount
 * that has the present one for its parent, and of those stacked on one point the uppermost.
 */
function inSight(mounts: readonly MountFact[], parentOf: (mount: MountFact) => number): MountFact[] {
  const listed = new Set(mounts.map((mount) => mount.id));
  const root = mounts.find((mount) => mount.point === "/" && !mounts.some((other) => other.id === parentOf(mount) && other !== mount && other.point === "/"));
  if (root === undefined) return [...mounts];
  const on = new Map<string, MountFact>();
  for (const mount of mounts) if (mount !== root) on.set(`${parentOf(mount)} ${mount.point}`, mount);
  const uppermost = (from: MountFact, point: string): MountFact => {
    let at = from;
    for (let next = on.get(`${at.id} ${point}`), most = mounts.length; next !== undefined && most > 0; next = on.get(`${at.id} ${point}`), most -= 1) at = next;
    return at;
  };
  return mounts.filter((mount) => {
    let at = uppermost(root, "/");
    for (let end = 1; end > 0 && mount.point !== "/"; ) {
      end = mount.point.indexOf("/", end + 1);
      at = uppermost(at, end < 0 ? mount.point : mount.point.slice(0, end));
    }
    // One whose parent is not listed cannot be judged.
    return at === mount || (mount !== root && !listed.has(parentOf(mount)));
  });
}

export function readMounts(machine: Machine): Fact<MountFact[]> {
  if (machine.platform !== "linux") return { ok: false, reason: "absent", from: { call: "mount table" } };
  const answer = machine.readFile(file);
  if (!answer.ok) return { ok: false, reason: answer.errno === "ENOENT" ? "absent" : "denied", from: { path: file } };
  return { ok: true, value: parseMountInfo(answer.value.toString("latin1")), from: { path: file } };
}

export function isAtOrBelow(path: string, directory: string): boolean {
  return path === directory || directory === "/" || path.startsWith(`${directory}/`);
}

/** Every path of the facts is asked about, most of them below the same directories, and a machine has hundreds of mounts. */
const byPath = new WeakMap<readonly MountFact[], Map<string, MountFact | undefined>>();

function knownPaths(mounts: readonly MountFact[]): Map<string, MountFact | undefined> {
  const known = byPath.get(mounts);
  if (known !== undefined) return known;
  const points = new Map<string, MountFact | undefined>(mounts.map((mount) => [mount.point, mount]));
  byPath.set(mounts, points);
  return points;
}

/** The mount a (resolved) path lies on. Of several mounted over each other the last listed is the one in sight. */
export function mountOf(mounts: readonly MountFact[], path: string): MountFact | undefined {
  const known = knownPaths(mounts);
  const before = known.get(path);
  if (before !== undefined || known.has(path)) return before;
  const above = parentOf(path);
  const mount = above === path ? undefined : mountOf(mounts, above);
  known.set(path, mount);
  return mount;
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
