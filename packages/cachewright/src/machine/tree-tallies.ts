import { addNames, inodeTable, readRecord, type InodeColumns, type InodeTable, type LinkedName } from "./inode-table.ts";
import type { Weight } from "./tree-weights.ts";

/** What is added up, one row of numbers for each owner: the rest of a tree, or one of its groups. */
export const row = { bytes: 0, files: 1, directories: 2, written: 3, read: 4, unknown: 5, reclaimable: 6, shared: 7, length: 8 } as const;

export interface Tallies {
  readonly rows: Float64Array;
  /** Inodes with one name are in `rows`; of the others every name has to be known first. */
  readonly linked: InodeTable;
}

export function newTallies(owners: number): Tallies {
  return { rows: new Float64Array(owners * row.length), linked: inodeTable() };
}

/** What a thread hands over. */
export interface TalliesPart {
  readonly rows: Float64Array;
  readonly linked: { readonly size: number; readonly columns: InodeColumns };
}

function addRow(into: Float64Array, from: Float64Array, [to, at]: readonly [number, number]): void {
  for (let column = 0; column < row.length; column++) {
    const value = from[at + column] as number;
    const old = into[to + column] as number;
    into[to + column] = column === row.written || column === row.read ? Math.max(old, value) : old + value;
  }
}

export function addTallies(into: Tallies, { rows, linked }: TalliesPart): void {
  for (let at = 0; at < rows.length; at += row.length) addRow(into.rows, rows, [at, at]);
  const name = emptyName();
  for (let index = 0; index < linked.size; index++) {
    readRecord(linked, index, name);
    addNames(into.linked, name);
  }
}

function emptyName(): LinkedName {
  return { low: 0, high: 0, owner: 0, names: 0, links: 0, bytes: 0 };
}

/** An inode comes free when all its names go. */
function countInode(rows: Float64Array, { owner, names, links, bytes }: LinkedName): void {
  const at = owner * row.length;
  rows[at + row.bytes] = (rows[at + row.bytes] as number) + bytes;
  const column = names >= links ? row.reclaimable : row.shared;
  rows[at + column] = (rows[at + column] as number) + (names >= links ? bytes : 1);
}

function countAll(rows: Float64Array, table: InodeTable): void {
  const name = emptyName();
  for (let index = 0; index < table.size; index++) {
    readRecord(table, index, name);
    countInode(rows, name);
  }
}

function weightOf(rows: Float64Array, owner: number): Weight {
  const at = owner * row.length;
  const value = (column: number) => rows[at + column] as number;
  return {
    bytes: value(row.bytes), reclaimable: value(row.reclaimable), files: value(row.files), directories: value(row.directories),
    writtenMs: value(row.written), readMs: value(row.read), shared: value(row.shared),
    ...(value(row.unknown) > 0 ? { unknown: true as const } : {}),
  };
}

/** `treeOf`: of each owner, the tree it is part of. Weighs the trees as wholes, and the owners by themselves. */
export function weightsOf({ rows, linked }: Tallies, treeOf: Int32Array): { trees: Weight[]; owners: Weight[] } {
  for (let at = 0; at < rows.length; at += row.length) rows[at + row.reclaimable] = rows[at + row.bytes] as number;
  const trees = treeOf.reduce((most, tree) => Math.max(most, tree + 1), 0);
  const totals = new Float64Array(trees * row.length);
  treeOf.forEach((tree, owner) => addRow(totals, rows, [tree * row.length, owner * row.length]));
  countAll(rows, linked);
  const byTree = inodeTable();
  const name = emptyName();
  for (let index = 0; index < linked.size; index++) {
    readRecord(linked, index, name);
    name.owner = treeOf[name.owner] as number;
    addNames(byTree, name);
  }
  countAll(totals, byTree);
  return {
    trees: Array.from({ length: trees }, (_, tree) => weightOf(totals, tree)),
    owners: Array.from(treeOf, (_, owner) => weightOf(rows, owner)),
  };
}
