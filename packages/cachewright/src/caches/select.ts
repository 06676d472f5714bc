/** Which entries are meant, and in which order they are told. Pure. */
import type { EntryKind } from "../tools/tool-cache.ts";
import { matchesPattern } from "./entry-pattern.ts";
import type { HeldEntry } from "./inventory.ts";

export interface Selection {
  /** Any of these. */
  readonly projects?: readonly string[];
  readonly kinds?: readonly EntryKind[];
  /** Not used for so long, ms. What nothing tells the use of counts from when it was written. */
  readonly olderThan?: number;
  /** Bytes. */
  readonly largerThan?: number;
  /** No environment uses it; only entries that environments could use. */
  readonly unused?: boolean;
  /** "3.11" or "cp311": what is for this Python. */
  readonly python?: string;
}

/** Kinds that environments are made of. */
export const linkable: readonly EntryKind[] = ["package", "environment"];

export function lastUse({ usedMs, writtenMs }: Pick<HeldEntry, "usedMs" | "writtenMs">): number {
  return usedMs ?? writtenMs;
}

/** Files that have names outside of the cache are somebody's, whether that environment was found or not. */
export function isUnused({ kind, uses, size, unused }: Pick<HeldEntry, "kind" | "uses" | "size" | "unused">): boolean {
  if (unused !== undefined) return true;
  return linkable.includes(kind) && uses !== undefined && uses.length === 0 && !isLinkedFromElsewhere(size);
}

export function isLinkedFromElsewhere({ bytes, reclaimable }: HeldEntry["size"]): boolean {
  return reclaimable < bytes;
}

/** "3.11", "311", "py311" and "cp311" are one; pip's tags know no dot. */
function isForPython(entry: Pick<HeldEntry, "python">, wanted: string): boolean {
  const digits = (text: string): string => text.replaceAll(/\D/g, "");
  return entry.python !== null && entry.python.split(".").some((tag) => digits(tag) === digits(wanted));
}

export function selectEntries(entries: readonly HeldEntry[], { projects, kinds, olderThan, largerThan, unused, python }: Selection, now: number): HeldEntry[] {
  return entries.filter((entry) =>
    (projects === undefined || projects.length === 0 || projects.some((pattern) => matchesPattern(entry, pattern)))
    && (kinds === undefined || kinds.length === 0 || kinds.includes(entry.kind))
    && (olderThan === undefined || now - lastUse(entry) > olderThan)
    && (largerThan === undefined || entry.size.bytes > largerThan)
    && (unused !== true || isUnused(entry))
    && (python === undefined || isForPython(entry, python)));
}

export const sortOrders = ["size", "reclaimable", "used", "written", "name"] as const;
export type SortOrder = (typeof sortOrders)[number];

/** What it is ordered by, looked up once; its name only when others are equal to it: there may be tens of thousands. */
interface Ranked {
  readonly entry: HeldEntry;
  readonly rank: number;
  name?: string;
}

function byName(a: Ranked, b: Ranked): number {
  const [one, other] = [(a.name ??= nameOf(a.entry)), (b.name ??= nameOf(b.entry))];
  return one < other ? -1 : Number(one > other);
}

/** The smallest comes first. */
const rankBy: Readonly<Record<SortOrder, (entry: HeldEntry) => number>> = {
  size: ({ size }) => -size.bytes,
  reclaimable: ({ size }) => -size.reclaimable,
  used: lastUse,
  written: ({ writtenMs }) => writtenMs,
  name: () => 0,
};

function nameOf({ project, version, id }: HeldEntry): string {
  return project === null ? `\uffff${id}` : `${project.toLowerCase().replaceAll(/[-_.]+/g, "-")} ${version ?? ""} ${id}`;
}

/** Largest first, longest unused first, or by name; equal ones by name, so that the same question has the same answer. */
export function sortEntries(entries: readonly HeldEntry[], order: SortOrder): HeldEntry[] {
  const rank = rankBy[order];
  return entries.map((entry): Ranked => ({ entry, rank: rank(entry) })).sort((a, b) => a.rank - b.rank || byName(a, b)).map(({ entry }) => entry);
}
