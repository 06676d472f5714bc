import { dirname } from "node:path";
import type { Facts, MountFact, PathFact } from "../facts/facts.ts";
import { mountOfPath } from "../facts/mounts.ts";
import { accountName, octal, pathFact } from "./look-up.ts";

/** Why the kernel refused. `access(2)` decided; the model only explains. */
export interface Refused {
  readonly kind: "owner" | "mode" | "parent" | "acl" | "immutable" | "read-only" | "unexplained";
  /** The object whose owner, mode, flag or mount decides. */
  readonly by: PathFact;
  /** Completes "because …". */
  readonly because: string;
  readonly mount?: MountFact;
}

type Want = "read" | "write" | "search";
const wanted: Record<Want, number> = { read: 0o4, write: 0o2, search: 0o1 };
const verbs: Record<Want, string> = { read: "reading", write: "writing", search: "entering" };

/** CAP_DAC_OVERRIDE: mode bits do not bind the holder. */
function overridesModes(facts: Facts): boolean {
  const { capabilities, euid } = facts.user;
  return capabilities.ok ? (BigInt(`0x${capabilities.value}`) & 2n) !== 0n : euid === 0;
}

function classOf(facts: Facts, path: PathFact): { shift: number; name: string } {
  if (path.uid === facts.user.euid) return { shift: 6, name: "its owner" };
  if (path.gid !== undefined && facts.user.groups.includes(path.gid)) return { shift: 3, name: "its group" };
  return { shift: 0, name: "others" };
}

/** What the mode bits alone would answer. */
export function modeAllows(facts: Facts, path: PathFact, want: Want): boolean {
  if (path.mode === undefined || overridesModes(facts)) return true;
  return ((path.mode >> classOf(facts, path).shift) & wanted[want]) !== 0;
}

function bitsInWords(bits: number): string {
  const words = [bits & 4 ? "read" : "", bits & 2 ? "write" : "", bits & 1 ? "enter" : ""].filter(Boolean);
  return words.length === 0 ? "do nothing" : `only ${words.join(" and ")}`;
}

function describeMode(facts: Facts, path: PathFact, want: Want): string {
  const { shift, name } = classOf(facts, path);
  const mode = octal(path.mode);
  if (shift === 6) return `it is your own, but its mode ${mode} takes ${verbs[want]} from you too`;
  return `it belongs to ${accountName(facts, path.uid)}, and mode ${mode} lets ${name} ${bitsInWords(((path.mode ?? 0) >> shift) & 7)}`;
}

/** The first directory above the path that the mode bits do not let this user through. */
function closedParent(facts: Facts, path: string): PathFact | undefined {
  const parents: PathFact[] = [];
  for (let at = dirname(path); ; at = dirname(at)) {
    parents.unshift(pathFact(facts, at));
    if (at === dirname(at)) break;
  }
  return parents.find((parent) => parent.state === "present" && !modeAllows(facts, parent, "search"));
}

/**
 * The entry of the list that forbids, by the order of acl(5): the named user's, else those of the groups the user is in,
 * each cut by the mask, else others'. The owner's is in the mode bits.
 */
export function denyingAclEntry(facts: Facts, path: PathFact, want: Want): string | undefined {
  const { acl } = path;
  if (acl === undefined || path.uid === facts.user.euid) return undefined;
  const grants = (entry: string): boolean => (entry.split(":")[2] ?? "").includes(want === "search" ? "x" : want.charAt(0));
  const ofUser = [`user:${facts.user.name.ok ? facts.user.name.value : ""}:`, `user:${facts.user.euid}:`];
  const ofGroups = facts.user.groups.flatMap((gid) => [`group:${gid}:`, `group:${facts.accounts.groups[gid] ?? gid}:`, ...(gid === path.gid ? ["group::"] : [])]);
  const startsWithAny = (starts: readonly string[]) => (entry: string): boolean => starts.some((start) => start !== "user::" && entry.startsWith(start));
  const named = acl.filter(startsWithAny(ofUser));
  const mine = named.length > 0 ? named : acl.filter(startsWithAny(ofGroups));
  if (mine.length === 0) return acl.find((entry) => entry.startsWith("other::") && !grants(entry));
  return mine.some(grants) ? acl.find((entry) => entry.startsWith("mask::") && !grants(entry)) : mine[0];
}

/** The reason for a refusal that access(2) gave for `want` on `path`; undefined when it was allowed. */
export function whyRefused(facts: Facts, path: PathFact, want: Want = "write"): Refused | undefined {
  const errno = path.access?.[want];
  if (errno === "ok") return undefined;
  if (errno === "EROFS") {
    const mount = mountOfPath(facts, path.path);
    return { kind: "read-only", by: path, because: `the file system at ${mount?.point ?? path.path} is read-only`, ...(mount && { mount }) };
  }
  if (errno === "EPERM") return { kind: "immutable", by: path, because: `it is marked immutable${path.flags ? ` (lsattr: ${path.flags})` : ""}` };
  // What lstat could see has parents that can be entered, whatever their mode bits say.
  const closed = path.state === "present" ? undefined : closedParent(facts, path.path);
  if (closed !== undefined) return { kind: "parent", by: closed, because: `${closed.path} above it cannot be entered: ${describeMode(facts, closed, "search")}` };
  const entry = denyingAclEntry(facts, path, want);
  // What a list keeps from everybody else is what the mode says too.
  if (!modeAllows(facts, path, want) && (entry === undefined || entry.startsWith("other::"))) {
    return { kind: path.uid === facts.user.euid ? "mode" : "owner", by: path, because: describeMode(facts, path, want) };
  }
  if (entry !== undefined) return { kind: "acl", by: path, because: `its access control list says ${entry}` };
  return { kind: "unexplained", by: path, because: `the kernel answers ${errno ?? "nothing"} although mode ${octal(path.mode)} would allow it` };
}

/** Why the user cannot work in a directory: writing asks for entering too. A file is only written. */
export function whyUnusable(facts: Facts, path: PathFact): Refused | undefined {
  return whyRefused(facts, path, "write") ?? (path.type === "dir" ? whyRefused(facts, path, "search") : undefined);
}

/** Asked, and refused: of what nobody asked nothing is claimed. */
export function isUnusable(path: PathFact): boolean {
  return path.state === "present" && path.access !== undefined && (path.access.write !== "ok" || (path.type === "dir" && path.access.search !== "ok"));
}
