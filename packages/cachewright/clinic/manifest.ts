/** The manifest of a tree: what undo has to bring back, entry by entry. */
import { createHash } from "node:crypto";
import { lstatSync, readdirSync, readFileSync, readlinkSync, type BigIntStats } from "node:fs";
import { dirname, join } from "node:path";
import type { Room } from "./room.ts";

export interface ManifestEntry {
  readonly type: string;
  readonly uid: number;
  readonly gid: number;
  readonly mode: string;
  readonly nlink: number;
  readonly mtimeNs: string;
  readonly link?: string;
  readonly sha256?: string;
  readonly acl?: string;
}

/** Absolute path in the room → entry. */
export type Manifest = ReadonlyMap<string, ManifestEntry>;

function typeOf(stat: BigIntStats): string {
  if (stat.isDirectory()) return "dir";
  if (stat.isSymbolicLink()) return "link";
  if (stat.isFile()) return "file";
  return stat.isFIFO() ? "fifo" : stat.isSocket() ? "socket" : "device";
}

function entryOf(seen: string, stat: BigIntStats, acl: string | undefined): ManifestEntry {
  const type = typeOf(stat);
  return {
    type, uid: Number(stat.uid), gid: Number(stat.gid), mode: (Number(stat.mode) & 0o7777).toString(8).padStart(4, "0"),
    nlink: Number(stat.nlink), mtimeNs: String(stat.mtimeNs),
    ...(type === "link" ? { link: readlinkSync(seen) } : {}),
    ...(type === "file" ? { sha256: createHash("sha256").update(readFileSync(seen)).digest("hex") } : {}),
    ...(acl === undefined ? {} : { acl }),
  };
}

/** ACLs that say more than the mode bits; a machine without getfacl has manifests without them. */
async function extendedAcls(room: Room, roots: readonly string[]): Promise<Map<string, string>> {
  const { stdout } = await room.run(["getfacl", "--recursive", "--physical", "--numeric", "--skip-base", "--absolute-names", "--", ...roots]).catch(() => ({ stdout: "" }));
  const found = new Map<string, string>();
  for (const block of stdout.split("\n\n").filter((part) => part.startsWith("# file: "))) {
    const [head = "", ...lines] = block.split("\n");
    found.set(head.slice("# file: ".length), lines.filter((line) => !line.startsWith("#")).join(" "));
  }
  return found;
}

/** `except` are absolute paths whose subtrees are left out. */
export async function takeManifest(room: Room, roots: readonly string[], except: readonly string[] = []): Promise<Manifest> {
  const acls = await extendedAcls(room, roots);
  const entries = new Map<string, ManifestEntry>();
  const walk = (path: string): void => {
    if (except.includes(path)) return;
    const seen = room.seen(path);
    const stat = lstatSync(seen, { bigint: true, throwIfNoEntry: false });
    if (!stat) return;
    entries.set(path, entryOf(seen, stat, acls.get(path)));
    if (stat.isDirectory()) for (const name of readdirSync(seen).sort()) walk(join(path, name));
  };
  for (const root of roots) walk(root);
  return entries;
}

const show = (entry: ManifestEntry | undefined): string =>
  entry === undefined ? "absent" : `${entry.type} ${entry.mode} ${entry.uid}:${entry.gid} nlink ${entry.nlink} mtime ${entry.mtimeNs}`
    + `${entry.link === undefined ? "" : ` -> ${entry.link}`}${entry.sha256 === undefined ? "" : ` sha256 ${entry.sha256.slice(0, 12)}`}${entry.acl === undefined ? "" : ` acl ${entry.acl}`}`;

/** What may differ: nothing, or what a tool that worked in between did itself. */
export interface Tolerance {
  /** Entries that were not there before may stand there now; the link count and mtime of their directory then say nothing. */
  readonly additions: "refused" | "allowed";
  /** Paths that somebody else changed in between. */
  readonly changed?: ReadonlySet<string>;
}

const STRICT: Tolerance = { additions: "refused" };

function childrenAdded(before: Manifest, after: Manifest): ReadonlySet<string> {
  return new Set([...after.keys()].filter((path) => !before.has(path)).map(dirname));
}

/** Lines "path: was … / is …" for every entry of `before` that differs now. */
export function compareManifests(before: Manifest, after: Manifest, tolerance: Tolerance = STRICT): string[] {
  const grown = tolerance.additions === "allowed" ? childrenAdded(before, after) : new Set<string>();
  const told = (path: string, entry: ManifestEntry | undefined) =>
    JSON.stringify(entry && grown.has(path) ? { ...entry, nlink: 0, mtimeNs: "" } : entry);
  const changed = [...before].flatMap(([path, was]) => {
    const is = after.get(path);
    return tolerance.changed?.has(path) || told(path, was) === told(path, is) ? [] : [`${path}\n    was ${show(was)}\n    is  ${show(is)}`];
  });
  const added = tolerance.additions === "allowed" ? [] : [...after.keys()].filter((path) => !before.has(path));
  return [...changed, ...added.map((path) => `${path}\n    was absent\n    is  ${show(after.get(path))}`)];
}

/** Paths that differ between the two, those present in only one included. */
export function changedPaths(before: Manifest, after: Manifest): ReadonlySet<string> {
  return new Set([...before.keys(), ...after.keys()].filter((path) => JSON.stringify(before.get(path)) !== JSON.stringify(after.get(path))));
}
