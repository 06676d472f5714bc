import type { PathFact, UserFact } from "./facts.ts";
import { nearestExisting, type Looks } from "./looks.ts";

/** The bits the user's class has; without capabilities in mind, as access(2) of an ordinary user asks. */
function modeAllows(path: PathFact, user: UserFact, bit: number): boolean {
  const mode = path.mode ?? 0;
  if (path.uid === user.euid) return (mode & (bit << 6)) !== 0;
  if (path.gid !== undefined && user.groups.includes(path.gid)) return (mode & (bit << 3)) !== 0;
  return (mode & bit) !== 0;
}

/** One refusal has one cause; a tree full of the same needs no more programs started. */
const mostAsked = 8;
const mostMasksAsked = 4;

function run(looks: Looks, argv: readonly string[]): string | undefined {
  const answer = looks.machine.run(argv);
  return answer.ok && answer.value.status === 0 ? answer.value.stdout : undefined;
}

function aclOf(looks: Looks, path: string): string[] | undefined {
  const acl = run(looks, ["getfacl", "--absolute-names", "--omit-header", "--", path]);
  return acl?.split("\n").map((line) => line.replace(/\s*#.*/, "")).filter((line) => line !== "");
}

function isRefused(path: PathFact): boolean {
  return path.access?.write === "EACCES" || (path.type === "dir" && path.access?.search === "EACCES");
}

function isOdd(path: PathFact, user: UserFact): boolean {
  const { access } = path;
  if (access?.write === "EPERM" || (access?.write === "EACCES" && modeAllows(path, user, 2))) return true;
  return path.type === "dir" && access?.search === "EACCES" && modeAllows(path, user, 1);
}

/**
 * With an access control list the group's bits are its mask, and a named entry that grants looks like a mode that
 * denies. Nothing but the list tells; it is asked for the few refused places of pip's caches.
 */
function askForMasks(looks: Looks, user: UserFact, caches: readonly string[]): void {
  const tops = new Set(caches.map((cache) => nearestExisting(looks, cache).path));
  const candidates = [...looks.paths.values()].filter((path) => isRefused(path) && path.acl === undefined && path.uid !== user.euid && !isOdd(path, user) && (tops.has(path.path) || caches.some((cache) => path.path.startsWith(`${cache}/`))));
  for (const path of candidates.slice(0, mostMasksAsked)) {
    const acl = aclOf(looks, path.path);
    if (acl?.some((entry) => entry.startsWith("mask::"))) path.acl = acl;
  }
}

/**
 * Node reads neither ACLs nor file flags. Only where mode bits and access(2) disagree is a program asked, about that
 * one path: `getfacl` after EACCES, `lsattr` after EPERM; and `getfacl` where a cache is refused that a mask may close.
 */
export function askWhereModesDisagree(looks: Looks, user: UserFact, caches: readonly string[] = []): void {
  const odd = [...looks.paths.values()].filter((path) => isOdd(path, user));
  for (const path of odd.slice(0, mostAsked)) {
    if (path.access?.write === "EPERM") {
      const flags = run(looks, ["lsattr", "-d", "--", path.path])?.split(" ")[0];
      if (flags !== undefined) path.flags = flags;
    } else {
      const acl = aclOf(looks, path.path);
      if (acl !== undefined) path.acl = acl;
    }
  }
  if (user.euid !== 0) askForMasks(looks, user, caches);
}
