/**
 * Inodes with more than one name, counted by name, in columns: a million of them take 40 MB, where a Map of strings takes
 * 200. The columns go to another thread as they are.
 */
export interface InodeTable {
  size: number;
  /** Open addressing over `size`, index + 1; 0 is free. */
  slots: Int32Array;
  columns: InodeColumns;
}

export interface InodeColumns {
  /** 64 bits of the inode number. The device is mixed into `high` where it is not the root's. */
  readonly low: Uint32Array;
  readonly high: Uint32Array;
  /** What the name counts for; the same inode under two owners is two records. */
  readonly owner: Int32Array;
  /** Names met so far, and how many the inode has. */
  readonly names: Uint32Array;
  readonly links: Uint32Array;
  readonly bytes: Float64Array;
}

export interface LinkedName {
  low: number;
  high: number;
  owner: number;
  names: number;
  links: number;
  bytes: number;
}

function columnsFor(length: number): InodeColumns {
  return {
    low: new Uint32Array(length), high: new Uint32Array(length), owner: new Int32Array(length),
    names: new Uint32Array(length), links: new Uint32Array(length), bytes: new Float64Array(length),
  };
}

export function inodeTable(room = 4096): InodeTable {
  return { size: 0, slots: new Int32Array(room * 2), columns: columnsFor(room) };
}

function slotOf(table: InodeTable, { low, high, owner }: LinkedName): number {
  const { columns, slots } = table;
  const mask = slots.length - 1;
  let hash = Math.imul(low, 0x9e3779b1) ^ Math.imul(high ^ Math.imul(owner + 1, 0x85ebca6b), 0xc2b2ae35);
  hash ^= hash >>> 15;
  for (let at = hash & mask; ; at = (at + 1) & mask) {
    const index = (slots[at] as number) - 1;
    if (index < 0 || (columns.low[index] === low && columns.high[index] === high && columns.owner[index] === owner)) return at;
  }
}

/** Growth by halves: doubling a million records holds three million for a moment. */
function grow(table: InodeTable): void {
  const { columns, size } = table;
  const wider = columnsFor(Math.ceil(size * 1.5));
  for (const name of Object.keys(columns) as (keyof InodeColumns)[]) wider[name].set(columns[name]);
  table.columns = wider;
  if (wider.low.length * 4 <= table.slots.length * 3) return;
  table.slots = new Int32Array(table.slots.length * 2);
  const each: LinkedName = { low: 0, high: 0, owner: 0, names: 0, links: 0, bytes: 0 };
  for (let index = 0; index < size; index++) {
    readRecord(table, index, each);
    table.slots[slotOf(table, each)] = index + 1;
  }
}

/**
 * Adds names of an inode, and answers with the number of its record. A number of links that changed meanwhile counts at its
 * highest: less seems to come free, never more.
 */
export function addNames(table: InodeTable, given: LinkedName): number {
  let at = slotOf(table, given);
  const known = (table.slots[at] as number) - 1;
  if (known >= 0) {
    const { names, links } = table.columns;
    names[known] = (names[known] as number) + given.names;
    if (given.links > (links[known] as number)) links[known] = given.links;
    return known;
  }
  if (table.size === table.columns.low.length) {
    grow(table);
    at = slotOf(table, given);
  }
  const { low, high, owner, names, links, bytes } = table.columns;
  const index = table.size++;
  low[index] = given.low;
  high[index] = given.high;
  owner[index] = given.owner;
  names[index] = given.names;
  links[index] = given.links;
  bytes[index] = given.bytes;
  table.slots[at] = table.size;
  return index;
}

/** Fills `into`, so that a walk over a million records makes no object for each. */
export function readRecord({ columns }: Pick<InodeTable, "columns">, index: number, into: LinkedName): void {
  into.low = columns.low[index] as number;
  into.high = columns.high[index] as number;
  into.owner = columns.owner[index] as number;
  into.names = columns.names[index] as number;
  into.links = columns.links[index] as number;
  into.bytes = columns.bytes[index] as number;
}
