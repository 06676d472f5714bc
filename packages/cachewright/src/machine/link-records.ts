/**
 * Files with several names, by the groups that hold the names: from these any set of groups can be weighed together
 * without another walk. In columns, as `inode-table.ts` has them.
 */
import { addNames, inodeTable, readRecord, type LinkedName } from "./inode-table.ts";
import type { Tallies } from "./tree-tallies.ts";

export interface LinkRecords {
  /** Of each group: bytes of what has one name only, directories included. */
  readonly single: Float64Array;
  /** Of each group, its first record; one more at the end. */
  readonly first: Int32Array;
  /** Of each record: which inode, and how many of its names the group holds. */
  readonly inode: Int32Array;
  readonly names: Uint32Array;
  /** Of each inode: how many names it has, wherever they are, and its bytes. */
  readonly links: Uint32Array;
  readonly bytes: Float64Array;
}

/** `groups`: what each weighs by itself; `firstOwner`: the owner in the tallies that is the first of them. */
export function linkRecords({ linked }: Tallies, groups: readonly { readonly bytes: number }[], firstOwner: number): LinkRecords {
  const name: LinkedName = { low: 0, high: 0, owner: 0, names: 0, links: 0, bytes: 0 };
  const inodes = inodeTable();
  const found: { readonly group: Int32Array; readonly inode: Int32Array; readonly names: Uint32Array } = { group: new Int32Array(linked.size).fill(-1), inode: new Int32Array(linked.size), names: new Uint32Array(linked.size) };
  const first = new Int32Array(groups.length + 1);
  for (let record = 0; record < linked.size; record++) {
    readRecord(linked, record, name);
    const group = name.owner - firstOwner;
    // Names outside of every group never go.
    if (group < 0 || group >= groups.length) continue;
    name.owner = 0;
    found.group[record] = group;
    found.names[record] = name.names;
    found.inode[record] = addNames(inodes, name);
    first[group + 1] = (first[group + 1] as number) + 1;
  }
  for (let group = 0; group < groups.length; group++) first[group + 1] = (first[group + 1] as number) + (first[group] as number);
  const { links, bytes } = inodes.columns;
  const records = { ...byGroup(found, first), first, links: links.slice(0, inodes.size), bytes: bytes.slice(0, inodes.size) };
  return { ...records, single: Float64Array.from(groups, (group, at) => group.bytes - linkedBytes(records, at)) };
}

/** A group's weight has each of its inodes once. */
function linkedBytes({ first, inode, bytes }: Omit<LinkRecords, "single">, group: number): number {
  let sum = 0;
  for (let record = first[group] as number; record < (first[group + 1] as number); record++) sum += bytes[inode[record] as number] as number;
  return sum;
}

/** Puts the records of each group side by side. */
function byGroup(found: { readonly group: Int32Array; readonly inode: Int32Array; readonly names: Uint32Array }, first: Int32Array): Pick<LinkRecords, "inode" | "names"> {
  const next = first.slice();
  const [inode, names] = [new Int32Array(first.at(-1) ?? 0), new Uint32Array(first.at(-1) ?? 0)];
  found.group.forEach((group, record) => {
    if (group < 0) return;
    const at = next[group] as number;
    next[group] = at + 1;
    inode[at] = found.inode[record] as number;
    names[at] = found.names[record] as number;
  });
  return { inode, names };
}

/** Bytes of these groups together, each inode once, and of these what comes free when all of them go. */
export function weighGroups({ single, first, inode, names, links, bytes }: LinkRecords, groups: Iterable<number>): { readonly bytes: number; readonly frees: number } {
  let [held, frees] = [0, 0];
  const met = new Map<number, number>();
  for (const group of groups) {
    held += single[group] as number;
    frees += single[group] as number;
    for (let record = first[group] as number; record < (first[group + 1] as number); record++) {
      const one = inode[record] as number;
      const before = met.get(one) ?? 0;
      const now = before + (names[record] as number);
      met.set(one, now);
      if (before === 0) held += bytes[one] as number;
      if (before < (links[one] as number) && now >= (links[one] as number)) frees += bytes[one] as number;
    }
  }
  return { bytes: held, frees };
}
