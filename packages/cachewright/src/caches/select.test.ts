import { describe, expect, it } from "vitest";
import { day, exampleEntry, exampleNow } from "./example-entries.ts";
import { selectEntries, sortEntries, type Selection } from "./select.ts";

const entries = [
  exampleEntry("numpy-1", { project: "NumPy", version: "1.26", kind: "built-wheel", python: "cp311", bytes: 20_000, usedDaysAgo: 40 }),
  exampleEntry("numpy-2", { project: "numpy", version: "2.0", kind: "download", python: "cp312", bytes: 30_000 }),
  exampleEntry("page", { kind: "index", project: "scipy", bytes: 10, usedDaysAgo: 90 }),
  exampleEntry("six", { project: "six", version: "1.16", kind: "package", python: "py2.py3", uses: [] }),
  exampleEntry("attrs", { project: "attrs", version: "25.1", kind: "package", uses: [{ environment: "/home/me/env", how: "hard-link" }] }),
  exampleEntry("bare", { usedMs: null, writtenMs: exampleNow - 400 * day }),
];
const chosen = (selection: Selection): string[] => selectEntries(entries, selection, exampleNow).map(({ id }) => id);

describe("filters", () => {
  it.each<[string, Selection, string[]]>([
    ["nothing asked is all", {}, ["numpy-1", "numpy-2", "page", "six", "attrs", "bare"]],
    ["a project whatever its spelling", { projects: ["NUMPY"] }, ["numpy-1", "numpy-2"]],
    ["any of several patterns", { projects: ["num*", "six"] }, ["numpy-1", "numpy-2", "six"]],
    ["kinds", { kinds: ["index", "built-wheel"] }, ["numpy-1", "page"]],
    ["not used for so long; where nothing tells, since it was written", { olderThan: 30 * day }, ["numpy-1", "page", "bare"]],
    ["larger than", { largerThan: 20_000 }, ["numpy-2"]],
    ["packages that nobody uses, and nothing that nobody could", { unused: true }, ["six"]],
    ["for one Python, however it is written", { python: "3.11" }, ["numpy-1"]],
    ["all of them must hold", { projects: ["numpy"], olderThan: 30 * day }, ["numpy-1"]],
  ])("%s", (_, selection, ids) => expect(chosen(selection)).toEqual(ids));

  it("call nothing unused whose files have names elsewhere, found or not", () => {
    expect(selectEntries([exampleEntry("a", { kind: "package", uses: [], bytes: 5000, reclaimable: 1000 })], { unused: true }, exampleNow)).toEqual([]);
  });

  it("call nothing unused when nobody looked who uses it", () => {
    expect(selectEntries([exampleEntry("a", { kind: "package" })], { unused: true }, exampleNow)).toEqual([]);
  });
});

describe("orders", () => {
  it.each([
    ["size", ["numpy-2", "numpy-1"]],
    ["used", ["bare", "page"]],
    ["name", ["attrs", "numpy-1"]],
  ] as const)("by %s", (order, first) => expect(sortEntries(entries, order).slice(0, 2).map(({ id }) => id)).toEqual(first));

  it("is the same for the same entries in another order", () => {
    expect(sortEntries([...entries].reverse(), "size")).toEqual(sortEntries(entries, "size"));
  });
});
