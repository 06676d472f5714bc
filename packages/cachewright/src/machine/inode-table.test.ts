import { describe, expect, it } from "vitest";
import { addNames, inodeTable, readRecord, type LinkedName } from "./inode-table.ts";

function name(low: number, more: Partial<LinkedName> = {}): LinkedName {
  return { low, high: 0, owner: 0, names: 1, links: 2, bytes: 512, ...more };
}

function record(table: ReturnType<typeof inodeTable>, index: number): LinkedName {
  const into = name(0);
  readRecord(table, index, into);
  return into;
}

describe("inodeTable", () => {
  it("counts the names of an inode, and keeps its highest number of links", () => {
    const table = inodeTable(4);
    addNames(table, name(7));
    addNames(table, name(7, { links: 5, bytes: 99 }));
    addNames(table, name(7, { links: 3, names: 4 }));
    expect(table.size).toBe(1);
    expect(record(table, 0)).toEqual(name(7, { names: 6, links: 5 }));
  });

  it("tells owners, and numbers above 32 bits, apart", () => {
    const table = inodeTable(4);
    for (const each of [name(7), name(7, { owner: 1 }), name(7, { high: 1 }), name(7, { high: 2 ** 32 - 1 })]) addNames(table, each);
    expect(table.size).toBe(4);
  });

  it("finds everything again after growing", () => {
    const table = inodeTable(4);
    const numbers = Array.from({ length: 5000 }, (_, i) => Math.imul(i, 4096) >>> 0);
    for (const low of [...numbers, ...numbers]) addNames(table, name(low, { owner: low % 3, bytes: low }));
    expect(table.size).toBe(5000);
    for (const [index, low] of numbers.entries()) expect(record(table, index)).toEqual(name(low, { owner: low % 3, bytes: low, names: 2 }));
  });
});
