import { describe, expect, it } from "vitest";
import { exampleEntry } from "../../../caches/example-entries.ts";
import { pageData } from "./page-data.ts";

const entries = [
  exampleEntry("a", { project: "Py.YAML", version: "6.0", bytes: 10, reclaimable: 4 }), exampleEntry("b\u001b\udcff", { kind: "index", detail: "simple/x", bytes: 30, usedMs: null }), exampleEntry("c", { bytes: 20 }),
];

describe("what the page's script knows", () => {
  it("is every entry in its order, with names as the map has them and no time where nothing tells", () => {
    const { rows, projects, versions, kinds, tools, rest } = pageData(entries);
    expect([tools, kinds, projects, versions, rest]).toEqual([["pip"], ["download", "index"], [["Py.YAML", "py-yaml"], ["", "(index)"], ["", "(download)"]], ["6.0"], []]);
    expect(rows[0]).toEqual([0, 0, 0, 0, "", "a", 10, 4, (entries[0]?.writtenMs ?? 0) / 1000, (entries[0]?.usedMs ?? 0) / 1000]);
    expect(rows[1]?.slice(0, 6)).toEqual([0, 1, 1, -1, "simple/x", "b\\x1b\\xff"]);
    expect(rows[1]?.at(-1)).toBe(-1);
  });

  it("keeps the largest where there are too many, in their order, and sums the others", () => {
    const { rows, rest } = pageData(entries, 2);
    expect(rows.map(([, , , , , id]) => id)).toEqual(["b\\x1b\\xff", "c"]);
    expect(rest).toEqual([[0, 1, 10, 4]]);
  });
});
